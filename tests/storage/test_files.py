"""The file itself: private, never through a link out of its directory, never somebody else's."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.storage.worlds import contents
from vgxness.errors import VgxnessError
from vgxness.storage.sqlite.engine import SqliteEngine

Opened = Callable[..., SqliteEngine]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def write(engine: SqliteEngine) -> None:
    with engine.writing() as writer:
        writer.execute("CREATE TABLE IF NOT EXISTS seen (n)")


def test_a_new_store_is_its_users_alone(opened: Opened, database: Path) -> None:
    before = os.umask(0)
    try:
        engine = opened()
        write(engine)
    finally:
        os.umask(before)
    assert mode(database.parent) == 0o700
    assert {file.name: mode(file) for file in database.parent.iterdir()} == {
        "memory.sqlite": 0o600,
        "memory.sqlite-wal": 0o600,
        "memory.sqlite-shm": 0o600,
    }
    assert mode(engine.backup(database.parent / "copy")) == 0o600


def test_a_directory_that_exists_keeps_its_mode(opened: Opened, database: Path) -> None:
    database.parent.mkdir(mode=0o755)
    write(opened())
    assert mode(database.parent) == 0o755


def test_a_linked_home_works(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "real")
    write(opened(tmp_path / "home" / "share" / "memory.sqlite"))
    assert (tmp_path / "real" / "share" / "memory.sqlite").is_file()


def test_a_link_inside_its_directory_works(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "memory.sqlite").symlink_to("memory-2026.sqlite")
    write(opened(tmp_path / "memory.sqlite"))
    assert (tmp_path / "memory-2026.sqlite").stat().st_size > 0
    assert (tmp_path / "memory.sqlite").is_symlink()


@pytest.mark.parametrize("exists", [True, False], ids=["live", "dangling"])
def test_a_link_out_of_its_directory_is_refused(opened: Opened, tmp_path: Path, *, exists: bool) -> None:
    outside = tmp_path / "outside"
    if exists:
        outside.write_bytes(b"somebody's")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "memory.sqlite").symlink_to(outside)
    engine = opened(tmp_path / "inside" / "memory.sqlite")
    for verb in (lambda: write(engine), engine.status, engine.upgrade, engine.check):
        with pytest.raises(VgxnessError) as caught:
            verb()
        assert caught.value.code == "unsafe_path"
    assert outside.exists() == exists
    assert not exists or outside.read_bytes() == b"somebody's"


def test_a_linked_companion_is_refused(opened: Opened, database: Path, tmp_path: Path) -> None:
    database.parent.mkdir()
    database.with_name("memory.sqlite-wal").symlink_to(tmp_path / "outside")
    with pytest.raises(VgxnessError) as caught:
        write(opened())
    assert caught.value.code == "unsafe_path"
    assert not (tmp_path / "outside").exists()


def test_a_loop_of_links_is_an_error_with_manners(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "memory.sqlite").symlink_to("memory.sqlite")
    with pytest.raises(VgxnessError) as caught:
        write(opened(tmp_path / "memory.sqlite"))
    assert caught.value.code in {"store_unavailable", "unsafe_path"}


def test_a_directory_in_place_of_the_file_is_refused(opened: Opened, database: Path) -> None:
    database.mkdir(parents=True)
    engine = opened()
    for verb in (lambda: write(engine), engine.status, engine.check):
        with pytest.raises(VgxnessError) as caught:
            verb()
        assert caught.value.code == "store_unavailable"
        assert "directory" in caught.value.cause


def test_a_pipe_in_place_of_the_file_does_not_hang(opened: Opened, database: Path) -> None:
    database.parent.mkdir()
    os.mkfifo(database)
    with pytest.raises(VgxnessError) as caught:
        opened().status()
    assert caught.value.code == "store_unavailable"


@pytest.mark.parametrize("name", ["", "nul\0byte", "x" * 300, "file/below"])
def test_an_impossible_path_is_an_error_with_manners(opened: Opened, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("a file")
    engine = SqliteEngine(name and f"{tmp_path}/{name}", None)  # pyright: ignore[reportArgumentType] -- no clock is needed to fail
    with pytest.raises(VgxnessError) as caught:
        write(engine)
    assert caught.value.code == "store_unavailable"


def test_names_that_sqlite_takes_for_syntax_are_names(opened: Opened, tmp_path: Path) -> None:
    for name in (":memory:", "a?mode=memory", "50% off#1.sqlite", "with space", "数据"):
        engine = opened(tmp_path / name)
        write(engine)
        engine.close()
        assert (tmp_path / name).stat().st_size > 0


def original(path: Path) -> None:
    """What the TypeScript original leaves at the default path: tables of its own and no mark of ours."""
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("CREATE TABLE memory_observations (id TEXT PRIMARY KEY, content TEXT)")
    connection.execute("INSERT INTO memory_observations VALUES ('1', 'old')")
    connection.commit()
    connection.close()


def test_the_originals_file_is_recognised_and_never_written(opened: Opened, database: Path) -> None:
    original(database)
    before = contents(database.parent)
    engine = opened()
    assert engine.status().state == "foreign"
    other = database.parent.parent / "other.sqlite"
    verbs = (lambda: write(engine), engine.upgrade, engine.check, lambda: engine.restore(other))
    for verb in (*verbs, lambda: engine.backup(other)):
        with pytest.raises(VgxnessError) as caught:
            verb()
        assert caught.value.code == "store_foreign"
        assert "--db" in caught.value.hint
    assert contents(database.parent) == before


def test_a_database_without_tables_of_another_program_is_foreign(opened: Opened, database: Path) -> None:
    database.parent.mkdir()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 3")
    connection.execute("PRAGMA application_id = 1234")
    connection.close()
    with pytest.raises(VgxnessError) as caught:
        write(opened())
    assert caught.value.code == "store_foreign"


def test_an_empty_file_becomes_a_store(opened: Opened, database: Path) -> None:
    database.parent.mkdir()
    database.touch()
    engine = opened()
    assert engine.status().state == "absent"
    write(engine)
    assert engine.status().state == "ready"
