"""Export: every row of the asked places as NDJSON, in a stable order, in one snapshot."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from vgxness.contract.json_value import as_json
from vgxness.contract.storage import Reader
from vgxness.memory import bounds
from vgxness.memory.desk import Desk
from vgxness.memory.models import SCOPES, Relation, Revision, Scope, Session
from vgxness.memory.places import PERSONAL, scope_of
from vgxness.memory.records import (
    FORMAT,
    VERSION,
    Exported,
    HeaderRecord,
    ObservationRecord,
    Record,
    RelationRecord,
    RevisionRecord,
    SessionRecord,
)
from vgxness.memory.store import observations, relations, revisions, sessions
from vgxness.memory.store.observations import Head
from vgxness.redaction import redact_secrets

Write = Callable[[str], object]
_BITE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is exported.

    Attributes:
        scope: None exports the project's family and the personal scope.
        redact: replace secrets; a caller that says False has asked a person.
        forgotten: forgotten observations too.
    """

    scope: Scope | None = None
    redact: bool = True
    forgotten: bool = False


def export(desk: Desk, write: Write, choice: Choice) -> Exported:
    """Write the export's lines, each with its newline, through `write`; nothing is created.

    Raises:
        VgxnessError: `usage` for a scope that is none, or what the engine's `reading` raises.
    """
    if choice.scope is not None:
        bounds.one_of("scope", choice.scope, SCOPES)
    places = desk.places(choice.scope)
    counted: Counter[str] = Counter()

    def ask(reader: Reader) -> None:
        for record in _records(reader, places, forgotten=choice.forgotten):
            write(_line(_redacted(record) if choice.redact else record))
            counted[record.type] += 1

    write(_line(HeaderRecord(format=FORMAT, version=VERSION, redacted=choice.redact)))
    desk.look(ask, None)
    return Exported(
        sessions=counted["session"],
        observations=counted["observation"],
        revisions=counted["revision"],
        relations=counted["relation"],
        redacted=choice.redact,
    )


def _records(reader: Reader, places: tuple[str, ...], *, forgotten: bool) -> Iterator[Record]:
    for place in sorted(places):
        for head in observations.heads_in_order(reader, place, forgotten=forgotten):
            yield _observation(head)
            yield from map(_revision, _all_revisions(reader, head.id))
    if places:
        yield from map(_relation, relations.in_order(reader, places, forgotten=forgotten))
    for place in sorted(places):
        if place != PERSONAL:
            yield from map(_session, sessions.in_order(reader, place))


def _all_revisions(reader: Reader, id: str) -> Iterator[Revision]:
    after = 0
    while found := revisions.in_order(reader, id, after, _BITE):
        yield from found
        after = found[-1].revision


def _session(session: Session) -> SessionRecord:
    return SessionRecord(
        type="session",
        id=session.id,
        started_at=session.started_at,
        goal=session.goal,
        provider=session.provider,
        agent=session.agent,
        ended_at=session.ended_at,
        summary_id=session.summary_id,
    )


def _observation(head: Head) -> ObservationRecord:
    return ObservationRecord(
        type="observation",
        id=head.id,
        scope=scope_of(head.place),
        kind=head.kind,
        topic_key=head.topic_key,
        duplicates=head.duplicates,
        created_at=head.created_at,
        last_seen=head.last_seen,
        forgotten_at=head.forgotten_at,
    )


def _revision(revision: Revision) -> RevisionRecord:
    origin = revision.provenance
    return RevisionRecord(
        type="revision",
        observation=revision.observation_id,
        revision=revision.revision,
        title=revision.title,
        content=revision.content,
        created_at=revision.created_at,
        provider=origin.provider,
        agent=origin.agent,
        session=origin.session,
        run=origin.run,
    )


def _relation(relation: Relation) -> RelationRecord:
    return RelationRecord(
        type="relation",
        source=relation.source_id,
        kind=relation.kind,
        target=relation.target_id,
        created_at=relation.created_at,
    )


def _redacted(record: Record) -> Record:
    if isinstance(record, RevisionRecord):
        return replace(record, title=redact_secrets(record.title), content=redact_secrets(record.content))
    if isinstance(record, ObservationRecord) and record.topic_key:
        return replace(record, topic_key=redact_secrets(record.topic_key))
    if isinstance(record, SessionRecord):
        return replace(record, goal=redact_secrets(record.goal))
    return record


def _line(record: Record | HeaderRecord) -> str:
    return json.dumps(as_json(record), ensure_ascii=False, separators=(",", ":")) + "\n"
