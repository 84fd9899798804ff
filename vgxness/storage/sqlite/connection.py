"""One connection to a file, and the pools that keep it for the next caller."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal, Protocol, cast

from vgxness.contract.storage import SqlValue
from vgxness.storage.sqlite import failures, files


class _Database(Protocol):
    """The part of peewee's database that is used; peewee itself is not typed."""

    def connect(self) -> object: ...
    def connection(self) -> sqlite3.Connection: ...
    def cursor(self) -> sqlite3.Cursor: ...
    def close(self) -> object: ...


Mode = Literal["rw", "ro", "ro&immutable=1"]

_BUSY_PAUSE: Final = 0.002  # seconds
_LOG_LIMIT: Final = 64 << 20  # bytes of write-ahead log kept on disk between bursts of writes


class Connection:
    """A connection for one caller at a time, from any thread.

    Attributes:
        path: the database file.
        file: which file it was when the connection was opened.
        frozen: it sees the file as it is now and would miss later writes; it is for one use only.
    """

    def __init__(self, path: Path, mode: Mode, *, wait: float, read_only: bool) -> None:
        # Peewee costs 50 ms to import; commands that never touch the database must not pay it.
        from peewee import SqliteDatabase

        self.path = path
        self.file = files.hold(path)
        self._is_open = True
        self._durable = False
        self.frozen = mode == "ro&immutable=1"
        self._database: _Database = SqliteDatabase(
            f"{path.as_uri()}?mode={mode}",
            pragmas=_pragmas(read_only=read_only),
            timeout=wait,
            uri=True,
            thread_safe=False,
            autoconnect=False,
            check_same_thread=False,
        )
        try:
            self._database.connect()
        except BaseException:
            self.close()
            raise

    def be_durable(self, *, durable: bool) -> None:
        """Make the next commit survive a power cut, or only a crash; not inside a transaction."""
        if durable is not self._durable:
            self.run(f"PRAGMA synchronous = {'full' if durable else 'normal'}")
            self._durable = durable

    @property
    def raw(self) -> sqlite3.Connection:
        """The driver's own connection, for its backup verb."""
        return self._database.connection()

    def run(self, sql: str, parameters: Sequence[SqlValue] = ()) -> sqlite3.Cursor:
        """Run one statement outside or inside the open transaction."""
        cursor = self._database.cursor()
        try:
            return cursor.execute(sql, parameters)
        except BaseException:
            # An open cursor, kept alive by a traceback, would keep a closed connection's locks.
            cursor.close()
            raise

    def number(self, sql: str) -> int:
        """Return the first value of the first row, a number."""
        return cast("int", self.run(sql).fetchone()[0])

    def roll_back(self) -> None:
        """End the open transaction without effect; none open is no error."""
        if self._database.connection().in_transaction:
            self.run("ROLLBACK")

    def is_current(self) -> bool:
        """Whether the file at the path is still the one that was opened."""
        return self.file == files.file_id(self.path)

    def was_moved_away(self, error: BaseException) -> bool:
        """Whether a failure came of a restore that put another file at the path; then it is tried anew."""
        return isinstance(error, sqlite3.Error) and not self.is_current()

    def close(self) -> None:
        """Close; the last connection to a file folds its write-ahead log back in."""
        self._database.close()
        if self._is_open:
            self._is_open = False
            files.release(self.file)


def _pragmas(*, read_only: bool) -> list[tuple[str, str | int]]:
    pragmas: list[tuple[str, str | int]] = [("trusted_schema", "off"), ("foreign_keys", "on")]
    if read_only:
        return [*pragmas, ("query_only", "on")]
    return [*pragmas, ("synchronous", "normal"), ("journal_size_limit", _LOG_LIMIT)]


def open_for_reading(path: Path, wait: float) -> Connection:
    """Open without writing: nothing is created, and no file that was not there stays behind.

    A connection that may not write leaves SQLite's companion files behind, because it can't tidy them
    away; so where writing is possible it opens a writable one that is forbidden to write. A log that
    lies there (another process is at work, or died) is read through a read-only one, which never folds
    it in. Where nothing can be written and no log lies there, the file is complete in itself.
    """
    if files.has_log(path):
        mode: Mode = "ro"
    elif files.is_writable(path):
        mode = "rw"
    else:
        mode = "ro&immutable=1"
    return Connection(path, mode, wait=wait, read_only=True)


def open_for_writing(path: Path, wait: float) -> Connection:
    """Open for writing; an absent or empty file becomes a store of ours, in WAL mode and without tables.

    Raises:
        VgxnessError: `store_foreign` or `store_corrupt`; the file is then as it was.
    """
    while True:
        files.refuse_stranger(path)
        files.create(path)
        connection = Connection(path, "rw", wait=wait, read_only=False)
        try:
            patiently(lambda connection=connection: _claim(connection), wait)
        except BaseException as error:
            connection.close()
            if not connection.was_moved_away(error):
                raise
        else:
            return connection


def _claim(connection: Connection) -> None:
    """Mark a new file as ours, then switch it to WAL; in this order, so that the mark is in the header."""
    if connection.run("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    if connection.number("PRAGMA application_id") != files.APPLICATION_ID:
        _mark(connection)
    connection.run("PRAGMA journal_mode = wal")


def _mark(connection: Connection) -> None:
    try:
        connection.run("BEGIN IMMEDIATE")
        if connection.number("PRAGMA application_id") == files.APPLICATION_ID:
            return  # another process was first
        if connection.number("SELECT count(*) FROM sqlite_master"):
            raise files.foreign(connection.path)
        connection.run(f"PRAGMA application_id = {files.APPLICATION_ID}")
        connection.run("COMMIT")
    finally:
        connection.roll_back()


def patiently(action: Callable[[], object], wait: float) -> None:
    """Do it, and again while the database is busy, for at most `wait` seconds.

    SQLite's own waiting does not cover every case: the switch to WAL on a cold start fails at once.
    """
    deadline = time.monotonic() + wait
    while True:
        try:
            action()
        except Exception as error:
            if not failures.is_busy(error) or time.monotonic() >= deadline:
                raise
        else:
            return
        time.sleep(_BUSY_PAUSE)


class Pool:
    """Idle connections of one kind; as many are open as callers were at once."""

    def __init__(self, opener: Callable[[], Connection]) -> None:
        self._opener = opener
        self._idle: deque[Connection] = deque()
        self._abandoned: list[Connection] = []
        self._process = os.getpid()

    def take(self) -> Connection:
        """Return an idle connection whose file still stands at its path, or open one."""
        if self._process != os.getpid():
            self._forget_parent()
        while self._idle:
            with contextlib.suppress(IndexError):  # another thread took the last one
                connection = self._idle.pop()
                if connection.is_current():
                    return connection
                connection.close()
        return self._opener()

    def give(self, connection: Connection) -> None:
        """Keep a connection for the next caller, once its transaction is ended; a frozen one is closed."""
        try:
            connection.roll_back()
        except BaseException:
            connection.close()
            raise
        if connection.frozen:
            connection.close()
        else:
            self._idle.append(connection)

    def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            with contextlib.suppress(IndexError):  # another thread took the last one
                self._idle.pop().close()

    def _forget_parent(self) -> None:
        # After a fork these belong to the parent: using or closing them here would drop its locks.
        self._abandoned.extend(self._idle)
        self._idle = deque()
        self._process = os.getpid()
