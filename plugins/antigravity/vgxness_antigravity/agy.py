"""Runs `agy` in a home of its own, in bounded time."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SECONDS: Final = 30.0

_VERSION: Final = re.compile(r"\d+\.\d+\.\d+\S*")
_COMMIT: Final = re.compile(r"(?m)^[0-9a-f]{40}$")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command of `agy` ended; what it said may echo configuration, so it is looked at and not shown."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Agy:
    """The program and the throw-away home that it is run in."""

    program: Path
    home: Path
    path: str

    def version(self) -> str:
        """Return its version, or "" where the program is not the CLI.

        In 1.x `agy` was an alias of the IDE. An editor of that family answers with its commit on a line
        of its own; asked for anything else, it would open a window.
        """
        answer = self.ask("--version")
        found = _VERSION.search(answer.text)
        return found.group() if found and not answer.code and not _COMMIT.search(answer.text) else ""

    def ask(self, *arguments: str) -> Answer:
        """Run one command.

        Raises:
            subprocess.TimeoutExpired: it took longer than `SECONDS`.
            OSError: it could not be started.
        """
        with subprocess.Popen(
            [str(self.program), *arguments],
            cwd=self.home,
            env=_isolated(self.home, self.path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process:
            try:
                text, _ = process.communicate(timeout=SECONDS)
            finally:
                _end(process)
        return Answer(process.returncode, text)


def _end(process: subprocess.Popen[str]) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of the group has ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def _isolated(home: Path, path: str) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "LANG") if name in os.environ}
    return {
        **kept,
        "PATH": path,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home / "AppData" / "Local"),
        "APPDATA": str(home / "AppData" / "Roaming"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "TMPDIR": str(home),
        "NO_COLOR": "1",
        # Nothing listens there: asking about files needs no network.
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        # Were the server started, it must not open the user's memory.
        "VGXNESS_DB_PATH": str(home / "memory.sqlite"),
    }
