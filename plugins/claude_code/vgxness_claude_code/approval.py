"""What decides whether Claude Code starts a server of a project's `.mcp.json`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vgxness_claude_code.document import Document, items, read, table
from vgxness_claude_code.places import Places, repository

State = Literal["hidden", "approved", "untrusted", "pending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings files that count for a project, as they stand."""

    user: Document
    project: Document
    local: Document

    @property
    def every(self) -> tuple[Document, ...]:
        """All three; those that win last."""
        return (self.user, self.project, self.local)

    def naming(self, key: str, server: str) -> tuple[Document, ...]:
        """Return the files whose list of a key holds a server."""
        return tuple(document for document in self.every if server in items(document.value.get(key)))

    def approving(self, server: str) -> tuple[Document, ...]:
        """Return the files that approve a server, by name or with all others."""
        named = self.naming("enabledMcpjsonServers", server)
        return tuple(
            document
            for document in self.every
            if document in named or document.value.get("enableAllProjectMcpServers") is True
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Whether an interactive session starts a server, and the file that says so."""

    state: State
    by: Path | None = None


def settings_of(places: Places, workspace: Path) -> Settings:
    """Read the settings files of a user and a project."""
    directory = workspace / ".claude"
    return Settings(
        user=read(places.settings),
        project=read(directory / "settings.json"),
        local=read(directory / "settings.local.json"),
    )


def is_trusted(places: Places, workspace: Path) -> bool:
    """Whether the user answered Claude Code's question about this folder with yes."""
    projects = table(read(places.document).value, "projects", str(repository(workspace)))
    return projects.get("hasTrustDialogAccepted") is True


def approval_of(settings: Settings, server: str, *, trusted: bool) -> Approval:
    """Return how a server of `.mcp.json` stands; a refusal beats every approval.

    A shared settings file approves only in a trusted folder. A local one approves also without trust,
    unless it is committed, which only git could tell.
    """
    if hidden := settings.naming("disabledMcpjsonServers", server):
        return Approval(state="hidden", by=hidden[0].path)
    approving = settings.approving(server)
    if not approving:
        return Approval(state="pending")
    personal = [document for document in approving if document is not settings.project]
    if personal or trusted:
        return Approval(state="approved", by=(personal or approving)[0].path)
    return Approval(state="untrusted", by=approving[0].path)
