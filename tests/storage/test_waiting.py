"""Waiting for others: on a cold start, and while the file is replaced under a waiting writer."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from vgxness.storage.sqlite.engine import SqliteEngine
from vgxness.storage.sqlite.files import APPLICATION_ID

Opened = Callable[..., SqliteEngine]


class Writing(threading.Thread):
    """Writes one row in a thread of its own."""

    def __init__(self, engine: SqliteEngine) -> None:
        super().__init__()
        self.engine = engine
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            with self.engine.writing() as writer:
                writer.execute("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT)")
                writer.execute("INSERT INTO note VALUES (1, 'waited')")
        except Exception as error:  # noqa: BLE001 -- the test tells what it was
            self.failure = error

    def watch_until_in(self, function: str, **values: object) -> None:
        """Return when the thread is inside the function, or over."""
        self.start()
        while self.is_alive():
            frame = sys._current_frames().get(self.ident or 0)
            if frame is None or frame.f_code.co_name != function:
                continue
            if all(frame.f_locals.get(name) == value for name, value in values.items()):
                return


def notes(engine: SqliteEngine) -> list[tuple[object, ...]]:
    with engine.reading() as reader:
        return list(reader.rows("SELECT id, text FROM note"))


def test_the_switch_to_wal_waits_for_another_reader(opened: Opened, database: Path) -> None:
    database.parent.mkdir()
    other = sqlite3.connect(database, isolation_level=None)
    other.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    other.execute("BEGIN")
    other.execute("SELECT * FROM sqlite_master").fetchall()
    engine = opened()
    writing = Writing(engine)
    writing.watch_until_in("run", sql="PRAGMA journal_mode = wal")
    other.execute("COMMIT")
    other.close()
    writing.join()
    assert writing.failure is None
    assert notes(engine) == [(1, "waited")]


def test_a_file_that_was_replaced_while_a_writer_waited_gets_the_row(
    engine: SqliteEngine, opened: Opened, database: Path
) -> None:
    copy = engine.backup(database.parent / "copy")
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    writing = Writing(engine)
    writing.watch_until_in("run", sql="BEGIN IMMEDIATE")
    for file in list(database.parent.glob("memory.sqlite*")):
        file.rename(file.with_name(file.name.replace("memory", "old")))
    copy.rename(database)
    holder.execute("COMMIT")
    holder.close()
    writing.join()
    assert writing.failure is None
    assert notes(opened()) == [(1, "waited")]
