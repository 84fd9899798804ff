"""Rows of sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from vgxness.contract.storage import Reader, Row, Writer
from vgxness.memory.models import Session
from vgxness.memory.places import place_of, project_of
from vgxness.memory.store.statement import with_marks


def add(writer: Writer, session: Session) -> None:
    """Insert a session."""
    writer.execute(
        "INSERT INTO memory_session (id, place, goal, provider, agent, started_at, ended_at, draft,"
        " summary_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            session.id,
            place_of(session.project_id),
            session.goal,
            session.provider,
            session.agent,
            session.started_at,
            session.ended_at,
            session.draft,
            session.summary_id,
        ),
    )


def end(writer: Writer, id: str, ended_at: str, summary_id: str) -> None:
    """Mark as ended with this summary; the draft has done its work and goes."""
    writer.execute(
        "UPDATE memory_session SET ended_at = ?, summary_id = ?, draft = '' WHERE id = ?",
        (ended_at, summary_id, id),
    )


def set_draft(writer: Writer, id: str, draft: str) -> None:
    """Replace the interim summary."""
    writer.execute("UPDATE memory_session SET draft = ? WHERE id = ?", (draft, id))


def find(reader: Reader, id: str) -> Session | None:
    """Return one session."""
    row = reader.row(
        "SELECT id, place, goal, provider, agent, started_at, ended_at, draft, summary_id"
        " FROM memory_session WHERE id = ?",
        (id,),
    )
    return _session(row) if row else None


def find_by_summary(reader: Reader, summary_id: str) -> Session | None:
    """Return the newest session that ended with this summary."""
    row = reader.row(
        "SELECT id, place, goal, provider, agent, started_at, ended_at, draft, summary_id"
        " FROM memory_session WHERE summary_id = ? ORDER BY started_at DESC, id DESC LIMIT 1",
        (summary_id,),
    )
    return _session(row) if row else None


def newest(reader: Reader, places: Sequence[str], limit: int) -> list[Session]:
    """Return the sessions of the places, the latest started first."""
    if not places:
        return []
    rows = reader.rows(
        with_marks(
            "SELECT id, place, goal, provider, agent, started_at, ended_at, draft, summary_id"
            " FROM memory_session WHERE place IN (?*) ORDER BY started_at DESC, id DESC LIMIT ?",
            len(places),
        ),
        (*places, limit),
    )
    return [_session(row) for row in rows]


def count(reader: Reader, places: Sequence[str]) -> int:
    """Return how many sessions the places have."""
    row = reader.row(
        with_marks("SELECT count(*) FROM memory_session WHERE place IN (?*)", len(places)), tuple(places)
    )
    return cast("int", row[0]) if row else 0


def in_order(reader: Reader, place: str) -> Iterator[Session]:
    """Yield the sessions of a place by id, which is the order they began in, in bounded bites."""
    last = ""
    while True:
        rows = reader.rows(
            "SELECT id, place, goal, provider, agent, started_at, ended_at, draft, summary_id"
            " FROM memory_session WHERE place = ? AND id > ? ORDER BY id LIMIT 100",
            (place, last),
        )
        if not rows:
            return
        yield from map(_session, rows)
        last = str(rows[-1][0])


def _session(row: Row) -> Session:
    own, place, goal, provider, agent, started_at, ended_at, draft, summary_id = row
    return Session(
        id=str(own),
        project_id=project_of(str(place)) or "",
        goal=str(goal),
        provider=str(provider),
        agent=str(agent),
        started_at=str(started_at),
        ended_at=cast("str | None", ended_at),
        draft=str(draft),
        summary_id=cast("str | None", summary_id),
    )
