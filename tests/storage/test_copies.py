"""Backups while others write; restores that check first, keep what they replace and disturb nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.storage.worlds import contents, finish, start
from vgxness.errors import VgxnessError
from vgxness.storage.sqlite.engine import SqliteEngine

Opened = Callable[..., SqliteEngine]

WRITE_PAIRS = """
number = 0
print('writing', flush=True)
while not os.path.exists(sys.argv[2]):
    with engine.writing() as writer:
        writer.execute("INSERT INTO note VALUES (?, 'left')", (2 * number,))
        writer.execute("INSERT INTO note VALUES (?, 'right')", (2 * number + 1,))
    number += 1
engine.close()
"""


def notes(engine: SqliteEngine) -> list[tuple[object, ...]]:
    with engine.reading() as reader:
        return list(reader.rows("SELECT text FROM note ORDER BY id"))


def add(engine: SqliteEngine, text: str) -> None:
    with engine.writing() as writer:
        writer.execute("INSERT INTO note (text) VALUES (?)", (text,))


def test_a_backup_during_writes_is_one_moment(engine: SqliteEngine, opened: Opened, database: Path) -> None:
    stop = database.parent / "stop"
    process = start(database, WRITE_PAIRS, str(stop))
    assert process.stdout is not None
    process.stdout.readline()
    copies = [engine.backup(database.parent / f"copy{number}") for number in range(5)]
    stop.touch()
    finish(process)
    for copy in copies:
        kept = opened(copy)
        texts = [text for (text,) in notes(kept)]
        assert texts.count("left") == texts.count("right")
        assert kept.check() == ()


@pytest.mark.parametrize("place", ["here", "nowhere/deep/copy", "folder"])
def test_a_backup_that_can_not_be_written_leaves_nothing(
    engine: SqliteEngine, tmp_path: Path, place: str
) -> None:
    (tmp_path / "here").write_text("precious")
    (tmp_path / "folder").mkdir()
    before = contents(tmp_path)
    with pytest.raises(VgxnessError) as caught:
        engine.backup(tmp_path / place)
    assert caught.value.code == "write_failed"
    assert contents(tmp_path).keys() == before.keys()
    assert (tmp_path / "here").read_text() == "precious"


def test_a_backup_does_not_follow_a_link(engine: SqliteEngine, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(VgxnessError) as caught:
        engine.backup(tmp_path / "link")
    assert caught.value.code == "write_failed"
    assert not (tmp_path / "target").exists()


def test_restore_into_an_absent_place_creates_it(
    engine: SqliteEngine, opened: Opened, tmp_path: Path
) -> None:
    add(engine, "moved")
    copy = engine.backup(tmp_path / "copy")
    other = opened(tmp_path / "elsewhere" / "memory.sqlite")
    assert other.restore(copy) == tmp_path / "elsewhere" / "memory.sqlite"
    assert notes(other) == [("moved",)]
    assert [file.name for file in (tmp_path / "elsewhere").glob("*replaced*")] == []


def test_restore_replaces_a_damaged_store_and_keeps_it(engine: SqliteEngine, database: Path) -> None:
    add(engine, "kept")
    copy = engine.backup(database.parent / "copy")
    engine.close()
    database.write_bytes(b"garbage" * 1000)
    replaced = engine.restore(copy)
    assert replaced.read_bytes() == b"garbage" * 1000
    assert notes(engine) == [("kept",)]
    assert engine.check() == ()


def test_restore_waits_for_nobody_and_takes_nothing_from_others(
    engine: SqliteEngine, opened: Opened, database: Path
) -> None:
    copy = engine.backup(database.parent / "copy")
    add(engine, "newer")
    holder = start(
        database, "with engine.writing(): pass\nprint('open', flush=True)\nsys.stdin.read()\nengine.close()"
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    impatient = opened(wait=0.1)
    engine.close()
    with pytest.raises(VgxnessError) as caught:
        impatient.restore(copy)
    assert caught.value.code == "store_locked"
    assert notes(engine) == [("newer",)]
    finish(holder)
    engine.close()
    impatient.restore(copy)
    assert notes(engine) == []
    assert sorted(file.name.partition("-")[0] for file in database.parent.glob("*rest*")) == []


def test_restore_refuses_a_source_that_is_damaged_newer_foreign_or_itself(
    engine: SqliteEngine, database: Path
) -> None:
    add(engine, "stays")
    folder = database.parent
    for name in ("damaged", "newer"):
        engine.backup(folder / name)
    with (folder / "damaged").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    raw = sqlite3.connect(folder / "newer")
    raw.execute("PRAGMA user_version = 999")
    raw.close()
    raw = sqlite3.connect(folder / "foreign")
    raw.execute("CREATE TABLE other (id)")
    raw.close()
    before = {name: (folder / name).read_bytes() for name in ("damaged", "newer", "foreign")}
    for name, code in (
        ("damaged", "store_corrupt"),
        ("newer", "store_newer"),
        ("foreign", "store_foreign"),
        ("memory.sqlite", "usage"),
    ):
        with pytest.raises(VgxnessError) as caught:
            engine.restore(folder / name)
        assert caught.value.code == code
    assert notes(engine) == [("stays",)]
    assert {name: (folder / name).read_bytes() for name in before} == before


@contextmanager
def suppress_locked() -> Generator[None]:
    """Let a restore be refused because the other process has the store open: that is its right answer."""
    try:
        yield
    except VgxnessError as error:
        if error.code != "store_locked":
            raise


def test_a_writer_that_waited_through_a_restore_writes_into_the_new_store(
    engine: SqliteEngine, opened: Opened, database: Path
) -> None:
    copy = engine.backup(database.parent / "copy")
    engine.close()
    waiter = start(
        database,
        "print('go', flush=True)\nsys.stdin.readline()\n"
        "with engine.writing() as w: w.execute(\"INSERT INTO note VALUES (1, 'late')\")\nengine.close()",
    )
    assert waiter.stdout is not None
    assert waiter.stdin is not None
    waiter.stdout.readline()
    waiter.stdin.write("go\n")
    waiter.stdin.flush()
    patient = opened()
    for _ in range(5):
        with suppress_locked():
            patient.restore(copy)
    finish(waiter)
    kept = sorted(database.parent.glob("*.replaced-*"))
    everywhere = [notes(opened(path)) for path in (database, *kept)]
    assert [("late",)] in everywhere
