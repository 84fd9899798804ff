"""Writes a file whole or not at all, and durably."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path


def stage(path: Path, content: bytes, mode: int) -> None:
    """Make a new file of exactly this content and mode, flushed to the disk; an older leftover is replaced.

    Raises:
        OSError: it can't be written; what was begun is removed.
    """
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            path.chmod(mode)
            os.fsync(stream.fileno())
    except BaseException:
        path.unlink()
        raise


def write_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file by exactly this content; a reader sees the old or the new, never a part.

    Raises:
        OSError: it can't be written; the old content stands.
    """
    staged = path.with_name(f".{path.name}.new")
    stage(staged, content, mode)
    try:
        move(staged, path)
    except OSError:
        staged.unlink()
        raise


def move(staged: Path, path: Path) -> None:
    """Put a staged file in a file's place, durably."""
    os.replace(staged, path)  # noqa: PTH105 -- the tests interrupt a process exactly here
    flush_directory(path.parent)


def flush_directory(directory: Path) -> None:
    """Make a rename in a directory durable, where the system has such a thing."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # some file systems can't flush a directory; the rename stands
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def standing(path: Path) -> tuple[bytes | None, int | None]:
    """Return a file's content and permission bits, or None for both where there is none."""
    try:
        return path.read_bytes(), stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None, None
