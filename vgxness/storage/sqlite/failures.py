"""What SQLite says went wrong, in the words of the error table."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from vgxness.errors import VgxnessError

_LOCKED: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CORRUPT: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_UNAVAILABLE: Final = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_IOERR,
)
_NO_SPACE: Final = (errno.ENOSPC, errno.EDQUOT)
_ALMOST_FULL: Final = 1 << 16  # bytes; SQLite reports some full disks as a plain I/O error


@contextmanager
def translated(path: Path, *, system: bool = True) -> Generator[None]:
    """Turn SQLite's failures inside the block into `VgxnessError`, and the system's too; others pass.

    `system` is false around a caller's own code, whose `OSError` says nothing about the store. A
    broken constraint or a statement that SQLite does not understand passes as it is: it is the
    caller's bug and not a state of the store.
    """
    try:
        yield
    except OSError as error:
        if not system:
            raise
        raise _from_system(error, path) from error
    except Exception as error:
        known = _known(error, path)
        if known is None:
            raise
        raise known from error


def is_busy(error: Exception) -> bool:
    """Whether trying again may help: another connection holds a lock."""
    return _code(error) in _LOCKED


def is_corrupt(error: Exception) -> bool:
    """Whether SQLite found the file damaged, or no database at all."""
    return _code(error) in _CORRUPT


def _code(error: Exception) -> int | None:
    # Peewee wraps what happens while it connects.
    code: int | None = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _known(error: Exception, path: Path) -> VgxnessError | None:
    code = _code(error)
    if code is None:
        return None
    cause = str(error)
    if code in _LOCKED:
        return locked(path, cause)
    if code in _CORRUPT:
        return corrupt(path, cause)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _disk_is_full(path)):
        return _full(path, cause)
    if code in _UNAVAILABLE:
        return unavailable(path, cause)
    return None


def _from_system(error: OSError, path: Path) -> VgxnessError:
    cause = error.strerror or type(error).__name__
    return _full(path, cause) if error.errno in _NO_SPACE else unavailable(path, cause)


def _disk_is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ALMOST_FULL
    except OSError:
        return False


def locked(path: Path, cause: str) -> VgxnessError:
    """Return the error for a lock that outlasted the wait."""
    return VgxnessError(
        "store_locked",
        f"The database {path} is held by another process.",
        cause=cause,
        hint="Try again; if it lasts, see which program has the file open.",
    )


def corrupt(path: Path, cause: str) -> VgxnessError:
    """Return the error for a damaged file."""
    return VgxnessError(
        "store_corrupt",
        f"The database {path} is damaged; it was left untouched.",
        cause=cause,
        hint="Run `vgxness db check`, then `vgxness db restore BACKUP --yes`, or pass another --db.",
    )


def unavailable(path: Path, cause: str) -> VgxnessError:
    """Return the error for a file that can't be opened, created or written."""
    return VgxnessError(
        "store_unavailable",
        f"The database {path} can't be used.",
        cause=cause,
        hint="Check the directory and its permissions, or pass another file with --db.",
    )


def _full(path: Path, cause: str) -> VgxnessError:
    return VgxnessError(
        "store_full",
        f"No space is left for the database {path}; nothing was stored.",
        cause=cause,
        hint="Free some space on that disk, then try again.",
    )


def is_known(error: Exception) -> bool:
    """Whether it is a state of the file or the disk, and not a mistake in a statement."""
    return _known(error, Path()) is not None
