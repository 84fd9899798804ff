"""What the overview offers: `status`, `next`, `init`, `demo` and the agents' view of them."""

from __future__ import annotations

from vgxness.plugin import Command, Tool, hookimpl

_HERE = "Start here"


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare the commands a new user meets first."""
    return (
        Command(
            name="init",
            summary="Set vgxness up, step by step; writes only with consent.",
            section=_HERE,
            target="vgxness.cli.init:init",
        ),
        Command(
            name="demo",
            summary="Show the whole job in a throw-away workspace.",
            section=_HERE,
            target="vgxness.cli.demo:demo",
        ),
        Command(
            name="status",
            summary="One screen: project, providers, memory, next step.",
            section=_HERE,
            target="vgxness.cli.status:status",
        ),
        Command(
            name="next", summary="Just the next step.", section=_HERE, target="vgxness.cli.status:next_step"
        ),
    )


@hookimpl
def vgxness_mcp_tools() -> tuple[Tool, ...]:
    """Declare the tool with which an agent looks around."""
    return (
        Tool(
            name="vgxness_status",
            description=(
                "Project, providers, memory and broken plugins at a glance, with the next step. Use it when "
                "something about vgxness seems wrong."
            ),
            input_schema={"type": "object", "properties": {}, "additionalProperties": False},
            target="vgxness.mcp.status:status",
            profile="core",
            read_only=True,
            idempotent=True,
        ),
    )
