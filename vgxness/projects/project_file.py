"""`.vgxness/project.toml`: the identity that a user may keep in the project itself."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Final

from vgxness.errors import VgxnessError
from vgxness.projects.files import read_small

_MOST_BYTES: Final = 64 * 1024
_ID: Final = re.compile(r"prj_[0-9a-hjkmnp-tv-z]{26}")
_TEXT: Final = """\
# The vgxness project that this directory belongs to. Where this file goes, the project's memory follows.
id = "{id}"
"""


def is_project_id(text: str) -> bool:
    """Return whether a text has the form of a project's id."""
    return _ID.fullmatch(text) is not None


def place_in(folder: Path) -> Path:
    """Return where the file of a directory stands, or would."""
    return folder / ".vgxness" / "project.toml"


def read_id(folder: Path) -> str | None:
    """Return the id in a directory's project file, or None where there is no file.

    Raises:
        VgxnessError: `project_file_invalid`; a guess would put the user's memory somewhere else.
    """
    path = place_in(folder)
    try:
        text = read_small(path, limit=_MOST_BYTES)
    except OSError as error:
        raise _invalid(path, f"It can't be read: {error.strerror or error}.") from error
    if text is None:
        return None
    import tomllib  # few workspaces have the file, and each command pays for what is imported above

    try:
        value = tomllib.loads(text).get("id")
    except (ValueError, RecursionError) as error:
        raise _invalid(path, "It is not valid TOML.") from error
    if not isinstance(value, str) or not is_project_id(value):
        raise _invalid(path, "Its `id` is missing or has not the form of a project's id.")
    return value


def write_id(folder: Path, project_id: str) -> bool:
    """Write a directory's project file, whole or not at all; return False where it names the id already.

    Raises:
        VgxnessError: `project_conflict` where the file names another project, `project_file_invalid`,
            `unsafe_path` where `.vgxness` is a symbolic link, or `write_failed`.
    """
    path = place_in(folder)
    present = read_id(folder)
    if present == project_id:
        return False
    if present is not None:
        raise VgxnessError(
            "project_conflict",
            f"{path} names another project, {present}.",
            hint="Remove the file, or merge the two projects: vgxness project merge",
        )
    if path.parent.is_symlink():
        raise VgxnessError("unsafe_path", f"{path.parent} is a symbolic link; nothing was written.")
    try:
        path.parent.mkdir(exist_ok=True)
        _replace(path, _TEXT.format(id=project_id))
    except OSError as error:
        raise VgxnessError(
            "write_failed", f"{path} could not be written.", cause=error.strerror or str(error)
        ) from error
    return True


def _replace(path: Path, text: str) -> None:
    import tempfile  # imports a tenth of the library, for one write in a project's life

    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".project-", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError:
        with contextlib.suppress(FileNotFoundError):  # the rename may have been what came through
            Path(temporary).unlink()
        raise


def _invalid(path: Path, cause: str) -> VgxnessError:
    return VgxnessError(
        "project_file_invalid",
        f"{path} does not name a project.",
        cause=cause,
        hint="Repair or remove the file, or name the project with --project.",
    )
