"""Claude Code in a terminal of its own, as a person sits before it: tmux holds the screen."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Self

WAIT: Final = 60.0
_STEP: Final = 0.1


class Terminal:
    """A running program; what was started with it ends with it."""

    def __init__(
        self, tmux: str, socket: Path, words: tuple[str, ...], env: Mapping[str, str], cwd: Path
    ) -> None:
        self._tmux = (tmux, "-S", str(socket), "-f", os.devnull)
        self._words, self._env, self._cwd = words, dict(env) | {"TERM": "xterm-256color"}, cwd
        self._pids: list[int] = []

    def __enter__(self) -> Self:
        line = " ".join(["exec", "env", "-i", *(shlex.quote(f"{k}={v}") for k, v in self._env.items())])
        line += " " + shlex.join(self._words)
        self._tell("new-session", "-d", "-x", "160", "-y", "50", "-c", str(self._cwd), line)
        self._pids = [int(self._tell("display-message", "-p", "#{pane_pid}"))]
        self._pids.append(int(self._tell("display-message", "-p", "#{pid}")))
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):  # the program has ended, and tmux with it
            self._tell("kill-server")
        for pid in self._pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)

    @property
    def pid(self) -> int:
        """The program's number."""
        return self._pids[0]

    @property
    def screen(self) -> str:
        """What stands on it now."""
        return self._tell("capture-pane", "-p")

    def type(self, text: str) -> None:
        """Type a line and send it, in two strokes: a paste that ends in a line break would not be sent."""
        self._tell("send-keys", "-l", text)
        self.wait_for(lambda: text in self.screen, f"{text!r} to stand on the screen")
        self._tell("send-keys", "Enter")

    def wait_for(self, happened: Callable[[], bool], what: str) -> None:
        """Wait until something is so; past a minute it fails the test and shows the screen."""
        deadline = time.monotonic() + WAIT
        while not happened():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for {what}; the screen:\n{self.screen}")
            time.sleep(_STEP)

    def _tell(self, *words: str) -> str:
        done = subprocess.run(
            [*self._tmux, *words], capture_output=True, text=True, timeout=30, check=True, env=self._env
        )
        return done.stdout.rstrip("\n")
