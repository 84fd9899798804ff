"""What the clock offers: declarations only; `vgxness_clock.clock` is imported on use."""

from __future__ import annotations

from vgxness.plugin import Check, Command, Tool, hookimpl


@hookimpl
def vgxness_mcp_tools() -> tuple[Tool, ...]:
    """Declare the tool, in the profile that is served by default."""
    return (
        Tool(
            name="clock_now",
            description="Tell the time in UTC. Use it before you date a note.",
            input_schema={
                "type": "object",
                "properties": {"note": {"type": "boolean", "description": "Remember that you asked."}},
                "additionalProperties": False,
            },
            target="vgxness_clock.clock:now",
            profile="core",
        ),
    )


@hookimpl
def vgxness_commands() -> tuple[Command, ...]:
    """Declare `vgxness clock`."""
    return (
        Command(name="clock", summary="Tell the time.", section="More", target="vgxness_clock.cli:clock"),
    )


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Declare the check."""
    return (Check(id="clock.year", summary="Is the clock set at all?", target="vgxness_clock.clock:year"),)
