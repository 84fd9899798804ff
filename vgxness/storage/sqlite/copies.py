"""Whole copies of a store: the backup, the restore, and the copy made before each upgrade."""

from __future__ import annotations

import os
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from vgxness.errors import VgxnessError
from vgxness.storage.sqlite import failures, files, inspection, schema
from vgxness.storage.sqlite.connection import Connection, open_for_reading, open_for_writing

_KEPT: Final = 3


def backup(path: Path, destination: Path, wait: float) -> Path:
    """Copy the store to a new file of mode 0600 and return its real path.

    Raises:
        VgxnessError: `write_failed` where the destination exists or can't be written; it is then as before.
    """
    try:
        files.make_private(destination)
    except FileExistsError as error:
        raise VgxnessError(
            "write_failed", f"{destination} exists already.", hint="Name a file that does not exist."
        ) from error
    except OSError as error:
        raise _unwritten(destination, error.strerror or "") from error
    try:
        with failures.translated(destination), closing(open_for_reading(path, wait)) as source:
            _copy(source, destination, wait)
    except BaseException:
        destination.unlink(missing_ok=True)
        raise
    return destination.resolve()


def _copy(source: Connection, destination: Path, wait: float) -> None:
    with closing(Connection(destination.resolve(), "rw", wait=wait, read_only=False)) as target:
        # One snapshot for the whole copy: without it every write of another process starts it anew.
        source.run("BEGIN")
        schema.version_of(source)
        source.raw.backup(target.raw)
        source.roll_back()


def _unwritten(destination: Path, cause: str) -> VgxnessError:
    return VgxnessError(
        "write_failed",
        f"The copy {destination} could not be written.",
        cause=cause,
        hint="Name a file in a directory that exists and that you may write.",
    )


def before_upgrade(path: Path, version: int, now: datetime, wait: float) -> Path:
    """Copy the store beside itself, keep the newest three such copies, and return the new one."""
    kept = backup(path, _beside(path, f"backup-{version}", now), wait)
    copies = sorted(path.parent.glob(f"{path.name}.backup-*"), key=lambda copy: copy.stat().st_mtime_ns)
    for old in copies[:-_KEPT]:
        if old != kept:
            old.unlink(missing_ok=True)
    return kept


def _beside(path: Path, purpose: str, now: datetime) -> Path:
    """Return a name beside the store that nothing has yet."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    name, number = f"{path.name}.{purpose}-{stamp}", 1
    while os.path.lexists(path.with_name(name)):
        number += 1
        name = f"{path.name}.{purpose}-{stamp}-{number}"
    return path.with_name(name)


def restore(path: Path, source: Path, *, newest: int, now: datetime, wait: float) -> Path:
    """Put a checked copy of `source` in the store's place; return where the replaced one is kept.

    Raises:
        VgxnessError: `usage` where the source is the store; `store_missing`, `store_foreign`,
            `store_corrupt` or `store_newer` about the source; `store_foreign` about the store;
            `store_locked` where another process has the store open. The store is then as before.
    """
    real = files.safe_path(str(source))
    if real == path:
        raise VgxnessError("usage", "The source is the database itself.", hint="Name a backup file.")
    if files.owner(path) == "foreign":
        raise files.foreign(path)
    with failures.translated(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        staged = _beside(path, "restoring", now)
        files.make_private(staged)
    try:
        _stage(real, staged, newest, wait)
        with failures.translated(path):
            return _exchange(path, staged, _beside(path, "replaced", now), wait)
    finally:
        staged.unlink(missing_ok=True)


def _stage(source: Path, staged: Path, newest: int, wait: float) -> None:
    if files.refuse_stranger(source) == "nobody":
        raise VgxnessError("store_missing", f"There is no database at {source}.", hint="Name a backup file.")
    with failures.translated(source), closing(open_for_reading(source, wait)) as connection:
        if lines := inspection.integrity(connection):
            raise failures.corrupt(source, lines[0])
        version = schema.version_of(connection)
        if version > newest:
            raise VgxnessError(
                "store_newer",
                f"{source} is of version {version}, and this vgxness knows versions up to {newest}.",
                hint="Install the newest vgxness.",
            )
        _copy(connection, staged, wait)


def _exchange(path: Path, staged: Path, kept: Path, wait: float) -> Path:
    if files.file_id(path) is None:
        staged.replace(path)
        return path
    with ExitStack() as stack:
        _hold(path, stack, wait)
        _keep(path, kept)
        for suffix in files.COMPANIONS:
            companion = path.with_name(path.name + suffix)
            if companion.exists():
                companion.rename(kept.with_name(kept.name + suffix))
        staged.replace(path)
    return kept


def _keep(path: Path, kept: Path) -> None:
    """Give the store a second name, so that its own is never without a file for whoever opens it now."""
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without hard links: the name is then free for a moment
        path.rename(kept)


def _hold(path: Path, stack: ExitStack, wait: float) -> None:
    """Keep every other process out of the store, its log folded in; a damaged one can't be held."""
    try:
        connection = stack.enter_context(closing(open_for_writing(path, min(wait, 1.0))))
        # Leaving WAL mode needs the file to oneself: it fails while anybody else has it open.
        connection.run("PRAGMA journal_mode = delete")
        connection.run("BEGIN EXCLUSIVE")
        stack.callback(connection.roll_back)
    except VgxnessError as error:
        if error.code != "store_corrupt":
            raise
    except Exception as error:
        if not failures.is_corrupt(error):
            raise
