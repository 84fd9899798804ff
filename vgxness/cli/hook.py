"""`vgxness hook`: what agent clients run at their events; `cli.event` does the work."""

from __future__ import annotations

import click

from vgxness.cli.command import command

_LENIENT = {"ignore_unknown_options": True, "allow_extra_args": True}


@command("hook", context_settings=_LENIENT)
@click.argument("event", default="")
@click.pass_context
def hook(context: click.Context, event: str) -> None:
    """Answer EVENT of an agent client: session-start, pre-compact or session-end.

    Clients run this, people seldom: the event is told as JSON on stdin. At a session's start the answer
    is what earlier sessions left, bounded and fenced as data. Before a compaction and at a session's end a
    short note is kept, unless the agent left its own. It exits 0 and prints nothing whatever goes wrong;
    -v or VGXNESS_HOOK_DEBUG=1 tells on stderr.
    """
    from vgxness.cli.command import session_of
    from vgxness.cli.event import respond

    values = session_of(context).values
    db = [f"--db={values['db']}"] if values.get("db") else []
    respond([event, *db, *(["-v"] if values.get("verbose") else [])])
