"""The session tools, and the prompts that open and close a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vgxness.contract.json_value import JsonObject
from vgxness.mcp.memory import origin, text
from vgxness.memory import Ending
from vgxness.memory.bounds import one_line, storable

if TYPE_CHECKING:
    from vgxness.app import App


def start(app: App, arguments: JsonObject) -> JsonObject:
    """Begin a session and return its id."""
    session = app.memory.sessions.start(goal=text(arguments, "goal"), provenance=origin(app))
    return {"session": session.id, "started_at": session.started_at, "project_id": session.project_id}


def end(app: App, arguments: JsonObject) -> JsonObject:
    """Store the session's summary and close it."""
    ended = app.memory.sessions.end(
        Ending(
            summary=text(arguments, "summary"),
            title=text(arguments, "title"),
            session=text(arguments, "session") or None,
            provenance=origin(app),
        )
    )
    answer: dict[str, str | list[str]] = {
        "session": ended.session.id,
        "id": ended.saved.id,
        "action": ended.saved.action,
    }
    return {**answer, "redacted": list(ended.saved.redacted)} if ended.saved.redacted else answer


def start_prompt(app: App, arguments: Mapping[str, str]) -> str:
    """Return what a person puts before their agent at the start of a session."""
    goal = one_line(storable(arguments.get("goal", "")))[:500]
    told = (
        "Search with vgxness_memory_search before you rely on a guess, read a whole entry with"
        " vgxness_memory_get, and save what is worth keeping with vgxness_memory_save as you learn it."
    )
    parts = ["What earlier sessions left for you in vgxness memory:", app.memory.context().text, told]
    return "\n\n".join([f"The goal of this session: {goal}", *parts] if goal else parts)


def close_prompt(app: App, arguments: Mapping[str, str]) -> str:
    """Return what a person puts before their agent at the end of a session."""
    return (
        "Close this session. First save each decision, discovery, bug fix or preference that is not saved"
        " yet with vgxness_memory_save, one entry each, under a stable topic_key. Then call"
        " vgxness_session_end with a summary of at most 300 words for the next session: the goal, what was"
        " done, what was decided and why, what is open, the next step. No secrets."
    )
