"""The memory tools and the project-context resource: arguments in, one service call, a bounded answer out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, TypeVar, cast

from vgxness.contract.json_value import JsonObject, JsonValue, as_json
from vgxness.memory import (
    Change,
    Draft,
    Kind,
    Listing,
    Provenance,
    Question,
    RelationKind,
    Scope,
    SearchHit,
    cursor_after,
)
from vgxness.memory.budget import leading, tokens
from vgxness.memory.recall import fence

if TYPE_CHECKING:
    from vgxness.app import App

ANSWER_TOKENS: Final = 1_300
"""What the recalled part of an answer may cost; with its frame an answer stays under 1,500."""

_CONTENT_TOKENS: Final = 1_100
_HITS, _LINES, _REVISIONS = 8, 20, 5
T = TypeVar("T")


def save(app: App, arguments: JsonObject) -> JsonObject:
    """Save one observation."""
    saved = app.memory.save(
        Draft(
            title=text(arguments, "title"),
            content=text(arguments, "content"),
            topic_key=text(arguments, "topic_key") or None,
            kind=cast("Kind | None", text(arguments, "kind") or None),
            scope=cast("Scope", text(arguments, "scope") or "project"),
            provenance=origin(app),
            idempotency_key=text(arguments, "idempotency_key") or None,
        )
    )
    return lean(as_json(saved))


def search(app: App, arguments: JsonObject) -> JsonObject:
    """Return the best hits, and what they say in one fence."""
    answer = app.memory.search(
        Question(
            text=text(arguments, "query"),
            limit=number(arguments, "limit", _HITS),
            scope=cast("Scope | None", text(arguments, "scope") or None),
            kind=cast("Kind | None", text(arguments, "kind") or None),
        )
    )
    hits, recalled = fitting(answer.hits, lambda hit: (_hit(hit), f"{hit.id}: {hit.snippet}"))
    left_out = len(answer.hits) - len(hits)
    return lean({"hits": hits, "recalled": recalled, "left_out": left_out}, keep=("hits",))


def get(app: App, arguments: JsonObject) -> JsonObject:
    """Return one observation; a long content comes in parts."""
    found = app.memory.get(text(arguments, "id"))
    offset = number(arguments, "offset", 0)
    part = leading(found.content[offset:], _CONTENT_TOKENS)
    end = offset + len(part)
    answer: dict[str, JsonValue] = {
        **_object(found),
        "content": fence(part),
        "relations": as_json(found.relations[:10]),
    }
    if end < len(found.content):
        answer |= {"next_offset": end, "characters": len(found.content)}
    return lean(answer)


def context(app: App, arguments: JsonObject) -> JsonObject:
    """Return what a new session should know."""
    recollection = app.memory.context(max_tokens=number(arguments, "max_tokens", ANSWER_TOKENS))
    return {"context": recollection.text, "left_out": recollection.left_out}


def list_newest(app: App, arguments: JsonObject) -> JsonObject:
    """Return a page of observations, newest first."""
    page = app.memory.list(
        Listing(
            limit=number(arguments, "limit", _LINES),
            cursor=text(arguments, "cursor") or None,
            scope=cast("Scope | None", text(arguments, "scope") or None),
            kind=cast("Kind | None", text(arguments, "kind") or None),
            topic_prefix=text(arguments, "topic_prefix"),
        )
    )
    items, recalled = fitting(
        page.items,
        lambda line: ({**_object(line), "title": None, "excerpt": None}, f"{line.id}: {line.title}"),
    )
    cursor = page.next_cursor
    if len(items) < len(page.items):
        cursor = cursor_after(page.items[len(items) - 1])
    return lean({"items": items, "titles": recalled, "next_cursor": cursor}, keep=("items",))


def update(app: App, arguments: JsonObject) -> JsonObject:
    """Write a new revision of a known observation."""
    expected = arguments.get("expected_revision")
    saved = app.memory.update(
        Change(
            id=text(arguments, "id"),
            title=_given(arguments, "title"),
            content=_given(arguments, "content"),
            kind=cast("Kind | None", _given(arguments, "kind")),
            topic_key=_given(arguments, "topic_key"),
            expected_revision=expected if isinstance(expected, int) else None,
            provenance=origin(app),
        )
    )
    return lean(as_json(saved))


def revisions(app: App, arguments: JsonObject) -> JsonObject:
    """Return an observation's earlier contents, newest first, each shortened."""
    before = number(arguments, "before", 0) or None
    found = app.memory.revisions(
        text(arguments, "id"), limit=number(arguments, "limit", _REVISIONS), before=before
    )
    share = max(60, ANSWER_TOKENS // max(1, len(found)) - 60)
    items, recalled = fitting(
        found,
        lambda it: (
            {"revision": it.revision, "created_at": it.created_at, "characters": len(it.content)},
            f"revision {it.revision}: {leading(f'{it.title}: {it.content}', share)}",
        ),
    )
    more = found[len(items) - 1].revision if items and items[-1]["revision"] != 1 else 0
    return lean({"revisions": items, "recalled": recalled, "next_before": more}, keep=("revisions",))


def forget(app: App, arguments: JsonObject) -> JsonObject:
    """Take an observation out of lists and search."""
    done = app.memory.forget(text(arguments, "id"))
    return {"id": done.id, "action": done.action}


def restore(app: App, arguments: JsonObject) -> JsonObject:
    """Bring a forgotten observation back."""
    done = app.memory.restore(text(arguments, "id"))
    return {"id": done.id, "action": done.action}


def relate(app: App, arguments: JsonObject) -> JsonObject:
    """Record that one observation supersedes, or conflicts with, another."""
    related = app.memory.relate(
        source=text(arguments, "source"),
        kind=cast("RelationKind", text(arguments, "kind")),
        target=text(arguments, "target"),
    )
    return _object(related)


def stats(app: App, arguments: JsonObject) -> JsonObject:
    """Return counts."""
    return _object(app.memory.stats())


def project_context(app: App, parameters: Mapping[str, str]) -> str:
    """Return a project's context as text; the id "current" is the workspace's project."""
    asked = parameters.get("id", "current")
    return app.memory.context(project=None if asked == "current" else asked).text


def text(arguments: JsonObject, name: str) -> str:
    """Return a text argument, "" where it was not given."""
    value = arguments.get(name)
    return value if isinstance(value, str) else ""


def number(arguments: JsonObject, name: str, default: int) -> int:
    """Return a whole-number argument."""
    value = arguments.get(name)
    return int(value) if isinstance(value, int | float) else default


def origin(app: App) -> Provenance:
    """Return where a text of this server comes from: the client's name as it gave it."""
    return Provenance(provider=app.client[:100])


def lean(value: JsonValue, keep: Sequence[str] = ()) -> JsonObject:
    """Return an object without its empty fields, which would cost tokens and say nothing."""
    lean_fields: dict[str, JsonValue] = {}
    for name, item in cast("JsonObject", value).items():
        if name in keep or item not in (None, "", 0, [], (), {}):
            lean_fields[name] = lean(item) if isinstance(item, Mapping) else item
    return lean_fields


def fitting(values: Sequence[T], form: Callable[[T], tuple[JsonObject, str]]) -> tuple[list[JsonObject], str]:
    """Return the leading values that together cost at most `ANSWER_TOKENS`, one at least.

    `form` gives a value's fields and the text that is recalled with it; the texts come in one fence.
    """
    items: list[JsonObject] = []
    texts: list[str] = []
    room = ANSWER_TOKENS
    for value in values:
        fields, said = form(value)
        item = lean(fields)
        room -= tokens(json.dumps([item, said], ensure_ascii=False))
        if room < 0 and items:
            break
        items.append(item)
        texts.append(said)
    return items, fence("\n".join(texts)) if texts else ""


def _hit(hit: SearchHit) -> JsonObject:
    return {
        "id": hit.id,
        "title": hit.title,
        "kind": hit.kind,
        "score": hit.score,
        "why": hit.why,
        "topic_key": hit.topic_key,
        "scope": hit.scope if hit.scope == "personal" else None,
        "superseded_by": hit.superseded_by[-1:],
    }


def _given(arguments: JsonObject, name: Literal["title", "content", "kind", "topic_key"]) -> str | None:
    return text(arguments, name) if name in arguments else None


def _object(value: object) -> JsonObject:
    return cast("JsonObject", as_json(value))
