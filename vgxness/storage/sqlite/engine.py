"""The engine: transactions on one SQLite file. Copies, inspection and text search stand beside it."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from vgxness.contract.context import Clock
from vgxness.contract.storage import Reader, StoreStatus, TextIndex, Writer
from vgxness.errors import VgxnessError
from vgxness.storage.sqlite import copies, failures, files, inspection, schema
from vgxness.storage.sqlite.connection import (
    Connection,
    Pool,
    open_for_reading,
    open_for_writing,
    patiently,
)
from vgxness.storage.sqlite.schema import Migration
from vgxness.storage.sqlite.text.index import SqliteTextIndex
from vgxness.storage.sqlite.transaction import SqliteReader, SqliteWriter

WAIT: Final = 10.0
"""Seconds that a transaction waits for another process's lock."""


def open_engine(location: str, clock: Clock) -> SqliteEngine:
    """Return an engine for the file at `location`; nothing is touched yet."""
    return SqliteEngine(location, clock)


class SqliteEngine:
    """One SQLite file; satisfies `Engine`, from any number of threads."""

    def __init__(
        self,
        location: str,
        clock: Clock,
        *,
        wait: float = WAIT,
        migrations: Sequence[Migration] | None = None,
    ) -> None:
        self._location = location
        self._clock = clock
        self._wait = wait
        self._given = migrations
        self._carried: tuple[Migration, ...] | None = None
        self._readers = Pool(self._open_reader)
        self._writers = Pool(lambda: open_for_writing(self.path, self._wait))
        self._writing = threading.local()
        self._text = SqliteTextIndex()

    @property
    def path(self) -> Path:
        """The real path of the file.

        Raises:
            VgxnessError: `unsafe_path` or `store_unavailable`.
        """
        return files.safe_path(self._location)

    @property
    def migrations(self) -> tuple[Migration, ...]:
        """The migrations that this engine carries, in order."""
        if self._carried is None:
            self._carried = tuple(self._given) if self._given is not None else schema.packaged()
        return self._carried

    @property
    def text(self) -> TextIndex:
        """The full-text index."""
        return self._text

    @contextmanager
    def reading(self) -> Generator[Reader]:
        """Open a read-only snapshot; see `Engine.reading`."""
        with failures.translated(Path(self._location)):
            connection = self._readers.take()
        with failures.translated(connection.path, system=False):
            try:
                connection.run("BEGIN")
                self._check_readable(connection)
                yield SqliteReader(connection)
            finally:
                self._readers.give(connection)

    @contextmanager
    def writing(self, *, durable: bool = False) -> Generator[Writer]:
        """Open one write transaction; see `Engine.writing`."""
        if getattr(self._writing, "now", False):
            raise RuntimeError("this thread already has a write transaction open")
        self._writing.now = True
        try:
            with failures.translated(Path(self._location)):
                connection = self._begin(durable=durable)
            with failures.translated(connection.path, system=False):
                try:
                    yield SqliteWriter(connection)
                    connection.run("COMMIT")
                finally:
                    self._writers.give(connection)
        finally:
            self._writing.now = False

    def status(self) -> StoreStatus:
        """Look, and write nothing; see `Engine.status`."""
        return inspection.status(self.path, self.migrations, self._wait)

    def upgrade(self) -> tuple[str, ...]:
        """Apply pending migrations, after an automatic backup; return their names."""
        with failures.translated(Path(self._location)):
            connection = self._writers.take()
            try:
                return self._upgrade(connection)
            finally:
                self._writers.give(connection)

    def backup(self, destination: Path) -> Path:
        """Write a complete copy while others go on writing; see `Engine.backup`."""
        with self.reading():
            return copies.backup(self.path, destination, self._wait)

    def restore(self, source: Path) -> Path:
        """Replace the store by a checked copy; returns where the replaced one was kept.

        Where there was nothing to replace it returns the store's own path.
        """
        self.close()
        newest = schema.newest(self.migrations)
        return copies.restore(self.path, source, newest=newest, now=self._clock.now(), wait=self._wait)

    def check(self) -> tuple[str, ...]:
        """Return what is damaged, one line each; empty means sound."""
        return inspection.damage(self.path, self.migrations, self._wait)

    def close(self) -> None:
        """Close the idle connections; they are opened again when needed."""
        self._readers.close()
        self._writers.close()

    def _open_reader(self) -> Connection:
        path = self.path
        if files.refuse_stranger(path) == "nobody":
            raise _missing(path)
        return open_for_reading(path, self._wait)

    def _check_readable(self, connection: Connection) -> None:
        version, newest = schema.version_of(connection), schema.newest(self.migrations)
        if version == newest:
            return
        if version > newest:
            raise _newer(connection.path, version, newest)
        raise _outdated(connection.path, version, newest) if version else _missing(connection.path)

    def _begin(self, *, durable: bool) -> Connection:
        """Return a connection that holds the write lock of an up-to-date store."""
        while True:
            connection = self._writers.take()
            try:
                connection.be_durable(durable=durable)
                patiently(lambda connection=connection: connection.run("BEGIN IMMEDIATE"), self._wait)
                # Asked under the lock: a restore may have put another file there while we waited for it.
                if connection.is_current():
                    if schema.version_of(connection) == schema.newest(self.migrations):
                        return connection
                    connection.roll_back()
                    self._upgrade(connection)
            except BaseException as error:
                connection.close()
                if not connection.was_moved_away(error):
                    raise
            else:
                self._writers.give(connection)

    def _upgrade(self, connection: Connection) -> tuple[str, ...]:
        """Bring the store up to date in one transaction: it is done whole, once, or not at all."""
        patiently(lambda: connection.run("BEGIN IMMEDIATE"), self._wait)
        try:
            version, newest = schema.version_of(connection), schema.newest(self.migrations)
            if version > newest:
                raise _newer(connection.path, version, newest)
            steps = schema.pending(self.migrations, version)
            if steps and version:
                copies.before_upgrade(connection.path, version, self._clock.now(), self._wait)
            if steps:
                schema.apply(connection, steps, self._clock.now())
            connection.run("COMMIT")
        finally:
            connection.roll_back()
        return tuple(step.name for step in steps)


def _missing(path: Path) -> VgxnessError:
    return VgxnessError(
        "store_missing",
        f"There is no database at {path} yet; nothing was created.",
        hint="The first save creates it; so does `vgxness db upgrade`.",
    )


def _outdated(path: Path, version: int, newest: int) -> VgxnessError:
    return VgxnessError(
        "store_outdated",
        f"The database {path} is of version {version}, and this vgxness reads version {newest}.",
        hint="Run `vgxness db upgrade`; it makes a backup first.",
    )


def _newer(path: Path, version: int, newest: int) -> VgxnessError:
    return VgxnessError(
        "store_newer",
        f"The database {path} is of version {version}, and this vgxness knows versions up to {newest}.",
        cause="a newer vgxness wrote it; it was left untouched",
        hint="Install the newest vgxness, or pass another file with --db.",
    )
