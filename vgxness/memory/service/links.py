"""Relations: one observation supersedes another, or contradicts it."""

from __future__ import annotations

from vgxness.contract.storage import Reader
from vgxness.errors import VgxnessError
from vgxness.memory import bounds
from vgxness.memory.desk import Desk
from vgxness.memory.models import RELATION_KINDS, Conflict, Related, Relation, RelationKind, Trust
from vgxness.memory.service.updates import live
from vgxness.memory.store import observations, relations


def relate(desk: Desk, *, source: str, kind: RelationKind, target: str, trust: Trust = "agent") -> Related:
    """Record that `source` supersedes, or conflicts with, `target`.

    The newer word counts: saying it the other way round replaces a `supersedes`; a `conflicts-with`
    reads the same from both sides.

    Raises:
        VgxnessError: `usage` for an observation and itself, `unknown_observation`, `observation_forgotten`.
    """
    bounds.one_of("relation", kind, RELATION_KINDS)
    if source == target:
        raise VgxnessError(
            "usage",
            f"An observation can't be related to itself: {source[:40]!r}.",
            hint="Give the ids of two observations.",
        )
    with desk.engine.writing() as writer:
        ends = live(writer, source).id, live(writer, target).id
        there = relations.find(writer, ends[0], kind, ends[1])
        if there is None and kind == "conflicts-with":
            there = relations.find(writer, ends[1], kind, ends[0])
        if there is not None:
            return Related(action="unchanged", relation=there)
        replaced = kind == "supersedes" and relations.remove(writer, ends[1], kind, ends[0])
        relation = Relation(
            source_id=ends[0], kind=kind, target_id=ends[1], created_at=desk.now(), trust=trust
        )
        relations.add(writer, relation)
        return Related(action="replaced" if replaced else "created", relation=relation)


def conflicts(desk: Desk, *, limit: int = 50) -> tuple[Conflict, ...]:
    """Return the unresolved contradictions, newest first; a `supersedes` between two resolves theirs.

    Raises:
        VgxnessError: `usage` for a limit outside 1 to 200.
    """
    bounds.limit(limit)
    places = desk.places()

    def ask(reader: Reader) -> tuple[Conflict, ...]:
        found = relations.conflicts(reader, places, limit)
        ends = list(dict.fromkeys(end for it in found for end in (it.source_id, it.target_id)))
        lines = observations.lines(reader, ends)
        return tuple(
            Conflict(one=lines[it.source_id], other=lines[it.target_id], since=it.created_at) for it in found
        )

    return desk.look(ask, ())
