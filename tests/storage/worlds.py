"""Worlds around a database file: other processes, other users, small disks."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NOBODY = 65534

_PREAMBLE = """
import os, sys
from pathlib import Path
from vgxness.kernel.clock import SystemClock
from vgxness.storage.sqlite.engine import SqliteEngine
engine = SqliteEngine(sys.argv[1], SystemClock(), wait=60.0)
"""


def start(database: Path, script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a process that has an `engine` for the database and runs the script."""
    return subprocess.Popen(
        [sys.executable, "-c", _PREAMBLE + script, str(database), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a process that must succeed and return what it printed."""
    out, _ = process.communicate(timeout=100)
    assert process.returncode == 0, out
    return out


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@contextlib.contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that any user may enter, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder and its files unwritable for this process, even where root runs the tests."""
    everything = [folder, *folder.iterdir()]
    modes = [path.stat().st_mode for path in everything]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path, mode in zip(everything, modes, strict=True):
            path.chmod(mode)
