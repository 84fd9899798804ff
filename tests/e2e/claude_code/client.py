"""The real Claude Code, as a test drives it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.e2e.home import Home
from tests.e2e.process import Finished, run
from tests.e2e.scripted_anthropic import ScriptedAnthropic

DOCUMENT: Final = ".claude.json"
SETTINGS: Final = ".claude/settings.json"
MEMORY: Final = ".claude/CLAUDE.md"
TOOL: Final = "mcp__vgxness__vgxness_"

CLAUDE_OWNS: Final = (
    ".cache",  # logs of MCP servers
    DOCUMENT,  # rewritten by it: what is ours there is looked at key by key
    f"{DOCUMENT}.lock",
    ".claude/backups",
    ".claude/history.jsonl",
    ".claude/plans",
    ".claude/plugins",
    ".claude/projects",
    ".claude/session-env",
    ".claude/sessions",
    ".claude/shell-snapshots",
    ".claude/tasks",
    ".claude/telemetry",
    ".claude/todos",
    ".config/git",  # newer versions tell git to ignore settings.local.json
)
"""What the client writes for itself in a home, whoever configured it; a leading part of a path."""


@dataclass(frozen=True, slots=True)
class ClaudeCode:
    """The pinned program in one isolated home, with a scripted model and no way out of this machine."""

    binary: Path
    home: Home
    model: ScriptedAnthropic

    @property
    def env(self) -> dict[str, str]:
        """Its environment: the model's address, no other traffic, and servers that are waited for."""
        return {
            **self.home.env,
            "ANTHROPIC_API_KEY": "dummy",
            "ANTHROPIC_BASE_URL": self.model.url,
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL": "1",  # a terminal session clones it
            "DISABLE_AUTOUPDATER": "1",
            "HTTPS_PROXY": self.model.url,
            "HTTP_PROXY": self.model.url,
            "MCP_CONNECTION_NONBLOCKING": "0",
            "NO_PROXY": "127.0.0.1,localhost",
        }

    def ask(self, prompt: str, *options: str, env: Mapping[str, str] | None = None) -> Finished:
        """Run one prompt to its end in a new process, our tools allowed; a failed run fails the test."""
        words = ("-p", prompt, "--allowedTools", "mcp__vgxness", "--max-turns", "8", *options)
        done = run(str(self.binary), *words, env={**self.env, **(env or {})}, cwd=self.home.project)
        assert done.code == 0, done.said()
        assert self.model.outside == [], "it wanted to reach the outside world"
        return done

    def listed(self) -> dict[str, list[str]]:
        """Return what `/context` lists: the first two columns of each table, by its heading."""
        rows: dict[str, list[str]] = {}
        heading = ""
        for line in self.ask("/context").stdout.splitlines():
            if line.startswith("###"):
                heading = line.strip("# ")
            elif line.startswith("| ") and heading:
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                rows.setdefault(heading, []).append(" ".join(cells[:2]))
        return {heading: found[1:] for heading, found in rows.items()}

    def document(self) -> dict[str, Any]:
        """Return the file that Claude Code rewrites, parsed."""
        return json.loads((self.home.path / DOCUMENT).read_bytes())


def as_claude_writes(document: Mapping[str, Any]) -> bytes:
    """Return a document's bytes in the form that Claude Code gives its file."""
    return json.dumps(document, indent=2, ensure_ascii=False).encode()
