"""Reading changes nothing: no file appears, none stays behind, none is altered."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.storage.worlds import contents, finish, public_folder, read_only, start
from vgxness.errors import VgxnessError
from vgxness.kernel.clock import SystemClock
from vgxness.storage.sqlite.engine import SqliteEngine

Opened = Callable[..., SqliteEngine]
TWO_ROWS = """
with engine.writing() as writer:
    writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY)")
    writer.execute("INSERT INTO note VALUES (1), (2)")
"""


def count(engine: SqliteEngine) -> object:
    with engine.reading() as reader:
        row = reader.row("SELECT count(*) FROM note")
    return row and row[0]


def test_an_absent_store_stays_absent(opened: Opened, database: Path) -> None:
    engine = opened()
    assert engine.status().state == "absent"
    for verb in (lambda: count(engine), engine.check, lambda: engine.backup(database.parent.parent / "b")):
        with pytest.raises(VgxnessError) as caught:
            verb()
        assert caught.value.code == "store_missing"
    assert list(database.parent.parent.iterdir()) == []


def test_reading_leaves_the_folder_byte_for_byte(opened: Opened, database: Path) -> None:
    finish(start(database, TWO_ROWS + "engine.close()"))
    before = contents(database.parent)
    assert list(before) == ["memory.sqlite"]
    engine = opened()
    assert count(engine) == 2
    assert engine.status().state == "ready"
    assert engine.check() == ()
    engine.close()
    assert contents(database.parent) == before


def test_a_log_of_a_process_that_died_is_read_and_not_folded_in(opened: Opened, database: Path) -> None:
    finish(start(database, TWO_ROWS + "os._exit(0)"))
    before = contents(database.parent)
    assert before["memory.sqlite-wal"]
    engine = opened()
    assert count(engine) == 2
    engine.close()
    after = contents(database.parent)
    assert after["memory.sqlite"] == before["memory.sqlite"]
    assert after["memory.sqlite-wal"] == before["memory.sqlite-wal"]


def test_a_read_only_directory_can_be_read() -> None:
    with public_folder() as folder:
        database = folder / "memory.sqlite"
        finish(start(database, TWO_ROWS + "engine.close()"))
        engine = SqliteEngine(str(database), SystemClock(), wait=1.0)
        before = contents(folder)
        with read_only(folder):
            assert count(engine) == 2
            assert engine.status().state == "ready"
            assert engine.check() == ()
            with pytest.raises(VgxnessError) as caught, engine.writing():
                pass
            assert caught.value.code == "store_unavailable"
        engine.close()
        assert contents(folder) == before


def test_a_read_only_directory_can_not_be_created_in() -> None:
    with public_folder() as folder, read_only(folder):
        engine = SqliteEngine(str(folder / "new" / "memory.sqlite"), SystemClock())
        with pytest.raises(VgxnessError) as caught, engine.writing():
            pass
        assert caught.value.code == "store_unavailable"
        assert engine.status().state == "absent"


def test_a_reader_on_a_frozen_file_sees_later_writes() -> None:
    with public_folder() as folder:
        database = folder / "memory.sqlite"
        finish(start(database, TWO_ROWS + "engine.close()"))
        reader = SqliteEngine(str(database), SystemClock(), wait=1.0)
        with read_only(folder):
            assert count(reader) == 2
        finish(
            start(
                database,
                "with engine.writing() as w: w.execute('INSERT INTO note VALUES (3)')\nengine.close()",
            )
        )
        with read_only(folder):
            assert count(reader) == 3


def test_looking_at_the_file_does_not_drop_its_locks(engine: SqliteEngine, database: Path) -> None:
    """POSIX locks belong to the process: opening and closing the file beside its connection drops them,
    and another process would then take itself for the last one and remove the log under our feet.
    """
    assert engine.status().state == "ready"
    assert engine.check() == ()
    other = "with engine.writing() as w: w.execute(\"INSERT INTO note VALUES (1, 'other')\")\nengine.close()"
    finish(start(database, other))
    assert database.with_name("memory.sqlite-wal").exists()
    with engine.writing() as writer:
        writer.execute("INSERT INTO note VALUES (2, 'own')")
    assert finish(start(database, "with engine.reading() as r: print(r.rows('SELECT id FROM note'))")) == (
        "[(1,), (2,)]\n"
    )


def test_a_replaced_file_is_noticed(engine: SqliteEngine, database: Path) -> None:
    copy = engine.backup(database.parent / "copy")
    with engine.writing() as writer:
        writer.execute("INSERT INTO note VALUES (1, 'before')")
    assert count(engine) == 1
    for file in database.parent.glob("memory.sqlite*"):
        file.unlink()
    copy.rename(database)
    assert count(engine) == 0
    with engine.writing() as writer:
        writer.execute("INSERT INTO note VALUES (1, 'after')")
    assert count(engine) == 1


def test_a_deleted_file_is_created_again_by_a_write(engine: SqliteEngine, database: Path) -> None:
    for file in database.parent.iterdir():
        file.unlink()
    with pytest.raises(VgxnessError) as caught:
        count(engine)
    assert caught.value.code == "store_missing"
    with engine.writing():
        pass
    assert engine.status().state == "ready"


def test_a_forked_child_does_not_use_its_parents_connection(engine: SqliteEngine) -> None:
    parents = engine._writers.take()
    engine._writers.give(parents)
    child = os.fork()
    if child == 0:
        with engine.writing() as writer:
            writer.execute("INSERT INTO note VALUES (1, 'child')")
        os._exit(int(engine._writers.take() is parents))
    assert os.waitpid(child, 0)[1] == 0
    with engine.writing() as writer:
        writer.execute("INSERT INTO note VALUES (2, 'parent')")
    assert count(engine) == 2


def test_a_writer_inside_a_writer_is_a_bug_and_not_a_deadlock(engine: SqliteEngine) -> None:
    with pytest.raises(RuntimeError, match="already"), engine.writing(), engine.writing():
        pass
    with engine.writing() as writer:
        writer.execute("INSERT INTO note VALUES (1, 'after')")


def test_connections_are_set_as_promised(engine: SqliteEngine, database: Path) -> None:
    with engine.writing() as writer:
        seen = [writer.row(f"PRAGMA {name}") for name in ("foreign_keys", "synchronous", "journal_mode")]
    assert seen == [(1,), (1,), ("wal",)]
    with engine.writing(durable=True) as writer:
        assert writer.row("PRAGMA synchronous") == (2,)
        assert writer.row("PRAGMA busy_timeout") == (20_000,)
    with engine.writing() as writer:
        assert writer.row("PRAGMA synchronous") == (1,)
    raw = sqlite3.connect(database)
    assert raw.execute("PRAGMA application_id").fetchone() == (0x5647584E,)
    raw.close()
