"""`vgxness memory session`: one sitting of an agent, from its start to its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import Command, group, pass_app
from vgxness.cli.memory import text
from vgxness.cli.memory.group import limit_option
from vgxness.cli.memory.writing import content_of
from vgxness.contract.json_value import as_json
from vgxness.errors import VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App


@group()
def session() -> None:
    """Start, draft, end and list sessions."""


@session.command("start", cls=Command)
@click.option("--goal", default="", help="What the session is for; at most 200 characters.")
@click.option("--provider", default="", help="The client.")
@click.option("--agent", default="", help="The agent.")
@pass_app
def start(app: App, *, goal: str, provider: str, agent: str) -> Answer:
    """Begin a session and print its id."""
    from vgxness.memory import Provenance

    origin = Provenance(provider=provider, agent=agent, trust="terminal")
    begun = app.memory.sessions.start(goal=goal, provenance=origin)
    return Answer(data=as_json(begun), text=begun.id)


@session.command("draft", cls=Command)
@click.argument("id")
@click.option("--content", help="The interim summary.")
@click.option("--file", "file", metavar="F|-", help="Read it from a file, or from stdin.")
@pass_app
def draft(app: App, *, id: str, content: str | None, file: str | None) -> Answer:
    """Leave an interim summary of the session ID, in case it never ends."""
    left = app.memory.sessions.draft(id, _required(content_of(content, file)))
    return Answer(data=as_json(left), text=f"draft kept for {left.id}")


@session.command("end", cls=Command)
@click.argument("id", required=False)
@click.option("--summary", help="What the next session should know.")
@click.option("--file", "file", metavar="F|-", help="Read the summary from a file, or from stdin.")
@click.option("--title", default="", help="Of the summary; its first line by default.")
@pass_app
def end(app: App, *, id: str | None, summary: str | None, file: str | None, title: str) -> Answer:
    """Store the summary of the session ID and close it; without ID, of one that was never started."""
    from vgxness.memory import Ending, Provenance

    ended = app.memory.sessions.end(
        Ending(
            summary=_required(content_of(summary, file)),
            session=id,
            title=title,
            provenance=Provenance(trust="terminal"),
        )
    )
    return Answer(
        data=as_json(ended),
        text=lambda: f"ended {ended.session.id}; its summary: {text.saved(ended.saved)}",
    )


@session.command("list", cls=Command)
@limit_option
@pass_app
def newest(app: App, *, limit: int) -> Answer:
    """List sessions, the latest first."""
    found = app.memory.sessions.newest(limit=limit)
    return Answer(
        data={"sessions": as_json(found)},
        text=lambda: "\n".join(map(text.session, found)) or "No session yet.",
    )


def _required(content: str | None) -> str:
    if content is None:
        raise VgxnessError("usage", "No text was given.", hint="Give it as an option or with --file F|-.")
    return content
