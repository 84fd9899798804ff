"""Which command starts this very installation's MCP server, for a client that will run it next year."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from vgxness.contract.provider import ServerCommand
from vgxness.errors import VgxnessError

_CACHES: Final = (
    ("archive-v0",),
    ("environments-v2",),
    ("builds-v0",),
    ("pipx", ".cache"),
    (".cache", "pipx"),
    ("pipx", "Cache"),
)
_SERVE: Final = ("mcp", "serve")


def find_server(home: Path, environment: Mapping[str, str] | None = None) -> ServerCommand:
    """Return the absolute command of the installed vgxness, refusing one that will be gone soon.

    Ephemeral is what lies in a cache of uv or pipx, or in the system's directory for temporary files
    while the home does not: where the home is temporary too, all of it comes and goes together.

    Raises:
        VgxnessError: `server_ephemeral`.
    """
    command = _program()
    if is_ephemeral(Path(command[0]), home):
        raise VgxnessError(
            "server_ephemeral",
            "This vgxness runs from a place that will be removed, so no client can be told to start it.",
            cause=f"{command[0]} lies in a cache or a temporary directory.",
            hint="Install it to stay (uv tool install vgxness, or pipx) and run setup from there.",
        )
    return ServerCommand(command=(*command, *_SERVE), environment=dict(environment or {}))


def hook_of(server: ServerCommand) -> ServerCommand:
    """Return the command for a client's events that belongs to a server's; the event's name is appended."""
    words = server.command
    program = words[: -len(_SERVE)] if words[-len(_SERVE) :] == _SERVE else words[:1]
    return ServerCommand(command=(*program, "hook"), environment=server.environment)


def _program() -> tuple[str, ...]:
    name = "vgxness.exe" if sys.platform == "win32" else "vgxness"
    called = Path(sys.argv[0])
    if called.name == name and called.is_absolute() and os.access(called, os.X_OK):
        return (str(called),)
    # Symbolic links are not followed: a venv's python is often a link to the system's.
    beside = Path(os.path.abspath(sys.executable)).parent / name  # noqa: PTH100
    if beside.is_file():
        return (str(beside),)
    found = shutil.which(name)
    if found and Path(found).is_absolute():
        return (found,)
    return (os.path.abspath(sys.executable), "-m", "vgxness")  # noqa: PTH100 -- resolve() would leave the venv


def is_ephemeral(program: Path, home: Path) -> bool:
    """Tell whether a program lies where the system or a package runner will clean up."""
    places = {program, Path(os.path.realpath(program))}
    if any(_holds(place.parts, cache) for place in places for cache in _CACHES):
        return True
    own = (home, Path(os.path.realpath(home)))
    for root in _temporary_roots():
        home_is_temporary = any(place.is_relative_to(root) for place in own)
        if not home_is_temporary and any(place.is_relative_to(root) for place in places):
            return True
    return False


def _temporary_roots() -> set[Path]:
    roots = {Path(tempfile.gettempdir())}
    if sys.platform != "win32":
        roots |= {Path("/tmp"), Path("/var/tmp")}  # noqa: S108 -- compared with, not written to
    return roots | {Path(os.path.realpath(root)) for root in roots}


def _holds(parts: tuple[str, ...], run: tuple[str, ...]) -> bool:
    return any(parts[i : i + len(run)] == run for i in range(len(parts)))
