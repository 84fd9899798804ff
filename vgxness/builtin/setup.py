"""What setup offers: its commands, three tools that look, and the checks of what it wrote."""

from __future__ import annotations

from typing import Final

from vgxness.plugin import Check, Command, JsonObject, Tool, hookimpl

_PROVIDER: Final[JsonObject] = {"type": "string", "maxLength": 100}
_SCOPE: Final[JsonObject] = {"type": "string", "enum": ["user", "project"]}


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
def vgxness_mcp_tools() -> tuple[Tool, ...]:
    """Declare the tools that look at configuration; writing it is a person's."""
    return (
        Tool(
            name="vgxness_provider_change_plan",
            description="What `vgxness setup apply` would write into agent clients' files, and the command"
            " for the user to run. Writes nothing. Use it when a client should use vgxness and does not.",
            input_schema=_schema(scope=_SCOPE),
            target="vgxness.mcp.setup:change_plan",
            read_only=True,
            idempotent=True,
        ),
        Tool(
            name="vgxness_provider_doctor",
            description="What is wrong with agent clients' configuration, and the next command. Use it when a"
            " client does not see vgxness or another MCP server.",
            input_schema=_schema(),
            target="vgxness.mcp.setup:doctor",
            read_only=True,
            idempotent=True,
        ),
        Tool(
            name="vgxness_provider_status",
            description="Which agent clients have vgxness set up, and how each of their files stands.",
            input_schema=_schema(scope=_SCOPE),
            target="vgxness.mcp.setup:status",
            read_only=True,
            idempotent=True,
        ),
    )


def _schema(**properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": {"provider": _PROVIDER, **properties},
        "additionalProperties": False,
    }


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
