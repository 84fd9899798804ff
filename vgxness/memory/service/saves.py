"""Saving: create, revise or count, in one transaction."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Final

from vgxness.contract.json_value import as_json
from vgxness.contract.storage import Reader, TextDocument, Writer
from vgxness.errors import VgxnessError
from vgxness.memory import bounds
from vgxness.memory.admission import Admitted, admit
from vgxness.memory.desk import Desk
from vgxness.memory.fingerprint import Marks, digest, likeness, marks
from vgxness.memory.models import KINDS, SCOPES, Action, Draft, Kind, Revision, Saved, Similar
from vgxness.memory.places import partition, project_of, scope_of
from vgxness.memory.store import answers, observations, revisions
from vgxness.memory.store.observations import Head

DUPLICATE_WINDOW: Final = timedelta(minutes=15)
ANSWER_LIFE: Final = timedelta(days=7)
_NEARLY_THE_SAME: Final = 0.6
_COMPARED_CHARACTERS: Final = 1000
_CANDIDATES: Final = 20


def save(desk: Desk, draft: Draft) -> Saved:
    """Store a text once and say what that did.

    Raises:
        VgxnessError: `usage`, `too_large`, `memory_refused`, or what the engine's `writing` raises.
    """
    bounds.one_of("scope", draft.scope, SCOPES)
    if draft.kind is not None:
        bounds.one_of("kind", draft.kind, KINDS)
    key = bounds.idempotency_key(draft.idempotency_key)
    text = admit(
        title=bounds.title(draft.title),
        content=draft.content,
        topic_key=draft.topic_key,
        provenance=draft.provenance,
    )
    places = desk.places_to_write(draft.scope)
    with desk.engine.writing() as writer:
        if key is None:
            return put(writer, desk, text=text, kind=draft.kind, places=places)
        key_digest = digest(places[0], key)
        request = digest(text.title, text.content, text.topic_key or "", draft.kind or "")
        kept = answers.find(writer, key_digest)
        if kept is not None:
            return _same_answer(kept, request)
        saved = put(writer, desk, text=text, kind=draft.kind, places=places)
        answers.drop_before(writer, desk.now(less=ANSWER_LIFE))
        answers.add(writer, key_digest, request, json.dumps(as_json(saved)), desk.now())
        return saved


def put(
    writer: Writer,
    desk: Desk,
    *,
    text: Admitted,
    kind: Kind | None,
    places: tuple[str, ...],
) -> Saved:
    """Store an admitted text in the caller's transaction: its topic key decides, then its fingerprint."""
    now, mine = desk.now(), marks(text.title, text.content)
    if text.topic_key is not None:
        head = observations.find_by_topic(writer, places, text.topic_key)
        if head is not None:
            return revise(writer, desk, head, text, kind=kind or head.kind)
    else:
        since = desk.now(less=DUPLICATE_WINDOW)
        twin = observations.find_by_fingerprint(writer, places, mine.fingerprint, since)
        if twin is not None:
            return _count_again(writer, twin, text, "duplicate", now)
    head = Head(
        id=desk.new_id("obs"),
        place=places[0],
        kind=kind or "note",
        title=text.title,
        topic_key=text.topic_key,
        revision=1,
        duplicates=0,
        created_at=now,
        updated_at=now,
        last_seen=now,
        forgotten_at=None,
        content=text.content,
        provenance=text.provenance,
    )
    similar = nearly_the_same(writer, text, mine, places)
    observations.add(writer, head, mine)
    _add_revision(writer, desk, head)
    return replace(_saved(head, "created", text), similar=similar)


def revise(
    writer: Writer,
    desk: Desk,
    head: Head,
    text: Admitted,
    *,
    kind: Kind,
) -> Saved:
    """Make the text the next revision of an observation, or count it where it is the present one."""
    now = desk.now()
    present = (head.title, head.content, head.kind, head.topic_key)
    if present == (text.title, text.content, kind, text.topic_key):
        return _count_again(writer, head, text, "unchanged", now)
    changed = replace(
        head,
        title=text.title,
        content=text.content,
        kind=kind,
        topic_key=text.topic_key,
        revision=head.revision + 1,
        updated_at=now,
        last_seen=now,
        provenance=text.provenance,
    )
    observations.advance(writer, changed, marks(changed.title, changed.content))
    _add_revision(writer, desk, changed)
    return _saved(changed, "revised", text)


def index(writer: Writer, desk: Desk, head: Head) -> None:
    """Put a live observation's present text into the full-text index."""
    desk.engine.text.put(
        writer,
        TextDocument(
            id=head.id,
            partition=partition(head.place, head.kind),
            title=head.title,
            key=head.topic_key or "",
            body=head.content,
        ),
    )


def nearly_the_same(
    reader: Reader, text: Admitted, mine: Marks, places: tuple[str, ...]
) -> tuple[Similar, ...]:
    """Return at most three live observations that share most of their words with the text."""
    ids = observations.find_alike(reader, places, mine.bands, _CANDIDATES)
    found = observations.lines(reader, ids, _COMPARED_CHARACTERS)
    near = [
        Similar(
            id=line.id,
            title=line.title,
            likeness=round(likeness(f"{text.title} {text.content}", f"{line.title} {line.excerpt}"), 2),
        )
        for line in found.values()
    ]
    return tuple(sorted((it for it in near if it.likeness >= _NEARLY_THE_SAME), key=_most_alike)[:3])


def _most_alike(similar: Similar) -> tuple[float, str]:
    return -similar.likeness, similar.id


def _add_revision(writer: Writer, desk: Desk, head: Head) -> None:
    revisions.add(
        writer,
        Revision(
            observation_id=head.id,
            revision=head.revision,
            title=head.title,
            content=head.content,
            created_at=head.updated_at,
            provenance=head.provenance,
        ),
    )
    index(writer, desk, head)


def _count_again(writer: Writer, head: Head, text: Admitted, action: Action, now: str) -> Saved:
    observations.count_again(writer, head.id, now)
    return _saved(replace(head, duplicates=head.duplicates + 1), action, text)


def _saved(head: Head, action: Action, text: Admitted) -> Saved:
    return Saved(
        id=head.id,
        action=action,
        revision=head.revision,
        scope=scope_of(head.place),
        project_id=project_of(head.place),
        duplicates=head.duplicates,
        redacted=text.redacted,
        notes=text.notes,
    )


def _same_answer(kept: tuple[str, str], request: str) -> Saved:
    if kept[0] != request:
        raise VgxnessError(
            "usage",
            "The idempotency key was used for another text; nothing was stored.",
            hint="Use a new key for a new text.",
        )
    fields = json.loads(kept[1])
    similar = tuple(Similar(**it) for it in fields.pop("similar"))
    notes, redacted = tuple(fields.pop("notes")), tuple(fields.pop("redacted"))
    return Saved(**fields, similar=similar, notes=notes, redacted=redacted)
