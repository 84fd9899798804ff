"""The commands that change memory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import Command, pass_app
from vgxness.cli.memory import text
from vgxness.cli.memory.group import KINDS, kind_option
from vgxness.contract.json_value import as_json
from vgxness.errors import VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.memory import Kind, RelationKind, Scope

_provenance = (
    click.option("--provider", default="", help="The client that the text comes from."),
    click.option("--agent", default="", help="The agent that the text comes from."),
)


@click.command("save", cls=Command)
@click.option("--title", required=True, help="At most 200 characters.")
@click.option("--content", help="The text; at most 64 KiB.")
@click.option("--file", "file", metavar="F|-", help="Read the text from a file, or from stdin.")
@click.option("--topic-key", help="Saving under it again revises the same observation.")
@kind_option
@click.option(
    "--scope", type=click.Choice(["project", "personal"]), default="project", show_default=True, help="Whose."
)
@click.option("--idempotency-key", help="A retry with the same key gets the same answer.")
@_provenance[0]
@_provenance[1]
@pass_app
def save(
    app: App,
    *,
    title: str,
    content: str | None,
    file: str | None,
    topic_key: str | None,
    kind: Kind | None,
    scope: Scope,
    idempotency_key: str | None,
    provider: str,
    agent: str,
) -> Answer:
    """Save an observation, or revise the one of the same topic key."""
    from vgxness.memory import Draft, Provenance

    saved = app.memory.save(
        Draft(
            title=title,
            content=_required(content_of(content, file)),
            topic_key=topic_key,
            kind=kind,
            scope=scope,
            provenance=Provenance(provider=provider, agent=agent, trust="terminal"),
            idempotency_key=idempotency_key,
        )
    )
    return Answer(data=as_json(saved), text=lambda: text.saved(saved))


@click.command("update", cls=Command)
@click.argument("id")
@click.option("--title", help="The new title.")
@click.option("--content", help="The new text.")
@click.option("--file", "file", metavar="F|-", help="Read the new text from a file, or from stdin.")
@click.option("--topic-key", help="The new topic key; '' takes it away.")
@click.option("--kind", metavar="KIND", help=f"{KINDS}.")
@click.option("--expected-revision", type=int, help="Refuse where the present revision is another.")
@pass_app
def update(
    app: App,
    *,
    id: str,
    title: str | None,
    content: str | None,
    file: str | None,
    topic_key: str | None,
    kind: Kind | None,
    expected_revision: int | None,
) -> Answer:
    """Write a new revision of the observation ID."""
    from vgxness.memory import Change, Provenance

    saved = app.memory.update(
        Change(
            id=id,
            title=title,
            content=content_of(content, file),
            kind=kind,
            topic_key=topic_key,
            expected_revision=expected_revision,
            provenance=Provenance(trust="terminal"),
        )
    )
    return Answer(data=as_json(saved), text=lambda: text.saved(saved))


@click.command("forget", cls=Command)
@click.argument("id")
@pass_app
def forget(app: App, *, id: str) -> Answer:
    """Take the observation ID out of lists and search; its history stays."""
    done = app.memory.forget(id)
    return Answer(data=as_json(done), text=f"{done.action} {done.id} {text.printable(done.title)}")


@click.command("restore", cls=Command)
@click.argument("id")
@pass_app
def restore(app: App, *, id: str) -> Answer:
    """Bring the forgotten observation ID back."""
    done = app.memory.restore(id)
    return Answer(data=as_json(done), text=f"{done.action} {done.id} {text.printable(done.title)}")


@click.command("relate", cls=Command)
@click.argument("source")
@click.argument("kind", type=click.Choice(["supersedes", "conflicts-with"]))
@click.argument("target")
@pass_app
def relate(app: App, *, source: str, kind: RelationKind, target: str) -> Answer:
    """Record that SOURCE supersedes TARGET, or that both contradict each other."""
    related = app.memory.relate(source=source, kind=kind, target=target, trust="terminal")
    found = related.relation
    return Answer(
        data=as_json(related), text=f"{related.action}: {found.source_id} {found.kind} {found.target_id}"
    )


def content_of(content: str | None, file: str | None) -> str | None:
    """Return the text that `--content` or `--file` gives, None for neither; `-` reads stdin.

    Raises:
        VgxnessError: `usage` for both, or a file that can't be read or is not UTF-8; `too_large`.
    """
    if content is not None and file is not None:
        raise VgxnessError("usage", "Give --content or --file, not both.")
    if file is None:
        return content
    from vgxness.memory.bounds import MAX_CONTENT_BYTES

    data = _bytes_of(file, MAX_CONTENT_BYTES + 1)
    if len(data) > MAX_CONTENT_BYTES:
        raise VgxnessError(
            "too_large",
            f"The content has over {MAX_CONTENT_BYTES:,} bytes; nothing was stored.",
            hint="Save the essence, or split it under several topic keys.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise VgxnessError(
            "usage", f"The content is not UTF-8: byte {error.start} is no part of it."
        ) from None


def _bytes_of(file: str, most: int) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(most)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise VgxnessError("usage", f"The file {file} can't be read.", cause=error.strerror or "") from error


def _required(content: str | None) -> str:
    if content is None:
        raise VgxnessError("usage", "Nothing to save was given.", hint="Give --content TEXT or --file F|-.")
    return content
