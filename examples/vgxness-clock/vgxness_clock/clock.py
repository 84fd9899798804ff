"""The clock itself: a tool handler and a doctor check."""

from __future__ import annotations

from vgxness.plugin import Context, Finding, JsonObject


def now(context: Context, arguments: JsonObject) -> JsonObject:
    """Return the time; with `note`, also the id of the observation that remembers the question.

    Memory is reached through the public tool contract, as any stranger's plugin reaches it.
    """
    moment = context.clock.now().isoformat()
    if not arguments.get("note"):
        return {"now": moment}
    saved = context.call("vgxness_memory_save", {"title": "Somebody asked the time", "content": moment})
    return {"now": moment, "observation": saved["id"]}


def year(context: Context) -> Finding:
    """Find a machine whose clock was never set."""
    moment = context.clock.now()
    if moment.year < 2026:
        return Finding(severity="error", summary=f"The clock says {moment.year}.", hint="date --set …")
    return Finding(severity="ok", summary="The clock is set.")
