"""The installed Claude Code: where it is, whether it runs, and how it is asked."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from vgxness.plugin import Context, Detection
from vgxness_claude_code.document import read
from vgxness_claude_code.places import Places, places

_PACKAGE: Final = "@anthropic-ai/claude-code"
_VERSION: Final = re.compile(r"\d+\.\d+\.\d+\S*")
_NOWHERE: Final = "http://127.0.0.1:9"
"""Nothing listens there: what Claude Code would ask of a network is refused at once."""

_QUIET: Final = {
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    "DISABLE_AUTOUPDATER": "1",
    "ANTHROPIC_BASE_URL": _NOWHERE,
    "HTTP_PROXY": _NOWHERE,
    "HTTPS_PROXY": _NOWHERE,
    "NO_COLOR": "1",
}


def find(context: Context) -> Detection:
    """Return whether Claude Code is installed, without starting it."""
    known = places(context)
    program = program_path(context)
    session = running_session(known)
    evidence = [f"{program} is on PATH" if program else "no claude on PATH"]
    evidence += [f"{path} exists" for path in (known.config, known.document) if path.exists()]
    evidence += [f"{session.name} in {known.sessions}: a session runs now"] if session else []
    paths = {"config": known.config, "document": known.document, "base": known.base}
    paths |= {"program": program} if program else {}
    paths |= {"session": session} if session else {}
    version = _packaged_version(program) if program else ""
    return Detection(found=program is not None, version=version, evidence=tuple(evidence), paths=paths)


def program_path(context: Context) -> Path | None:
    """Return the program on the context's PATH, absolute, or None."""
    found = shutil.which("claude", path=context.environment("PATH") or "")
    return Path(found).absolute() if found else None


def running_session(known: Places) -> Path | None:
    """Return the file of a session whose process lives, or None; a number may have gone to another one."""
    try:
        files = sorted(known.sessions.glob("*.json"))
    except OSError:
        return None
    return next((file for file in files if file.stem.isdecimal() and _lives(int(file.stem))), None)


def _lives(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # a signal 0 would end it there; that its file stands must do
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _packaged_version(program: Path) -> str:
    """Return the version that the program was installed as, or "" where its place does not tell.

    npm leaves a package file above it; Claude Code's own installer names the program by its version.
    """
    real = Path(os.path.realpath(program))
    if real.parent.name == "versions" and _VERSION.fullmatch(real.name):
        return real.name
    for parent in list(real.parents)[:3]:
        package = read(parent / "package.json").value
        name, version = package.get("name"), package.get("version")
        if isinstance(name, str) and name.startswith(_PACKAGE) and isinstance(version, str):
            return version
    return ""


def run(
    program: Path, arguments: Sequence[str], home: Path, directory: Path, path: str, *, seconds: float
) -> str:
    """Return what Claude Code prints on stdout, in a home of its own.

    Raises:
        subprocess.TimeoutExpired: it took longer.
        subprocess.CalledProcessError: it failed.
        OSError: it could not be started.
    """
    with subprocess.Popen(
        [str(program), *arguments],
        cwd=directory,
        env=isolated(home, path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(timeout=seconds)
        finally:
            _end(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [program.name, *arguments], out, err)
    return out


def _end(process: subprocess.Popen[str]) -> None:
    """End a program and what it started: its servers outlive a kill of their parent."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of the group has ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def isolated(home: Path, path: str) -> Mapping[str, str]:
    """Return an environment in which nothing outside a home is read or written, and no key is known."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "LANG") if name in os.environ}
    return {
        **kept,
        **_QUIET,
        "PATH": path,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "TMPDIR": str(home),
        # The server under test inherits this: it must not open the user's memory.
        "VGXNESS_DB_PATH": str(home / "memory.sqlite"),
    }
