"""The commands that read memory; none of them creates anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import Command, pass_app
from vgxness.cli.memory import text
from vgxness.cli.memory.group import kind_option, limit_option, scope_option
from vgxness.contract.json_value import as_json

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.memory import Kind, Scope


@click.command("search", cls=Command)
@click.argument("query", nargs=-1)
@limit_option
@scope_option
@kind_option
@click.option("--explain", is_flag=True, help="Show how the hits were found.")
@pass_app
def search(
    app: App,
    *,
    query: tuple[str, ...],
    limit: int,
    scope: Scope | None,
    kind: Kind | None,
    explain: bool,
) -> Answer:
    """Find observations by any words of QUERY; without a QUERY, list the newest."""
    from vgxness.memory import Question

    answer = app.memory.search(Question(text=" ".join(query), limit=limit, scope=scope, kind=kind))
    data = {"hits": as_json(answer.hits)} | ({"plan": as_json(answer.plan)} if explain else {})
    return Answer(data=data, text=lambda: text.hits(answer, explain=explain))


@click.command("get", cls=Command)
@click.argument("id")
@click.option("--forgotten", is_flag=True, help="Show it even where it was forgotten.")
@pass_app
def get(app: App, *, id: str, forgotten: bool) -> Answer:
    """Show the observation ID whole, whatever project it belongs to."""
    found = app.memory.get(id, forgotten=forgotten)
    return Answer(data=as_json(found), text=lambda: text.observation(found))


@click.command("list", cls=Command)
@limit_option
@click.option("--cursor", help="Go on where a page ended.")
@scope_option
@kind_option
@click.option("--topic-prefix", default="", help="Only topic keys that begin so.")
@click.option("--forgotten", is_flag=True, help="The forgotten ones instead.")
@pass_app
def list_newest(
    app: App,
    *,
    limit: int,
    cursor: str | None,
    scope: Scope | None,
    kind: Kind | None,
    topic_prefix: str,
    forgotten: bool,
) -> Answer:
    """List observations, newest first."""
    from vgxness.memory import Listing

    page = app.memory.list(
        Listing(
            limit=limit, cursor=cursor, scope=scope, kind=kind, topic_prefix=topic_prefix, forgotten=forgotten
        )
    )
    return Answer(data=as_json(page), text=lambda: text.page(page))


@click.command("revisions", cls=Command)
@click.argument("id")
@limit_option
@click.option("--before", type=click.IntRange(min=1), help="Only revisions below this number.")
@pass_app
def revisions(app: App, *, id: str, limit: int, before: int | None) -> Answer:
    """Show every content that the observation ID had, newest first."""
    found = app.memory.revisions(id, limit=limit, before=before)
    return Answer(data={"revisions": as_json(found)}, text=lambda: text.revisions(found))


@click.command("conflicts", cls=Command)
@limit_option
@pass_app
def conflicts(app: App, *, limit: int) -> Answer:
    """List observations that contradict each other and wait for a person's word."""
    found = app.memory.conflicts(limit=limit)
    return Answer(data={"conflicts": as_json(found)}, text=lambda: text.conflicts(found))


@click.command("context", cls=Command)
@click.option(
    "--max-tokens", type=click.IntRange(200, 20_000), default=1_500, show_default=True, help="An upper bound."
)
@pass_app
def context(app: App, *, max_tokens: int) -> Answer:
    """Print what a new session is told about this project."""
    found = app.memory.context(max_tokens=max_tokens, max_characters=4 * max_tokens)
    return Answer(data=as_json(found), text=lambda: text.printable(found.text))


@click.command("stats", cls=Command)
@pass_app
def stats(app: App) -> Answer:
    """Count what is remembered."""
    found = app.memory.stats()
    return Answer(data=as_json(found), text=lambda: text.stats(found))
