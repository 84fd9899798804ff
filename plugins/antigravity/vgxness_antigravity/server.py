"""Our server as Antigravity's files name it."""

from __future__ import annotations

from vgxness.plugin import JsonObject, ServerCommand


def entry(server: ServerCommand) -> JsonObject:
    """Return our entry below `mcpServers`: without a `type`, for which Antigravity 2.0 dropped an entry."""
    program, *arguments = server.command
    environment = {"env": dict(server.environment)} if server.environment else {}
    return {"command": program, "args": [*arguments], **environment}
