"""One writing setup command at a time; the system drops the lock of a process that dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator
from pathlib import Path

from vgxness.errors import VgxnessError
from vgxness.kernel.paths import make_private

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def exclusive(path: Path) -> Generator[None]:
    """Hold the lock while the block runs; the file itself stays.

    Raises:
        VgxnessError: `setup_busy` where another process holds it, `write_failed` where it can't be made.
    """
    try:
        make_private(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as problem:
        raise VgxnessError(
            "write_failed",
            "The state directory can't be written, so nothing was changed.",
            cause=f"{path.parent}: {problem.strerror}.",
            hint="Make it writable, or set XDG_STATE_HOME to a directory that is.",
        ) from problem
    try:
        _take_or_refuse(descriptor)
        yield
    finally:
        os.close(descriptor)


def _take_or_refuse(descriptor: int) -> None:
    try:
        _take(descriptor)
    except OSError as problem:
        raise VgxnessError(
            "setup_busy",
            "Another setup command is running; nothing was changed.",
            hint="Wait for it to end, then run this command again.",
        ) from problem
