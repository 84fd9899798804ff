"""Rows of relations between observations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from vgxness.contract.storage import Reader, Row, Writer
from vgxness.memory.models import Relation, RelationKind, Trust
from vgxness.memory.store.statement import with_marks


def add(writer: Writer, relation: Relation) -> bool:
    """Insert a relation; False where it is there already."""
    changed = writer.execute(
        "INSERT INTO memory_relation (source_id, kind, target_id, created_at, trust) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (source_id, kind, target_id) DO NOTHING",
        (relation.source_id, relation.kind, relation.target_id, relation.created_at, relation.trust),
    )
    return changed > 0


def remove(writer: Writer, source: str, kind: RelationKind, target: str) -> bool:
    """Delete a relation; False where there is none."""
    changed = writer.execute(
        "DELETE FROM memory_relation WHERE source_id = ? AND kind = ? AND target_id = ?",
        (source, kind, target),
    )
    return changed > 0


def find(reader: Reader, source: str, kind: RelationKind, target: str) -> Relation | None:
    """Return a relation as it was given."""
    row = reader.row(
        "SELECT source_id, kind, target_id, created_at, trust FROM memory_relation"
        " WHERE source_id = ? AND kind = ? AND target_id = ?",
        (source, kind, target),
    )
    return _relation(row) if row else None


def of(reader: Reader, id: str, limit: int = 100) -> tuple[Relation, ...]:
    """Return the relations in which an observation is either side, oldest first."""
    rows = reader.rows(
        "SELECT source_id, kind, target_id, created_at, trust FROM memory_relation"
        " WHERE source_id = ? OR target_id = ? ORDER BY created_at, source_id, kind, target_id LIMIT ?",
        (id, id, limit),
    )
    return tuple(map(_relation, rows))


def superseders(reader: Reader, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, by id, the live observations that supersede each of the asked ones."""
    if not ids:
        return {}
    rows = reader.rows(
        with_marks(
            "SELECT r.target_id, r.source_id FROM memory_relation r JOIN memory_observation o"
            " ON o.id = r.source_id WHERE r.target_id IN (?*) AND r.kind = 'supersedes'"
            " AND o.forgotten_at IS NULL ORDER BY r.created_at, r.source_id",
            len(ids),
        ),
        tuple(ids),
    )
    found: dict[str, tuple[str, ...]] = {}
    for target, source in rows:
        found[str(target)] = (*found.get(str(target), ()), str(source))
    return found


def conflicts(reader: Reader, places: Sequence[str], limit: int) -> list[Relation]:
    """Return the contradictions among live observations that no `supersedes` between them settles."""
    rows = reader.rows(
        with_marks(
            "SELECT r.source_id, r.kind, r.target_id, r.created_at, r.trust FROM memory_relation r"
            " JOIN memory_observation a ON a.id = r.source_id JOIN memory_observation b ON b.id = r.target_id"
            " WHERE r.kind = 'conflicts-with' AND a.place IN (?*)"
            " AND a.forgotten_at IS NULL AND b.forgotten_at IS NULL AND NOT EXISTS ("
            "SELECT 1 FROM memory_relation s WHERE s.kind = 'supersedes' AND ("
            "(s.source_id = r.source_id AND s.target_id = r.target_id)"
            " OR (s.source_id = r.target_id AND s.target_id = r.source_id)))"
            " ORDER BY r.created_at DESC, r.source_id, r.target_id LIMIT ?",
            len(places),
        ),
        (*places, limit),
    )
    return [_relation(row) for row in rows]


def in_order(reader: Reader, places: Sequence[str], *, forgotten: bool) -> Iterator[Relation]:
    """Yield the relations whose both ends are in the places, in a stable order."""
    after = ("", "", "")
    while True:
        rows = reader.rows(
            with_marks(
                "SELECT r.source_id, r.kind, r.target_id, r.created_at, r.trust FROM memory_relation r"
                " JOIN memory_observation a ON a.id = r.source_id"
                " JOIN memory_observation b ON b.id = r.target_id"
                " WHERE (r.source_id > ? OR (r.source_id = ? AND (r.kind > ? OR (r.kind = ?"
                " AND r.target_id > ?)))) AND a.place IN (?*)"
                " AND b.place IN (?*) AND (? = 1 OR (a.forgotten_at IS NULL AND b.forgotten_at IS NULL))"
                " ORDER BY r.source_id, r.kind, r.target_id LIMIT 200",
                len(places),
            ),
            (after[0], after[0], after[1], after[1], after[2], *places, *places, int(forgotten)),
        )
        if not rows:
            return
        yield from map(_relation, rows)
        after = (str(rows[-1][0]), str(rows[-1][1]), str(rows[-1][2]))


def _relation(row: Row) -> Relation:
    source, kind, target, created_at, trust = map(str, row)
    return Relation(
        source_id=source,
        kind=cast("RelationKind", kind),
        target_id=target,
        created_at=created_at,
        trust=cast("Trust", trust),
    )
