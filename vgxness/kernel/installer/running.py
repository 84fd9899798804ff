"""Runs an installer, and asks a new process what it came to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from vgxness.errors import VgxnessError

_INSTALL_SECONDS: Final = 900
_LIST_SECONDS: Final = 60


def run(command: Sequence[str]) -> None:
    """Run an installer; what it says goes to standard error, because standard output is for the answer.

    Raises:
        VgxnessError: `install_failed`.
    """
    sys.stderr.flush()
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=2, stderr=2, timeout=_INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(command, f"{type(error).__name__}: {error}") from error
    if done.returncode:
        raise _failed(command, f"It ended with exit code {done.returncode}.")


def ask_again() -> tuple[Mapping[str, Any], ...]:
    """Return the rows of `plugins list` as a new process sees them; this one is older than the change."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "vgxness", "plugins", "list", "--json"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_LIST_SECONDS,
        check=False,
    )
    try:
        return tuple(json.loads(done.stdout)["data"])
    except (ValueError, KeyError) as error:
        raise _failed(["vgxness", "plugins", "list"], "It gave no answer.") from error


def _failed(command: Sequence[str], cause: str) -> VgxnessError:
    return VgxnessError(
        "install_failed",
        f"{Path(command[0]).name} did not do its work.",
        cause=cause,
        hint="What it said stands above; mend that, then run the command again.",
    )
