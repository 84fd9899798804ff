"""The built-in plugin of sessions: the tools and prompts that open and close one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vgxness.plugin import JsonObject, Prompt, PromptArgument, Tool, hookimpl

_TEXT: Final[JsonObject] = {"type": "string"}


@hookimpl
def vgxness_mcp_tools() -> Iterable[Tool]:
    """Declare the session tools."""
    return (
        Tool(
            name="vgxness_session_end",
            description="Leave a summary for the next session: goal, what was done and decided, what is open,"
            " next step. Call it before you finish or the context is compacted.",
            input_schema={
                "type": "object",
                "properties": {"summary": _TEXT, "title": _TEXT, "session": _TEXT},
                "required": ["summary"],
                "additionalProperties": False,
            },
            target="vgxness.mcp.session:end",
            profile="core",
            idempotent=True,
        ),
        Tool(
            name="vgxness_session_start",
            description="Begin a named session, so that its end and its memories carry its id. Optional.",
            input_schema={"type": "object", "properties": {"goal": _TEXT}, "additionalProperties": False},
            target="vgxness.mcp.session:start",
        ),
    )


@hookimpl
def vgxness_mcp_prompts() -> Iterable[Prompt]:
    """Declare the prompts that start and close a session."""
    return (
        Prompt(
            name="start-session",
            description="Recall what earlier sessions left, and begin.",
            arguments=(PromptArgument(name="goal", description="What this session is for."),),
            target="vgxness.mcp.session:start_prompt",
        ),
        Prompt(
            name="close-session",
            description="Save what is worth keeping and leave a summary.",
            target="vgxness.mcp.session:close_prompt",
        ),
    )
