"""What the token ledger offers: its command."""

from __future__ import annotations

from vgxness.plugin import Command, hookimpl


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `tokens`."""
    return (
        Command(
            name="tokens",
            summary="Count what vgxness and other MCP servers cost an agent.",
            section="Agents",
            target="vgxness.cli.tokens:tokens",
        ),
    )
