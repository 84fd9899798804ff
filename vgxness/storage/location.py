"""Where the database is: the flag, the environment, a per-user default; never the working directory."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final, Literal

from vgxness.errors import VgxnessError

Source = Literal["flag", "environment", "global-default"]

VARIABLE: Final = "VGXNESS_DB_PATH"
_FILE: Final = ("vgxness", "memory.sqlite")
# Two characters at least, so that a Windows drive ("C:") is never a scheme.
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One database, and who named it.

    Attributes:
        path: what stands after the scheme; for sqlite the path of a file, as it was given.
        source: which rule decided.
        scheme: which storage backend serves it.
    """

    path: str
    source: Source
    scheme: str = "sqlite"

    @property
    def rest(self) -> str:
        """What the storage backend is handed."""
        return self.path


def resolve(flag: str | None, environ: Mapping[str, str], platform: str = sys.platform) -> Location:
    """Return the location by precedence: the flag, `VGXNESS_DB_PATH`, the per-user default.

    Raises:
        VgxnessError: `usage` for an empty flag; `store_unavailable` where no rule gives a location.
    """
    if flag is not None:
        if not flag:
            raise VgxnessError("usage", "--db is empty", hint="Name a file: --db PATH.")
        return _location(flag, "flag")
    if named := environ.get(VARIABLE):
        return _location(named, "environment")
    default = _default(environ, platform)
    if default is None:
        raise VgxnessError(
            "store_unavailable",
            "No location for the database is known.",
            cause=f"{_wanted(platform)} and neither --db nor {VARIABLE} is given",
            hint=f"Pass --db PATH, or set {VARIABLE}.",
        )
    return Location(path=default, source="global-default")


def _location(text: str, source: Source) -> Location:
    match = _SCHEME.fullmatch(text)
    if match is None:
        return Location(path=text, source=source)
    scheme, rest = match.groups()
    if scheme == "sqlite" and rest.startswith("///"):
        rest = rest[2:]
    return Location(path=rest, source=source, scheme=scheme)


def _default(environ: Mapping[str, str], platform: str) -> str | None:
    if platform == "win32":
        return _windows(environ)
    home = _absolute(environ.get("HOME"))
    if platform == "darwin":
        return str(home.joinpath("Library", "Application Support", *_FILE)) if home else None
    base = _absolute(environ.get("XDG_DATA_HOME")) or (home / ".local" / "share" if home else None)
    return str(base.joinpath(*_FILE)) if base else None


def _windows(environ: Mapping[str, str]) -> str | None:
    for name in ("LOCALAPPDATA", "APPDATA"):
        base = PureWindowsPath(environ.get(name, ""))
        if base.is_absolute():
            return str(base.joinpath(*_FILE))
    return None


def _absolute(text: str | None) -> PurePosixPath | None:
    # The XDG specification says that a relative path is to be ignored; a relative HOME would mean the
    # working directory, which is never a place for the database.
    path = PurePosixPath(text or "")
    return path if path.is_absolute() else None


def _wanted(platform: str) -> str:
    if platform == "win32":
        return "neither LOCALAPPDATA nor APPDATA is set"
    return "HOME is not set"
