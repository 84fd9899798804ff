"""Looking at a file without changing it: in which state it is, and what is damaged."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from vgxness.contract.storage import StoreState, StoreStatus
from vgxness.errors import VgxnessError
from vgxness.storage.sqlite import failures, files, schema
from vgxness.storage.sqlite.connection import Connection, open_for_reading, open_for_writing, patiently
from vgxness.storage.sqlite.schema import Migration

_MOST_LINES: Final = 100


def status(path: Path, migrations: Sequence[Migration], wait: float) -> StoreStatus:
    """Return the state of the file at `path`; nothing is written."""
    found = files.owner(path)
    if found == "foreign":
        return _status(path, migrations, "foreign", note="it belongs to another program")
    if found == "unreadable":
        return _status(path, migrations, "corrupt", note="its header is not that of a database")
    if found == "nobody":
        return _status(path, migrations, "absent", note="the first write creates it")
    try:
        with _reading(path, wait) as connection:
            version = schema.version_of(connection)
    except VgxnessError as error:
        if error.code != "store_corrupt":
            raise
        return _status(path, migrations, "corrupt", note=error.cause)
    return _of_version(path, migrations, version)


def _of_version(path: Path, migrations: Sequence[Migration], version: int) -> StoreStatus:
    newest = schema.newest(migrations)
    if version > newest:
        return _status(path, migrations, "newer", version=version, note="a newer vgxness wrote it")
    if version == newest:
        return _status(path, migrations, "ready", version=version)
    if version:
        return _status(path, migrations, "outdated", version=version, note="run `vgxness db upgrade`")
    return _status(path, migrations, "absent", note="it was begun and holds nothing yet")


def _status(
    path: Path,
    migrations: Sequence[Migration],
    state: StoreState,
    *,
    version: int = 0,
    note: str = "",
) -> StoreStatus:
    steps = schema.pending(migrations, version) if state in {"absent", "outdated"} else ()
    return StoreStatus(
        state=state,
        location=str(path),
        version=version,
        newest=schema.newest(migrations),
        pending=tuple(step.name for step in steps),
        size=sum(_size(path.with_name(path.name + suffix)) for suffix in ("", "-wal")),
        note=note,
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def _reading(path: Path, wait: float) -> Generator[Connection]:
    with failures.translated(path), closing(open_for_reading(path, wait)) as connection:
        yield connection


def damage(path: Path, migrations: Sequence[Migration], wait: float) -> tuple[str, ...]:
    """Return what is wrong with the file, one line each; empty means sound.

    Raises:
        VgxnessError: `store_missing`, `store_foreign`, `store_locked` or `store_unavailable`.
    """
    found = files.owner(path)
    if found == "unreadable":
        return ("its header is not that of a database",)
    if found == "foreign":
        raise files.foreign(path)
    if found == "nobody":
        raise VgxnessError("store_missing", f"There is no database at {path}.", hint="Nothing to check.")
    try:
        return _damage(path, migrations, wait)
    except VgxnessError as error:
        if error.code != "store_corrupt":
            raise
        return (error.cause,)


def _damage(path: Path, migrations: Sequence[Migration], wait: float) -> tuple[str, ...]:
    with _reading(path, wait) as connection:
        lines = integrity(connection)
        version = schema.version_of(connection)
        if version:
            lines += schema.altered(connection, migrations)
    if not lines and version == schema.newest(migrations) and files.is_writable(path):
        lines = _text_damage(path, wait)
    return tuple(lines)


def integrity(connection: Connection) -> list[str]:
    """Return what SQLite finds wrong with pages, indexes and references."""
    lines = [str(row[0]) for row in connection.run(f"PRAGMA integrity_check({_MOST_LINES})")]
    if lines != ["ok"]:
        return lines
    return [
        f"row {row} of {table} refers to a row of {parent} that does not exist"
        for table, row, parent, _ in connection.run("PRAGMA foreign_key_check").fetchmany(_MOST_LINES)
    ]


def _text_damage(path: Path, wait: float) -> list[str]:
    # FTS5 takes this question as a write, so it is asked inside a transaction that is rolled back.
    with failures.translated(path), closing(open_for_writing(path, wait)) as connection:
        patiently(lambda: connection.run("BEGIN IMMEDIATE"), wait)
        try:
            return _index_damage(connection)
        finally:
            connection.roll_back()


def _index_damage(connection: Connection) -> list[str]:
    if not connection.number("SELECT count(*) FROM sqlite_master WHERE name = 'text_index'"):
        return []
    try:
        connection.run("INSERT INTO text_index (text_index) VALUES ('integrity-check')")
    except Exception as error:
        if not failures.is_corrupt(error):
            raise
        return [f"the text index does not fit its documents: {error}"]
    return []
