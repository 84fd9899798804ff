"""Rows of observations: the head of each, and the lists made of heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from vgxness.contract.storage import Reader, Row, Writer
from vgxness.memory.bounds import one_line
from vgxness.memory.fingerprint import Marks
from vgxness.memory.models import Kind, Line, Observation, Provenance, Trust
from vgxness.memory.places import project_of, scope_of
from vgxness.memory.store.statement import with_marks

_LATEST: Final = "9999"
_EXCERPT: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An observation's present state, as the verbs need it."""

    id: str
    place: str
    kind: Kind
    title: str
    topic_key: str | None
    revision: int
    duplicates: int
    created_at: str
    updated_at: str
    last_seen: str
    forgotten_at: str | None
    content: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list asks for; "" means any.

    Attributes:
        before: the (updated_at, id) after which the list goes on, newest first.
        forgotten: the forgotten ones instead of the live ones.
    """

    kind: str = ""
    topic_prefix: str = ""
    before: tuple[str, str] = (_LATEST, "")
    forgotten: bool = False


def find(reader: Reader, id: str) -> Head | None:
    """Return the head of an observation, forgotten or not."""
    row = reader.row("SELECT * FROM memory_head WHERE id = ?", (id,))
    return _head(row) if row else None


def find_by_topic(reader: Reader, places: Sequence[str], key: str) -> Head | None:
    """Return the newest live observation that holds the topic key in one of the places."""
    row = reader.row(
        with_marks(
            "SELECT * FROM memory_head WHERE place IN (?*) AND topic_key = ? AND forgotten_at IS NULL"
            " ORDER BY updated_at DESC, id DESC LIMIT 1",
            len(places),
        ),
        (*places, key),
    )
    return _head(row) if row else None


def find_by_fingerprint(reader: Reader, places: Sequence[str], fingerprint: str, since: str) -> Head | None:
    """Return the newest live observation of this fingerprint that was seen since the moment."""
    row = reader.row(
        with_marks(
            "SELECT h.* FROM memory_head h JOIN memory_observation o ON o.id = h.id WHERE o.place IN (?*)"
            " AND o.fingerprint = ? AND o.last_seen >= ? AND o.forgotten_at IS NULL"
            " ORDER BY o.last_seen DESC, o.id DESC LIMIT 1",
            len(places),
        ),
        (*places, fingerprint, since),
    )
    return _head(row) if row else None


def find_alike(reader: Reader, places: Sequence[str], bands: Sequence[int], limit: int) -> list[str]:
    """Return the ids of live observations that agree with a text in one of its four bands."""
    if not bands:
        return []
    rows = reader.rows(
        with_marks(
            "SELECT id FROM memory_observation WHERE (band_1 = ? OR band_2 = ? OR band_3 = ? OR band_4 = ?)"
            " AND place IN (?*) AND forgotten_at IS NULL LIMIT ?",
            len(places),
        ),
        (*bands, *places, limit),
    )
    return [str(row[0]) for row in rows]


def add(writer: Writer, head: Head, marks: Marks) -> None:
    """Insert an observation without its content, which `revisions.add` holds."""
    writer.execute(
        "INSERT INTO memory_observation (id, place, kind, title, topic_key, revision, fingerprint,"
        " band_1, band_2, band_3, band_4, duplicates, created_at, updated_at, last_seen, forgotten_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            head.id,
            head.place,
            head.kind,
            head.title,
            head.topic_key,
            head.revision,
            marks.fingerprint,
            *_four(marks.bands),
            head.duplicates,
            head.created_at,
            head.updated_at,
            head.last_seen,
            head.forgotten_at,
        ),
    )


def advance(writer: Writer, head: Head, marks: Marks) -> None:
    """Make the head's revision, title, kind and topic key the present ones."""
    writer.execute(
        "UPDATE memory_observation SET kind = ?, title = ?, topic_key = ?, revision = ?, fingerprint = ?,"
        " band_1 = ?, band_2 = ?, band_3 = ?, band_4 = ?, updated_at = ?, last_seen = ? WHERE id = ?",
        (
            head.kind,
            head.title,
            head.topic_key,
            head.revision,
            marks.fingerprint,
            *_four(marks.bands),
            head.updated_at,
            head.last_seen,
            head.id,
        ),
    )


def count_again(writer: Writer, id: str, now: str) -> None:
    """Count one more save of the same text."""
    writer.execute(
        "UPDATE memory_observation SET duplicates = duplicates + 1, last_seen = ? WHERE id = ?", (now, id)
    )


def set_forgotten(writer: Writer, id: str, moment: str | None) -> None:
    """Mark as forgotten at the moment, or as live again."""
    writer.execute("UPDATE memory_observation SET forgotten_at = ? WHERE id = ?", (moment, id))


