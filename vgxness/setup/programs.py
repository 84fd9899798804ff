"""The programs that clients are told to start: whether each is there, and which vgxness it is."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

from vgxness.contract.provider import ConfigScope
from vgxness.setup.servers import ListedServer
from vgxness.setup.service import SetupService

_SECONDS: Final = 5.0
_OUTPUT: Final = 200
_NAME: Final = "vgxness"
_PYTHON: Final = re.compile(r"(python|pypy)[0-9.]*(\.exe)?", re.IGNORECASE)
_DIST: Final = re.compile(r"vgxness-([0-9][^-]*)\.dist-info")


def own_commands(setup: SetupService) -> frozenset[tuple[str, ...]]:
    """Return the commands that setup wrote into clients' files and did not take back, here and for the user.

    A file's own word is not enough: a project that was cloned may name any program `vgxness`.
    """
    scopes: tuple[ConfigScope, ...] = ("user", "project")
    standing = (one for scope in scopes for one in setup.receipts(scope=scope) if setup.can_undo(one))
    entries = (entry for one in standing for file in one.files for entry in file.entries)
    return frozenset(found for one in entries if one.kind == "key" and (found := _command(one.value)))


def _command(value: object) -> tuple[str, ...]:
    if not isinstance(value, Mapping):
        return ()
    entry = cast("Mapping[str, object]", value)
    program = entry.get("command")
    words = [program, *_list(entry.get("args"))] if isinstance(program, str) else _list(program)
    texts = tuple(word for word in words if isinstance(word, str))
    return texts if texts and Path(texts[0]).is_absolute() else ()


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def fault_of(server: ListedServer, *, path: str, workspace: Path) -> str:
    """Return why a client could not start a server, or ""; what a client fills in itself is not judged."""
    program = server.command[0] if server.command else ""
    if not program or "$" in program or "{" in program or "\0" in program:
        return ""
    place = Path(program)
    if place.is_absolute():
        if not _exists(place):
            return f"{program} does not exist"
        return "" if os.access(place, os.X_OK) else f"{program} is not executable"
    if "/" in program or os.sep in program:
        return "" if _exists(workspace / place) else f"{program} does not exist below {workspace}"
    return "" if shutil.which(program, path=path) else f"{program} is not on PATH"


def vgxness_of(server: ListedServer, *, path: str) -> Path | None:
    """Return the program of a server that starts a vgxness installed in a place, else None."""
    if not server.command or "\0" in server.command[0]:
        return None
    program, *arguments = server.command
    name = Path(program).name
    starts_module = _PYTHON.fullmatch(name) is not None and arguments[:2] == ["-m", _NAME]
    if name not in (_NAME, f"{_NAME}.exe") and not starts_module:
        return None
    found = program if Path(program).is_absolute() else shutil.which(program, path=path)
    return Path(found) if found and _exists(Path(found)) else None


def is_this_one(program: Path) -> bool:
    """Whether a program belongs to the installation that runs now."""
    here = os.path.realpath(Path(sys.executable).parent)
    # A venv's python is a link that leads out of it; the launcher of an installed tool is one that leads in.
    return here in (os.path.realpath(program.parent), os.path.dirname(os.path.realpath(program)))  # noqa: PTH120 -- beside its twin


def version_beside(program: Path) -> str:
    """Return the version of the vgxness that a program belongs to, read from its installation; "" for none.

    Nothing is run: the program may be a stranger's.
    """
    for place in (program, Path(os.path.realpath(program))):
        root = place.parent.parent
        for packages in (*sorted(root.glob("lib/python3*/site-packages")), root / "Lib" / "site-packages"):
            for found in sorted(packages.glob("vgxness-*.dist-info")):
                if match := _DIST.fullmatch(found.name):
                    return match[1]
    return ""


def version_said(program: Path) -> str:
    """Return the version that a vgxness of ours prints, in at most 5 s; "" where it prints none.

    A program of another name is never run.
    """
    if program.stem != _NAME:
        return ""
    try:
        process = subprocess.Popen(
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
        )
    except OSError:
        return ""
    with process:
        try:
            out, _ = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            out = b""
        finally:
            _end(process)
    said = re.search(r"\d+\.\d+[^\s,]*", out[:_OUTPUT].decode("utf-8", "replace"))
    return said[0] if said else ""


def is_older(version: str, than: str) -> bool:
    """Whether a version's leading numbers are lower than another's."""
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of the group has ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def _exists(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # a name too long for the file system, say
        return False
