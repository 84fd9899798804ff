"""The real Gemini CLI, as a test drives it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.e2e.home import CLOSED_PORT, Home
from tests.e2e.process import Finished, run

GEMINI_OWNS: Final = (
    ".gemini/projects.json",  # the directories it was started in
    ".gemini/history",
    ".gemini/tmp",
)
"""What the client writes for itself in a home, whoever configured it."""


@dataclass(frozen=True, slots=True)
class GeminiCli:
    """The pinned program in one isolated home that trusts its project."""

    binary: Path
    home: Home

    def servers(self, *, is_trusted: bool = True) -> dict[str, str]:
        """Return the state of each server, as `gemini mcp list` says it."""
        env = {**self.home.env, "HTTPS_PROXY": CLOSED_PORT, "HTTP_PROXY": CLOSED_PORT}
        if is_trusted:
            env["GEMINI_CLI_TRUST_WORKSPACE"] = "true"
        done = run(str(self.binary), "mcp", "list", env=env, cwd=self.home.project)
        assert done.code == 0, done.said()
        return _states(done)


def _states(done: Finished) -> dict[str, str]:
    rows = [line for line in (done.stdout + done.stderr).splitlines() if " - " in line and ": " in line]
    return {row.split()[1].rstrip(":"): row.rsplit(" - ", 1)[1].strip() for row in rows}
