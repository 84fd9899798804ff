"""The database as a file: is its path safe, whose is it, and who may read it."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import threading
from collections import Counter
from pathlib import Path
from typing import Final, Literal, NamedTuple

from vgxness.errors import VgxnessError
from vgxness.storage.sqlite import failures

APPLICATION_ID: Final = 0x5647584E
"""`VGXN`, in the file's header: a file without it is not ours and is never written."""

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_SIZE: Final = 100
_APPLICATION_ID_AT: Final = slice(68, 72)
COMPANIONS: Final = ("-wal", "-shm", "-journal")

Owner = Literal["nobody", "vgxness", "foreign", "unreadable"]


class FileId(NamedTuple):
    """Which file stands at a path, so that a replaced one is noticed."""

    device: int
    inode: int


_guard: Final = threading.Lock()
_held: Final[Counter[FileId | None]] = Counter()
"""How many connections this process has to a file. While there is one the file must not be opened in any
other way: closing it again would drop the locks of all of them (POSIX locks belong to the process)."""


def hold(path: Path) -> FileId | None:
    """Note that a connection to the file is about to be opened, and return which file it is."""
    with _guard:
        held = file_id(path)
        _held[held] += 1
        return held


def release(held: FileId | None) -> None:
    """Note that such a connection is closed."""
    with _guard:
        _held[held] -= 1
        if not _held[held]:
            del _held[held]


def safe_path(location: str) -> Path:
    """Return the real path of a location; its directory may be reached through symbolic links.

    Raises:
        VgxnessError: `unsafe_path` where the file, or one that SQLite keeps beside it, is a symbolic
            link out of that directory; `store_unavailable` where the path can't be a file at all.
    """
    if not location or "\0" in location:
        raise failures.unavailable(Path("?"), "the path is empty or holds a NUL character")
    given = Path.cwd() / location
    with failures.translated(given):
        parent = given.parent.resolve()
        real = _resolved(given)
        links = [name for name in COMPANIONS if real.with_name(real.name + name).is_symlink()]
    if not real.is_relative_to(parent) or links:
        raise VgxnessError(
            "unsafe_path",
            f"The database {given} leaves its directory through a symbolic link.",
            cause=f"it leads to {real}" if not links else f"{real.name}{links[0]} is a link",
            hint="Pass the real path with --db.",
        )
    return real


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:  # Python 3.11 and 3.12 raise it for a loop of links
        raise OSError(errno.ELOOP, "too many levels of symbolic links") from error


def file_id(path: Path) -> FileId | None:
    """Return which file stands at the path, or None where none does."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return FileId(found.st_dev, found.st_ino)


def owner(path: Path) -> Owner:
    """Say whose file it is from its first bytes alone; an absent or empty one is nobody's.

    Raises:
        VgxnessError: `store_unavailable` where it is no regular file or can't be read.
    """
    with failures.translated(path), _guard:
        try:
            found = path.stat()
        except FileNotFoundError:
            return "nobody"
        if not stat.S_ISREG(found.st_mode):
            kind = "a directory" if stat.S_ISDIR(found.st_mode) else "not a regular file"
            raise failures.unavailable(path, f"it is {kind}")
        if _held[FileId(found.st_dev, found.st_ino)]:
            return "vgxness"
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
    if not header:
        return "nobody"
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        return "unreadable"
    ours = int.from_bytes(header[_APPLICATION_ID_AT], "big") == APPLICATION_ID
    return "vgxness" if ours else "foreign"


def refuse_stranger(path: Path) -> Owner:
    """Return the owner of a file that vgxness may open.

    Raises:
        VgxnessError: `store_foreign`, `store_corrupt` or `store_unavailable`.
    """
    found = owner(path)
    if found == "foreign":
        raise foreign(path)
    if found == "unreadable":
        raise failures.corrupt(path, "its header is not that of a database")
    return found


def foreign(path: Path) -> VgxnessError:
    """Return the error for another program's database."""
    return VgxnessError(
        "store_foreign",
        f"The database {path} belongs to another program; it was left untouched.",
        cause="it does not carry vgxness's mark (vgxness 1.x, written in TypeScript, used the same path)",
        hint="Pass another file with --db, or set VGXNESS_DB_PATH.",
    )


def create(path: Path) -> None:
    """Make an empty file for its user alone (0600) and the directories it needs (0700); idempotent."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _guard, contextlib.suppress(FileExistsError):  # another process was first
        make_private(path)


def make_private(path: Path) -> None:
    """Make an empty file of mode 0600, or raise `FileExistsError`."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def has_log(path: Path) -> bool:
    """Whether a write-ahead log stands beside the database."""
    return path.with_name(path.name + "-wal").exists()


def is_writable(path: Path) -> bool:
    """Whether SQLite could write the file and make its companions beside it."""
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK, effective_ids=effective) and os.access(
        path.parent, os.W_OK | os.X_OK, effective_ids=effective
    )
