"""The real OpenCode, as a test drives it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.home import Home
from tests.e2e.process import Finished, run


@dataclass(frozen=True, slots=True)
class OpenCode:
    """The pinned program in one isolated home."""

    binary: Path
    home: Home

    def ask(self, prompt: str) -> Finished:
        """Run one prompt to its end in a new process; a failed run fails the test.

        A given title spares the model the request that would make one up.
        """
        return self._told("run", "--title", "A test", "--format", "json", prompt)

    def command(self, name: str, argument: str) -> Finished:
        """Run one slash command to its end in a new process, as `ask` does a prompt."""
        return self._told("run", "--title", "A test", "--format", "json", "--command", name, argument)

    def resolved(self) -> dict[str, Any]:
        """Return the configuration as OpenCode itself resolved it."""
        return self._told("debug", "config").json()

    def _told(self, *arguments: str) -> Finished:
        done = run(str(self.binary), *arguments, env=self.home.env, cwd=self.home.project)
        assert done.code == 0, done.said()
        return done


def tool_calls(done: Finished) -> list[dict[str, Any]]:
    """Return the state of each tool call of a run: status, input, output or error."""
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return [event["part"]["state"] for event in events if event["type"] == "tool_use"]
