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
            id="setup.commands",
            summary="Is the program of every MCP server there that clients start?",
            target="vgxness.setup.checks:commands",
        ),
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
            id="setup.names",
            summary="Do the names of MCP servers get in each other's way?",
            target="vgxness.setup.checks:names",
        ),
        Check(
            id="setup.server",
            summary="Does the command that clients start exist?",
            target="vgxness.setup.checks:server",
        ),
        Check(
            id="setup.versions",
            summary="Do clients start this vgxness, and not an older one?",
            target="vgxness.setup.checks:versions",
        ),
    )