def newest(reader: Reader, place: str, wanted: Filter, limit: int) -> list[Line]:
    """Return the lines of one place, newest first, after the filter's `before`."""
    moment, last = wanted.before
    rows = reader.rows(
        "SELECT id, place, kind, title, topic_key, revision, updated_at, forgotten_at,"
        " substr(content, 1, 1000) FROM memory_head WHERE place = ? AND updated_at <= ?"
        " AND (updated_at < ? OR id < ?) AND (? = '' OR kind = ?)"
        " AND substr(coalesce(topic_key, ''), 1, length(?)) = ?"
        " AND CASE WHEN forgotten_at IS NULL THEN 0 ELSE 1 END = ?"
        " ORDER BY updated_at DESC, id DESC LIMIT ?",
        (
            place,
            moment,
            moment,
            last,
            wanted.kind,
            wanted.kind,
            wanted.topic_prefix,
            wanted.topic_prefix,
            int(wanted.forgotten),
            limit,
        ),
    )
    return [_line(row) for row in rows]


def newest_of_kind(reader: Reader, place: str, kind: Kind, limit: int) -> list[Line]:
    """Return the newest live lines of one kind."""
    rows = reader.rows(
        "SELECT id, place, kind, title, topic_key, revision, updated_at, forgotten_at,"
        " substr(content, 1, 4000) FROM memory_head WHERE place = ? AND kind = ? AND forgotten_at IS NULL"
        " ORDER BY updated_at DESC LIMIT ?",
        (place, kind, limit),
    )
    return [_line(row, 4000) for row in rows]


def lines(reader: Reader, ids: Sequence[str], excerpt: int = _EXCERPT) -> dict[str, Line]:
    """Return the lines of the observations that exist, by id, with an excerpt of at most 1,000 characters."""
    if not ids:
        return {}
    rows = reader.rows(
        with_marks(
            "SELECT id, place, kind, title, topic_key, revision, updated_at, forgotten_at,"
            " substr(content, 1, 1000) FROM memory_head WHERE id IN (?*)",
            len(ids),
        ),
        tuple(ids),
    )
    return {str(row[0]): _line(row, excerpt) for row in rows}


def heads_in_order(reader: Reader, place: str, *, forgotten: bool) -> Iterator[Head]:
    """Yield the heads of a place by id, which is the order they were made in, in bounded bites."""
    last = ""
    while True:
        rows = reader.rows(
            "SELECT * FROM memory_head WHERE place = ? AND id > ?"
            " AND (forgotten_at IS NULL OR ? = 1) ORDER BY id LIMIT 100",
            (place, last, int(forgotten)),
        )
        if not rows:
            return
        for head in map(_head, rows):
            yield head
            last = head.id


def counts(reader: Reader, place: str) -> list[tuple[str, bool, int, int]]:
    """Return (kind, forgotten, observations, duplicates) for each that occurs."""
    rows = reader.rows(
        "SELECT kind, CASE WHEN forgotten_at IS NULL THEN 0 ELSE 1 END AS gone, count(*), sum(duplicates)"
        " FROM memory_observation WHERE place = ? GROUP BY kind, gone ORDER BY kind, gone",
        (place,),
    )
    return [(str(row[0]), row[1] == 1, cast("int", row[2]), cast("int", row[3])) for row in rows]


def whole(head: Head) -> Observation:
    """Return the head as the value that users see, without relations."""
    return Observation(
        id=head.id,
        project_id=project_of(head.place),
        scope=scope_of(head.place),
        kind=head.kind,
        title=head.title,
        content=head.content,
        topic_key=head.topic_key,
        revision=head.revision,
        duplicates=head.duplicates,
        created_at=head.created_at,
        updated_at=head.updated_at,
        last_seen=head.last_seen,
        forgotten_at=head.forgotten_at,
        provenance=head.provenance,
    )


def _four(bands: tuple[int, ...]) -> tuple[int | None, ...]:
    return bands or (None, None, None, None)


def _head(row: Row) -> Head:
    own, place, kind, title, topic, revision, duplicates, created, updated, seen, forgotten, *rest = row
    content, provider, agent, session, run, trust = map(str, rest)
    return Head(
        id=str(own),
        place=str(place),
        kind=cast("Kind", kind),
        title=str(title),
        topic_key=cast("str | None", topic),
        revision=cast("int", revision),
        duplicates=cast("int", duplicates),
        created_at=str(created),
        updated_at=str(updated),
        last_seen=str(seen),
        forgotten_at=cast("str | None", forgotten),
        content=content,
        provenance=Provenance(
            provider=provider, agent=agent, session=session, run=run, trust=cast("Trust", trust)
        ),
    )


def _line(row: Row, excerpt: int = _EXCERPT) -> Line:
    own, place, kind, title, topic, revision, updated, forgotten, start = row
    return Line(
        id=str(own),
        project_id=project_of(str(place)),
        scope=scope_of(str(place)),
        kind=cast("Kind", kind),
        title=str(title),
        topic_key=cast("str | None", topic),
        revision=cast("int", revision),
        updated_at=str(updated),
        forgotten_at=cast("str | None", forgotten),
        excerpt=one_line(str(start))[:excerpt],
    )
