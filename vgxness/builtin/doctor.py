"""What the doctor offers: its command."""

from __future__ import annotations

from vgxness.plugin import Command, hookimpl


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `doctor`."""
    return (
        Command(
            name="doctor",
            summary="Check everything and say what to do.",
            section="Start here",
            target="vgxness.cli.doctor:doctor",
        ),
    )
