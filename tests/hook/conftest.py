"""The real command, as a client runs it: a process of its own, an event on stdin."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SESSION = "1f0c2a34-58de-4c11-9c0e-6a7b8c9d0e1f"


@dataclass(frozen=True)
class Client:
    """A client that tells of events in one project."""

    workspace: Path
    environ: Mapping[str, str]

    def tells(
        self,
        *words: str,
        payload: bytes | None = None,
        environ: Mapping[str, str] | None = None,
        **more: object,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the command to its end; `more` is what the payload holds beside the usual."""
        told = {"session_id": SESSION, "cwd": str(self.workspace), **more}
        return subprocess.run(
            [sys.executable, "-m", "vgxness", "hook", *words],
            input=json.dumps(told).encode() if payload is None else payload,
            env={**self.environ, **(environ or {})},
            cwd=self.workspace,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def context(self, **more: Any) -> str:
        """Return what a starting session is told; "" for nothing."""
        done = self.tells("session-start", **more)
        assert (done.returncode, done.stderr) == (0, b"")
        if not done.stdout:
            return ""
        told = json.loads(done.stdout)
        assert told.keys() == {"hookSpecificOutput"}
        assert told["hookSpecificOutput"]["hookEventName"] == "SessionStart"
        return told["hookSpecificOutput"]["additionalContext"]


@pytest.fixture
def client(home: Path, workspace: Path) -> Client:
    return Client(workspace, {**os.environ, "CLAUDE_PROJECT_DIR": str(workspace)})


Transcript = Callable[..., Path]


@pytest.fixture
def transcript(tmp_path: Path) -> Transcript:
    """Write a transcript of such entries; a text is taken as a line."""

    def write(*entries: object) -> Path:
        path = tmp_path / "transcript.jsonl"
        lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
        path.write_text("\n".join([*lines, ""]), "utf-8", "surrogatepass")
        return path

    return write


def prompt(text: str, **more: object) -> dict[str, object]:
    """Return what Claude Code writes when a user said something."""
    return {"type": "user", "message": {"role": "user", "content": text}, **more}


def answer(text: str = "", tool: str = "", **given: object) -> dict[str, object]:
    """Return what Claude Code writes when the agent said something, or called a tool."""
    blocks: list[dict[str, object]] = [{"type": "text", "text": text}] if text else []
    blocks += [{"type": "tool_use", "id": "t", "name": tool, "input": given}] if tool else []
    return {"type": "assistant", "message": {"role": "assistant", "content": blocks}}
