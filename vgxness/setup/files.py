"""Looks at the file a target names, and refuses what can't be edited safely."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from vgxness.errors import VgxnessError
from vgxness.setup.models import Snapshot

MAX_BYTES: Final = 32 * 1024 * 1024


def look(path: Path, roots: Sequence[Path]) -> Snapshot:
    """Return a file as it stands, symbolic links followed; writes nothing.

    Raises:
        VgxnessError: `config_blocked`: a link that dangles or leaves the roots, something that is not a
            regular file, over 32 MiB, or not readable.
    """
    real = _inside(path, roots)
    try:
        status = real.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Snapshot(path=path, real=real, content=None, mode=None, missing=_missing_directories(real))
    except OSError as problem:
        raise blocked(path, f"It can't be looked at: {problem.strerror}.") from problem
    _require_regular(path, status)
    try:
        content = real.read_bytes()
    except OSError as problem:
        raise blocked(path, f"It can't be read: {problem.strerror}.") from problem
    mode = stat.S_IMODE(status.st_mode)
    return Snapshot(path=path, real=real, content=content, mode=mode, links=status.st_nlink)


def _inside(path: Path, roots: Sequence[Path]) -> Path:
    for part in (path, *path.parents):
        if part.is_symlink() and not part.exists():
            hint = f"Make {_target_of(part)}, or remove the link."
            raise blocked(path, f"{part} is a symbolic link to something that does not exist.", hint)
    real = Path(os.path.realpath(path))
    if not any(real.is_relative_to(os.path.realpath(root)) for root in roots):
        inside = " or ".join(str(root) for root in roots)
        hint = f"Edit {real} by hand, or put a file in the link's place."
        raise blocked(path, f"It leads by a symbolic link to {real}, which is not in {inside}.", hint)
    return real


def _target_of(link: Path) -> str:
    return str(link.readlink())


def _missing_directories(real: Path) -> tuple[Path, ...]:
    missing: list[Path] = []
    for parent in real.parents:
        if parent.exists():
            if not parent.is_dir():
                raise blocked(real, f"{parent} is not a directory.")
            break
        missing.insert(0, parent)
    return tuple(missing)


def _require_regular(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise blocked(path, "It is a directory.", f"Move it away: mv {path} {path}.away")
    if not stat.S_ISREG(status.st_mode):
        raise blocked(path, "It is not a regular file.")
    if status.st_size > MAX_BYTES:
        raise blocked(path, f"It has {status.st_size} bytes; at most {MAX_BYTES} are edited.")


def require_writable(file: Snapshot) -> None:
    """Refuse a read-only file, or one in a read-only directory.

    The owner's permission bit counts as well as what the system allows: root may write anywhere, and
    should not where the user said no.

    Raises:
        VgxnessError: `config_blocked`.
    """
    if file.mode is not None and not file.mode & stat.S_IWUSR:
        raise blocked(file.path, "It is read-only.", f"chmod u+w {file.path}")
    directory = (file.missing[0] if file.missing else file.real).parent
    if not directory.stat().st_mode & stat.S_IWUSR or not os.access(directory, os.W_OK | os.X_OK):
        raise blocked(file.path, f"The directory {directory} is read-only.", f"chmod u+w {directory}")


def blocked(path: Path, cause: str, hint: str = "") -> VgxnessError:
    """Return the error for a file that is not to be touched."""
    return VgxnessError(
        "config_blocked",
        f"{path} can't be edited; it was left untouched.",
        cause=cause,
        hint=hint or "Mend that, then run the command again.",
    )
