"""Where Claude Code keeps its files; nothing is read here but which of them exist."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vgxness.plugin import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The user's files.

    Attributes:
        config: the directory of settings, memory files and sessions.
        document: the file that Claude Code rewrites while it runs: user and local MCP servers, trust.
        base: the directory that holds both; where they are links, their targets must lie in it.
    """

    config: Path
    document: Path
    base: Path

    @property
    def settings(self) -> Path:
        """The user's settings."""
        return self.config / "settings.json"

    @property
    def memory(self) -> Path:
        """What the user tells Claude Code in every project."""
        return self.config / "CLAUDE.md"

    @property
    def sessions(self) -> Path:
        """The directory with one file for each process that runs."""
        return self.config / "sessions"


def places(context: Context) -> Places:
    """Return the user's files: CLAUDE_CONFIG_DIR moves all of them, also the one that stands beside it."""
    home = context.paths.home
    named = context.environment("CLAUDE_CONFIG_DIR")
    moved = Path(named) if named and Path(named).is_absolute() else None
    config = moved or home / ".claude"
    older = config / ".config.json"
    return Places(
        config=config,
        document=older if older.exists() else (moved or home) / ".claude.json",
        base=home if config.is_relative_to(home) else config,
    )


def repository(directory: Path) -> Path:
    """Return the directory under which Claude Code files a project: its git root, else itself."""
    for candidate in (directory, *directory.parents):
        if (candidate / ".git").exists():
            return candidate
    return directory
