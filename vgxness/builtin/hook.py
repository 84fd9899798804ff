"""The built-in plugin of clients' events: its command."""

from __future__ import annotations

from vgxness.plugin import Command, hookimpl


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `hook`."""
    return (
        Command(
            name="hook",
            summary="Answer an agent client's event; clients run it.",
            section="Agents",
            target="vgxness.cli.hook:hook",
        ),
    )
