"""Fills the templates in, and writes them where nothing stands yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final, Literal, TypeAlias, get_args

from vgxness import __version__
from vgxness.errors import VgxnessError
from vgxness.kernel.hookspecs import API_VERSION

Kind: TypeAlias = Literal["provider", "tool", "command", "check"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST: Final = 40
_PREFIX: Final = "vgxness-"
_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffold:
    """A package that is not written yet.

    Attributes:
        name: the plugin's.
        distribution: what pip installs.
        directory: absolute; where the package is to stand.
        files: contents by path below the directory, "/" between its parts.
    """

    name: str
    kind: Kind
    distribution: str
    directory: Path
    files: Mapping[str, str]


def draft(name: str, kind: Kind, parent: Path) -> Scaffold:
    """Return the package of a new plugin, in a directory of the distribution's name; writes nothing.

    Raises:
        VgxnessError: `usage` for a name that a package can't have.
    """
    short = name.removeprefix(_PREFIX)
    if not _NAME.fullmatch(short) or len(short) > _LONGEST:
        raise VgxnessError(
            "usage",
            f"{name[:80]!r} can't be the name of a plugin.",
            cause=f"It takes a letter, then letters, digits and single hyphens, at most {_LONGEST} in all.",
            hint="vgxness plugins new my-client",
        )
    words = _words(short)
    files = {
        path.replace("package/", f"{words['package']}/"): Template(text).substitute(words)
        for folder in ("common", kind)
        for path, text in _templates(_TEMPLATES / folder)
    }
    distribution = f"{_PREFIX}{short}"
    return Scaffold(
        name=short, kind=kind, distribution=distribution, directory=parent / distribution, files=files
    )


def write(scaffold: Scaffold) -> tuple[Path, ...]:
    """Write the package and return its files; nothing that stands already is touched.

    Raises:
        VgxnessError: `usage` where something stands in its place, `write_failed`.
    """
    try:
        scaffold.directory.mkdir(parents=True)
    except FileExistsError as error:
        raise VgxnessError(
            "usage",
            f"{scaffold.directory} exists already; nothing was written.",
            hint="Give another name, or --directory DIR.",
        ) from error
    except OSError as error:
        raise _unwritable(scaffold.directory, error) from error
    written: list[Path] = []
    for name, text in sorted(scaffold.files.items()):
        path = scaffold.directory / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise _unwritable(path, error) from error
        written.append(path)
    return tuple(written)


def _words(short: str) -> Mapping[str, str]:
    parts = short.split("-")
    major, minor, *_ = __version__.split(".")
    return {
        "name": short,
        "snake": "_".join(parts),
        "class_name": "".join(part.capitalize() for part in parts),
        "title": " ".join(part.capitalize() for part in parts),
        "distribution": f"{_PREFIX}{short}",
        "package": f"vgxness_{'_'.join(parts)}",
        "api": str(API_VERSION),
        "floor": f"{major}.{minor}",
    }


def _templates(folder: Path) -> list[tuple[str, str]]:
    # Each ends in .txt, so that no tool takes a template for the program that it will become.
    return [
        (path.relative_to(folder).as_posix().removesuffix(".txt"), path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.txt"))
    ]


def _unwritable(path: Path, error: OSError) -> VgxnessError:
    return VgxnessError("write_failed", f"{path} could not be written.", cause=str(error.strerror))
