"""Rows of revisions: every content an observation ever had. They are added and read, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from vgxness.contract.storage import Reader, Row, Writer
from vgxness.memory.models import Provenance, Revision, Trust
from vgxness.memory.store.statement import with_marks


def add(writer: Writer, revision: Revision) -> None:
    """Insert a revision."""
    origin = revision.provenance
    writer.execute(
        "INSERT INTO memory_revision (observation_id, revision, title, content, created_at, provider, agent,"
        " session, run, trust) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision.observation_id,
            revision.revision,
            revision.title,
            revision.content,
            revision.created_at,
            origin.provider,
            origin.agent,
            origin.session,
            origin.run,
            origin.trust,
        ),
    )


def newest(reader: Reader, id: str, before: int, limit: int) -> list[Revision]:
    """Return the revisions of an observation below a number, newest first."""
    rows = reader.rows(
        "SELECT observation_id, revision, title, content, created_at, provider, agent, session, run, trust"
        " FROM memory_revision WHERE observation_id = ? AND revision < ? ORDER BY revision DESC LIMIT ?",
        (id, before, limit),
    )
    return [_revision(row) for row in rows]


def in_order(reader: Reader, id: str, after: int, limit: int) -> list[Revision]:
    """Return the revisions of an observation above a number, oldest first."""
    rows = reader.rows(
        "SELECT observation_id, revision, title, content, created_at, provider, agent, session, run, trust"
        " FROM memory_revision WHERE observation_id = ? AND revision > ? ORDER BY revision LIMIT ?",
        (id, after, limit),
    )
    return [_revision(row) for row in rows]


def find(reader: Reader, id: str, number: int) -> Revision | None:
    """Return one revision."""
    found = in_order(reader, id, number - 1, 1)
    return found[0] if found and found[0].revision == number else None


def count(reader: Reader, places: Sequence[str]) -> int:
    """Return how many revisions the observations of the places have, forgotten ones included."""
    row = reader.row(
        with_marks(
            "SELECT count(*) FROM memory_revision r JOIN memory_observation o ON o.id = r.observation_id"
            " WHERE o.place IN (?*)",
            len(places),
        ),
        tuple(places),
    )
    return cast("int", row[0]) if row else 0


def _revision(row: Row) -> Revision:
    own, number, *rest = row
    title, content, created_at, provider, agent, session, run, trust = map(str, rest)
    return Revision(
        observation_id=str(own),
        revision=cast("int", number),
        title=title,
        content=content,
        created_at=created_at,
        provenance=Provenance(
            provider=provider, agent=agent, session=session, run=run, trust=cast("Trust", trust)
        ),
    )
