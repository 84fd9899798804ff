"""Runs a program to its end, and leaves none of its children behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a program ended and what it said."""

    command: tuple[str, ...]
    code: int
    stdout: str
    stderr: str

    def json(self) -> Any:
        """Return stdout as the one JSON document it must be."""
        assert self.code in {0, 1, 3, 4}, self.said()
        return json.loads(self.stdout)

    def said(self) -> str:
        """Return the whole story, for a failing test to show."""
        told = f"{' '.join(self.command)}\nexit {self.code}"
        return f"{told}\n--- stdout\n{self.stdout}\n--- stderr\n{self.stderr}"


def run(*command: str, env: Mapping[str, str], cwd: Path, seconds: float = 120) -> Finished:
    """Run `command` with an empty stdin; past `seconds` it fails the test.

    The program gets a process group of its own, which is ended with it: a client that is stopped must
    not leave its MCP servers running.
    """
    process = subprocess.Popen(
        command,
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            stdout, stderr = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end_group(process.pid)
            stdout, stderr = process.communicate()
            told = Finished(command=command, code=-9, stdout=stdout, stderr=stderr).said()
            raise AssertionError(f"no end after {seconds} s: {told}") from None
        finally:
            _end_group(process.pid)
    return Finished(command=command, code=process.returncode, stdout=stdout, stderr=stderr)


def _end_group(pid: int) -> None:
    # The usual case: the whole group has ended by itself.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
