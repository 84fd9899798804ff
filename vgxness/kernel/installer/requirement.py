"""What may be installed: a distribution by name and version, or a path; never an option, never an address."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vgxness.errors import VgxnessError

_NAME: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_EXTRAS: Final = rf"\[\s*{_NAME}(?:\s*,\s*{_NAME})*\s*\]"
_CLAUSE: Final = r"(?:===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9.*+!_-]+"
_REQUIREMENT: Final = re.compile(rf"({_NAME})\s*({_EXTRAS})?\s*({_CLAUSE}(?:\s*,\s*{_CLAUSE})*)?")
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One argument for an installer.

    Attributes:
        text: as it is handed over: a requirement, or an absolute path.
        path: where it lies, for a path.
        name: normalised; "" for a source tree whose name only building it would tell.
    """

    text: str
    path: Path | None = None
    name: str = ""


def parse_requirement(said: str, directory: Path) -> Requirement:
    """Return what a user asked to install; a path is told by a separator or a leading dot, and must exist.

    Raises:
        VgxnessError: `usage` for an option, an address, or what is neither a requirement nor a path.
    """
    if said.startswith("-"):
        raise _refused(said, "It begins with a hyphen, so an installer would take it for an option.")
    if "://" in said or "@" in said:
        raise _refused(said, "It is an address, and what it leads to may change between two installations.")
    if not said.isprintable() or not said.strip() or len(said) > _LONGEST:
        raise _refused(said, "It is empty, too long, or has control characters in it.")
    if _is_path(said):
        path = _existing(said, directory)
        return Requirement(text=str(path), path=path, name=_named_by(path))
    found = _REQUIREMENT.fullmatch(said)
    if found is None:
        raise _refused(said, "It is neither the name of a distribution, with a version or not, nor a path.")
    return Requirement(text=re.sub(r"\s+", "", said), name=_normalised(found[1]))


def distribution_of(said: str) -> str:
    """Return the normalised name of a distribution to remove; raises `usage` for anything but a name."""
    if not re.fullmatch(_NAME, said) or len(said) > _LONGEST:
        raise _refused(said, "It is not the name of a distribution.")
    return _normalised(said)


def _is_path(said: str) -> bool:
    return said.startswith(".") or "/" in said or "\\" in said or said.endswith((".whl", ".tar.gz"))


def _existing(said: str, directory: Path) -> Path:
    path = (directory / Path(said).expanduser()).resolve()
    if path.is_dir() and not ((path / "pyproject.toml").is_file() or (path / "setup.py").is_file()):
        raise _refused(said, "The directory holds no Python project.")
    if not path.exists():
        raise _refused(said, "There is nothing at this path.")
    return path


def _named_by(path: Path) -> str:
    """Return the distribution's name as a wheel's or an archive's file name says it, or a pyproject.toml."""
    if path.is_file():
        stem = path.name.removesuffix(".tar.gz")
        return _normalised(stem.partition("-")[0] if path.suffix == ".whl" else stem.rpartition("-")[0])
    try:
        project = tomllib.loads((path / "pyproject.toml").read_text("utf-8"))["project"]
        return _normalised(project["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _refused(said: str, why: str) -> VgxnessError:
    shown = "".join(c if c.isprintable() else "?" for c in said[:80])
    return VgxnessError(
        "usage",
        f"{shown!r} can't be installed or removed from here.",
        cause=why,
        hint="vgxness plugins install NAME, NAME==VERSION or ./PATH",
    )
