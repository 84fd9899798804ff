"""What setup offers: its commands and the checks of what it wrote."""

from __future__ import annotations

from vgxness.plugin import Check, Command, hookimpl


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `setup`."""
    return (
        Command(
            name="setup",
            summary="Configure agent clients, with consent, and undo it to the byte.",
            section="Start here",
            target="vgxness.cli.setup:setup",
        ),
    )


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Declare the checks of configured clients."""
    return (
        Check(
            id="setup.drift",
            summary="Do the clients' files stand as vgxness wrote them?",
            target="vgxness.setup.checks:drift",
        ),
        Check(
            id="setup.files",
            summary="Can every client's configuration be read?",
            target="vgxness.setup.checks:files",
        ),
        Check(
            id="setup.interrupted",
            summary="Did every setup end?",
            target="vgxness.setup.checks:interrupted",
        ),
        Check(
            id="setup.live",
            summary="Does each client resolve its configuration as planned and reach the server?",
            target="vgxness.setup.checks:live",
        ),
        Check(
            id="setup.server",
            summary="Does the command that clients start exist?",
            target="vgxness.setup.checks:server",
        ),
    )
