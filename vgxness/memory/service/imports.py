"""Import: an export file, read line by line, checked, screened, and added once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import IO, Final

from vgxness.contract.storage import Writer
from vgxness.errors import VgxnessError
from vgxness.kernel.clock import stamp
from vgxness.memory import bounds
from vgxness.memory.admission import admit, provenance_screened, screened
from vgxness.memory.desk import Desk
from vgxness.memory.fingerprint import marks
from vgxness.memory.models import Provenance, Relation, Revision, Session
from vgxness.memory.places import place_of
from vgxness.memory.records import (
    Imported,
    ObservationRecord,
    Record,
    RelationRecord,
    RevisionRecord,
    SessionRecord,
    Skip,
)
from vgxness.memory.service.lines import Numbered, header_of, numbered_records
from vgxness.memory.service.saves import index
from vgxness.memory.store import observations, relations, revisions, sessions
from vgxness.memory.store.observations import Head

_ID: Final = re.compile(r"(obs|ses)_[0-9a-z]{1,60}")
_BITE_RECORDS: Final = 200
_BITE_BYTES: Final = 1 << 20
_SHOWN: Final = 100
_MOST: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Progress = Callable[[int], object]


def load(desk: Desk, stream: IO[bytes], progress: Progress | None = None) -> Imported:
    """Add an export's records to the current project and the personal scope; twice is the same as once.

    Nothing of another project is touched: a file may revise and relate what stands in the current
    project's family or in the personal scope, each under its own observation line, and nothing else.
    A new revision needs the one beneath it to stand in the file as it stands here; a relation needs
    both its observations in the file. So an id alone changes nothing.

    Ids stay. A line that is not as documented, or that the write firewall refuses, is skipped and
    reported by its number; what came before it stays. Bites of lines are committed together, so an
    interrupted import is finished by running it again.

    Args:
        desk: where to.
        stream: read line by line; the file is never held whole.
        progress: is told the number of lines read, after each bite.

    Raises:
        VgxnessError: `import_unreadable` where the first line is no known header, or what the engine's
            `writing` raises.
    """
    header_of(stream)
    intake = _Intake(desk)
    bite: list[Numbered] = []
    size = 0
    for item in numbered_records(stream):
        if item.record is None:
            intake.skip(item.line, item.reason)
            continue
        bite.append(item)
        size += item.size
        if len(bite) >= _BITE_RECORDS or size >= _BITE_BYTES:
            intake.take(bite)
            bite, size = [], 0
            if progress:
                progress(item.line)
    intake.take(bite)
    return intake.report()


@dataclass(slots=True)
class _Tally:
    """What was done so far."""

    added: Counter[str] = field(default_factory=Counter[str])
    already: Counter[str] = field(default_factory=Counter[str])
    redacted: int = 0
    skipped: list[Skip] = field(default_factory=list[Skip])
    skipped_total: int = 0
    notes: list[Skip] = field(default_factory=list[Skip])


class _RecordError(Exception):
    """Why a record is not taken."""


class _Intake:
    """Takes records in the order of the file; an observation waits for its first revision."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tally = _Tally()
        self._project_place = ""
        self._family: tuple[str, ...] = ()
        self._waiting: ObservationRecord | None = None
        self._current = ""
        self._diverged = ""
        self._matched = 0
        self._held: set[str] = set()

    def skip(self, line: int, reason: str) -> None:
        """Count a line that is not taken."""
        self._tally.skipped_total += 1
        if len(self._tally.skipped) < _SHOWN:
            self._tally.skipped.append(Skip(line=line, reason=reason))

    def take(self, bite: list[Numbered]) -> None:
        """Add the records in one transaction."""
        if not bite:
            return
        if not self._project_place and any(_is_of_project(item.record) for item in bite):
            self._project_place = place_of(self._desk.place.writing()[0])
        self._family = tuple(place_of(project) for project in self._desk.place.reading())
        with self._desk.engine.writing() as writer:
            for item in bite:
                try:
                    if item.record is not None:
                        self._add(writer, item.record, item.line)
                except _RecordError as error:
                    self.skip(item.line, str(error))
                except VgxnessError as error:
                    if error.code not in {"usage", "too_large", "memory_refused"}:
                        raise
                    self.skip(item.line, f"{error.code}: {error.cause or error.message}")

    def report(self) -> Imported:
        """Return what was done."""
        tally = self._tally
        return Imported(
            added=dict(sorted(tally.added.items())),
            already=dict(sorted(tally.already.items())),
            redacted=tally.redacted,
            skipped=tuple(tally.skipped),
            skipped_total=tally.skipped_total,
            notes=tuple(tally.notes),
        )

    def _add(self, writer: Writer, record: Record, line: int) -> None:
        if isinstance(record, ObservationRecord):
            self._add_observation(writer, record)
        elif isinstance(record, RevisionRecord):
            self._add_revision(writer, record, line)
        elif isinstance(record, RelationRecord):
            self._add_relation(writer, record)
        else:
            self._add_session(writer, record)

    def _add_observation(self, writer: Writer, record: ObservationRecord) -> None:
        self._diverged, self._current, self._waiting, self._matched = "", "", None, 0
        _check_id(record.id)
        head = observations.find(writer, record.id)
        if head is None:
            self._waiting = record
        elif head.place not in self._places(record.scope):
            raise _RecordError("the observation of this id belongs to another project or scope")
        else:
            self._tally.already["observation"] += 1
        self._current = record.id

    def _places(self, scope: str) -> tuple[str, ...]:
        """Return the places whose observations a record of this scope may speak of."""
        return ("personal",) if scope == "personal" else self._family

    def _add_revision(self, writer: Writer, record: RevisionRecord, line: int) -> None:
        if not 1 <= record.revision <= _MOST:
            raise _RecordError(f"a revision's number must be 1 to {_MOST:,}")
        if record.observation != self._current:
            raise _RecordError("the observation of this revision does not stand above it")
        if record.observation == self._diverged:
            raise _RecordError("an earlier revision of this observation differs from the one here")
        there = revisions.find(writer, record.observation, record.revision)
        if there is not None and (there.title, there.content) == (record.title, record.content):
            self._stands(there, added=False)
            return
        text = admit(
            title=bounds.title(record.title),
            content=record.content,
            topic_key=self._waiting.topic_key if self._waiting else None,
            provenance=_origin(record),
        )
        self._tally.redacted += bool(text.redacted)
        head = observations.find(writer, record.observation)
        revision = Revision(
            observation_id=record.observation,
            revision=record.revision,
            title=text.title,
            content=text.content,
            created_at=self._moment(record.created_at),
            provenance=text.provenance,
        )
        if head is not None:
            self._continue(writer, head, revision, there)
        elif self._waiting is not None:
            self._begin(writer, self._waiting, revision, line)

    def _begin(self, writer: Writer, record: ObservationRecord, revision: Revision, line: int) -> None:
        place = self._project_place if record.scope == "project" else "personal"
        key = bounds.topic_key(record.topic_key)
        if key and screened("topic key", key)[0] != key:
            raise _RecordError("the write firewall refused the topic key")
        holder = observations.find_by_topic(writer, (place,), key) if key else None
        if holder is not None and record.forgotten_at is None:
            self._note(line, f"taken without its topic key, which {holder.id} holds here")
            key = None
        head = Head(
            id=record.id,
            place=place,
            kind=record.kind,
            title=revision.title,
            topic_key=key,
            revision=revision.revision,
            duplicates=max(0, min(record.duplicates, _MOST)),
            created_at=self._moment(record.created_at),
            updated_at=revision.created_at,
            last_seen=self._moment(record.last_seen),
            forgotten_at=self._moment(record.forgotten_at) if record.forgotten_at else None,
            content=revision.content,
            provenance=revision.provenance,
        )
        observations.add(writer, head, marks(head.title, head.content))
        revisions.add(writer, revision)
        if head.forgotten_at is None:
            index(writer, self._desk, head)
        self._tally.added["observation"] += 1
        self._stands(revision, added=True)

    def _continue(self, writer: Writer, head: Head, revision: Revision, there: Revision | None) -> None:
        if there is not None:
            if (there.title, there.content) != (revision.title, revision.content):
                self._diverged = head.id
                raise _RecordError(f"revision {revision.revision} of {head.id} differs from the one here")
            self._stands(there, added=False)
            return
        beneath = revisions.newest(writer, head.id, revision.revision, 1)
        if beneath and beneath[0].revision != self._matched:
            raise _RecordError("the revision that stands here beneath this one is not in the file")
        revisions.add(writer, revision)
        self._stands(revision, added=True)
        if revision.revision < head.revision:
            return
        changed = replace(
            head,
            title=revision.title,
            content=revision.content,
            revision=revision.revision,
            updated_at=revision.created_at,
        )
        observations.advance(writer, changed, marks(changed.title, changed.content))
        if changed.forgotten_at is None:
            index(writer, self._desk, changed)

    def _add_relation(self, writer: Writer, record: RelationRecord) -> None:
        if record.source == record.target:
            raise _RecordError("an observation can't be related to itself")
        for end in (record.source, record.target):
            head = observations.find(writer, end[: bounds.MAX_NAME])
            if head is None or head.place not in (*self._places("project"), "personal"):
                raise _RecordError("an observation of this relation is not of this project or personal")
            if end not in self._held:
                raise _RecordError("an observation of this relation is not in the file as it stands here")
        relation = Relation(
            source_id=record.source,
            kind=record.kind,
            target_id=record.target,
            created_at=self._moment(record.created_at),
            trust="imported",
        )
        self._count("relation", added=relations.add(writer, relation))

    def _add_session(self, writer: Writer, record: SessionRecord) -> None:
        _check_id(record.id)
        if sessions.find(writer, record.id) is not None:
            self._count("session", added=False)
            return
        goal = bounds.one_line(bounds.storable(record.goal))[: bounds.MAX_TITLE]
        origin = provenance_screened(Provenance(provider=record.provider, agent=record.agent))
        summary = record.summary_id if _ID.fullmatch(record.summary_id or "") else None
        session = Session(
            id=record.id,
            project_id=self._project_place.removeprefix("project:"),
            goal=screened("goal", goal)[0] if goal else "",
            provider=origin.provider,
            agent=origin.agent,
            started_at=self._moment(record.started_at),
            ended_at=self._moment(record.ended_at) if record.ended_at else None,
            summary_id=summary if summary and observations.find(writer, summary) else None,
        )
        sessions.add(writer, session)
        self._count("session", added=True)

    def _stands(self, revision: Revision, *, added: bool) -> None:
        """Count a revision that the file and the database hold alike."""
        self._matched = revision.revision
        self._held.add(revision.observation_id)
        self._count("revision", added=added)

    def _count(self, what: str, *, added: bool) -> None:
        (self._tally.added if added else self._tally.already)[what] += 1

    def _note(self, line: int, text: str) -> None:
        if len(self._tally.notes) < _SHOWN:
            self._tally.notes.append(Skip(line=line, reason=text))

    def _moment(self, text: str) -> str:
        try:
            moment = datetime.fromisoformat(text)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            raise _RecordError("a moment is not ISO 8601") from None
        if moment < _EPOCH:
            raise _RecordError("a moment lies before 1970")
        return stamp(min(moment, self._desk.clock.now()))


def _is_of_project(record: Record | None) -> bool:
    return isinstance(record, SessionRecord) or (
        isinstance(record, ObservationRecord) and record.scope == "project"
    )


def _check_id(id: str) -> None:
    if not _ID.fullmatch(id):
        raise _RecordError("the id is not one of ours")


def _origin(record: RevisionRecord) -> Provenance:
    return Provenance(
        provider=record.provider,
        agent=record.agent,
        session=record.session,
        run=record.run,
        trust="imported",
    )
