"""A database that can't be used gets a clear error with a next step, and loses nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Cli


def filled(cli: Cli, path: Path) -> None:
    assert (
        cli("--db", str(path), "memory", "save", "--title", "Kept", "--content", "This must stay.").code == 0
    )


@contextmanager
def corrupt(cli: Cli, path: Path) -> Iterator[None]:
    filled(cli, path)
    with path.open("r+b") as file:
        file.write(b"This was SQLite once." * 50)
    yield


@contextmanager
def newer(cli: Cli, path: Path) -> Iterator[None]:
    filled(cli, path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    yield


@contextmanager
def locked(cli: Cli, path: Path) -> Iterator[None]:
    filled(cli, path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@contextmanager
def foreign(cli: Cli, path: Path) -> Iterator[None]:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, title TEXT)")
    connection.commit()
    connection.close()
    yield


@contextmanager
def directory(cli: Cli, path: Path) -> Iterator[None]:
    path.mkdir()
    yield


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(corrupt, "store_corrupt", id="database-corrupt"),
        pytest.param(newer, "store_newer", id="database-newer"),
        pytest.param(locked, "store_locked", id="database-locked"),
        pytest.param(foreign, "store_foreign", id="database-foreign"),
        pytest.param(directory, "store_unavailable", id="database-is-a-directory"),
    ],
)
@pytest.mark.parametrize(
    "words",
    [("memory", "search", "kept"), ("memory", "save", "--title", "T", "--content", "C")],
    ids=["read", "write"],
)
def test_a_bad_database_is_refused_and_left_as_it_was(
    cli: Cli, tmp_path: Path, make: Callable[..., object], code: str, words: tuple[str, ...]
) -> None:
    path = tmp_path / "store" / "memory.sqlite"
    path.parent.mkdir()
    with make(cli, path):  # type: ignore[attr-defined]
        before = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        ran = cli("--db", str(path), *words, "--json")
        if code == "store_locked" and words[1] == "search" and ran.code == 0:
            pytest.fail("an exclusively locked database answered")
        assert ran.code == 5, ran.out
        assert ran.error["code"] == code
        assert ran.error["hint"]
        assert "Traceback" not in ran.err
        after = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        assert after == before
