"""What the MCP surface offers: the `mcp` commands and the check of what is served."""

from __future__ import annotations

from vgxness.plugin import Check, Command, hookimpl


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `mcp`."""
    return (
        Command(
            name="mcp",
            summary="Serve memory and status to agents over MCP.",
            section="Agents",
            target="vgxness.cli.mcp:mcp",
        ),
    )


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Declare the checks of the served tools and of the server's start."""
    return (
        Check(
            id="mcp.start",
            summary="Does the server list its tools soon enough?",
            target="vgxness.mcp.checks:start",
        ),
        Check(
            id="mcp.tools",
            summary="Do clients accept every tool, and does the list fit its budget?",
            target="vgxness.mcp.checks:tools",
        ),
    )
