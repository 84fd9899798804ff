"""The installed OpenCode: where it is, how it is run, and where it keeps its configuration."""

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

_VERSION: Final = re.compile(r"\d+\.\d+\.\d+\S*")
_QUIET: Final = {
    "OPENCODE_DISABLE_MODELS_FETCH": "1",
    "OPENCODE_DISABLE_AUTOUPDATE": "1",
    "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
    "OPENCODE_DISABLE_DEFAULT_PLUGINS": "1",
    "OPENCODE_DISABLE_SHARE": "1",
    "NO_COLOR": "1",
}


def find(context: Context) -> Detection:
    """Return whether OpenCode is installed, without starting it: it writes into its home on any start."""
    config = config_directory(context)
    program = program_path(context)
    evidence = [f"{program} is on PATH" if program else "no opencode on PATH"]
    if config.is_dir():
        evidence.append(f"{config} exists")
    version = _packaged_version(program) if program else ""
    paths = {"config": config, "base": _xdg(context) or context.paths.home}
    if program:
        paths["program"] = program
    return Detection(found=program is not None, version=version, evidence=tuple(evidence), paths=paths)


def config_directory(context: Context) -> Path:
    """Return OpenCode's global directory: below XDG_CONFIG_HOME on every platform."""
    return (_xdg(context) or context.paths.home / ".config") / "opencode"


def _xdg(context: Context) -> Path | None:
    base = context.environment("XDG_CONFIG_HOME")
    return Path(base) if base and Path(base).is_absolute() else None


def program_path(context: Context) -> Path | None:
    """Return the program on the context's PATH, absolute, or None."""
    found = shutil.which("opencode", path=context.environment("PATH") or "")
    return Path(found).absolute() if found else None


def _packaged_version(program: Path) -> str:
    """Return the version in the package that the program was installed from, or "" where there is none."""
    for parent in list(Path(os.path.realpath(program)).parents)[:3]:
        try:
            text = (parent / "package.json").read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if '"opencode' in text:
            found = re.search(r'"version"\s*:\s*"([^"]+)"', text)
            return found.group(1) if found else ""
    return ""


def run(
    program: Path,
    arguments: Sequence[str],
    home: Path,
    directory: Path,
    path: str,
    *,
    seconds: float,
    extra: Mapping[str, str],
) -> str:
    """Return what OpenCode prints on stdout, in a home of its own.

    Raises:
        subprocess.TimeoutExpired: it took longer.
        subprocess.CalledProcessError: it failed; its stderr may echo the configuration, so don't show it.
        OSError: it could not be started.
    """
    with subprocess.Popen(
        [str(program), *arguments],
        cwd=directory,
        env={**isolated(home, path), **extra},
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
    """End a program and what it started: OpenCode's launcher and servers outlive a kill of their parent."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of the group has ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def isolated(home: Path, path: str) -> Mapping[str, str]:
    """Return an environment in which nothing outside a home is read or written."""
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
        # Nothing listens there: OpenCode would fetch its plugin package into the throw-away home.
        "npm_config_registry": "http://127.0.0.1:9/",
        # The server under test inherits this: it must not open the user's memory.
        "VGXNESS_DB_PATH": str(home / "memory.sqlite"),
    }
