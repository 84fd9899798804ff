"""Search: the engine finds, recency and supersession re-rank, and each hit says why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from vgxness.contract.storage import Reader, TextHit, TextQuery
from vgxness.memory import bounds
from vgxness.memory.desk import Desk
from vgxness.memory.models import KINDS, SCOPES, Kind, Line, Scope, SearchAnswer, SearchHit
from vgxness.memory.places import PERSONAL, partition, partitions, place_of
from vgxness.memory.service import lists
from vgxness.memory.store import observations, relations

RECENCY_WEIGHT: Final = 0.15
HALF_LIFE_DAYS: Final = 30.0
SUPERSEDED_FACTOR: Final = 0.5
_REACH: Final = 4
_CROWD: Final = 50
_NOTHING: Final = SearchAnswer(hits=(), plan=("no database yet: nothing to search",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is searched for.

    Attributes:
        text: the user's words; blank asks for the newest.
        limit: the most hits, 1 to 200.
        scope: None searches the project's family and the personal scope.
    """

    text: str
    limit: int = 10
    scope: Scope | None = None
    kind: Kind | None = None


def search(desk: Desk, question: Question) -> SearchAnswer:
    """Return the best hits for the question; nothing is created and no character of it is syntax.

    Raises:
        VgxnessError: `usage` for a limit, kind or scope out of bounds, or what the engine's `reading` raises.
    """
    bounds.limit(question.limit)
    if question.kind is not None:
        bounds.one_of("kind", question.kind, KINDS)
    if question.scope is not None:
        bounds.one_of("scope", question.scope, SCOPES)
    text = bounds.one_line(bounds.storable(question.text).replace("\ufffd", " "))
    if not text:
        return _newest(desk, question)
    places = desk.places(question.scope)
    if not places:
        return SearchAnswer(hits=(), plan=("the project is not known yet: nothing to search",))
    reach = min(bounds.MAX_LIST, question.limit * _REACH)
    asked = TextQuery(text=text, partitions=partitions(places, question.kind), limit=reach)
    return desk.look(lambda reader: _ranked(reader, desk, question, asked), _NOTHING)


def finds(desk: Desk, id: str) -> bool:
    """Return whether the index brings up a live observation when asked with its own words.

    True also where 50 others come before it, or where it has no word to be asked with.
    """
    one = lists.get(desk, id)
    place = place_of(one.project_id) if one.project_id else PERSONAL
    words = f"{one.title} {one.content[:100]}"
    asked = TextQuery(text=words, partitions=(partition(place, one.kind),), limit=bounds.MAX_LIST)

    def ask(reader: Reader) -> bool:
        hits = desk.engine.text.search(reader, asked).hits
        wordless = not any(len(word) > 4 for word in asked.text.split())
        return wordless or len(hits) >= _CROWD or any(hit.id == id for hit in hits)

    return desk.look(ask, otherwise=True)


def _ranked(reader: Reader, desk: Desk, question: Question, asked: TextQuery) -> SearchAnswer:
    answer = desk.engine.text.search(reader, asked)
    ids = [hit.id for hit in answer.hits]
    lines = observations.lines(reader, ids)
    superseded = relations.superseders(reader, ids)
    best = max((hit.relevance for hit in answer.hits), default=1.0)
    now = desk.clock.now()
    found = [
        _hit(hit, line, best=best, now=now, superseded_by=superseded.get(hit.id, ()))
        for hit in answer.hits
        if (line := lines.get(hit.id)) is not None and line.forgotten_at is None
    ]
    found = _below_their_superseders(found)
    found.sort(key=lambda hit: (-hit.score, hit.id))
    step = (
        f"re-ranked {len(found)} hits: {1 - RECENCY_WEIGHT:.2f} relevance + {RECENCY_WEIGHT:.2f} recency"
        f" (half-life {HALF_LIFE_DAYS:.0f} days), superseded ones times {SUPERSEDED_FACTOR}"
    )
    return SearchAnswer(hits=tuple(found[: question.limit]), plan=(*answer.plan, step))


def _below_their_superseders(hits: list[SearchHit]) -> list[SearchHit]:
    """Return the hits with each superseded one's score under that of what took its place, where found."""
    scores = {hit.id: hit.score for hit in hits if not hit.superseded_by}
    lowered: list[SearchHit] = []
    for hit in hits:
        above = [scores[by] for by in hit.superseded_by if by in scores]
        lowered.append(replace(hit, score=round(min(hit.score, 0.99 * max(above)), 3)) if above else hit)
    return lowered


def _hit(
    hit: TextHit, line: Line, *, best: float, now: datetime, superseded_by: tuple[str, ...]
) -> SearchHit:
    age = max(0.0, (now - datetime.fromisoformat(line.updated_at)).total_seconds() / 86_400)
    relevance = hit.relevance / best if best > 0 else 1.0
    score = (1 - RECENCY_WEIGHT) * max(0.0, relevance) + RECENCY_WEIGHT * 0.5 ** (age / HALF_LIFE_DAYS)
    if superseded_by:
        score *= SUPERSEDED_FACTOR
    return SearchHit(
        id=line.id,
        title=line.title,
        snippet=bounds.one_line(hit.snippet)[:240],
        score=round(score, 3),
        why=_why(hit, age, superseded_by),
        kind=line.kind,
        scope=line.scope,
        project_id=line.project_id,
        topic_key=line.topic_key,
        updated_at=line.updated_at,
        superseded_by=superseded_by,
    )


def _why(hit: TextHit, age: float, superseded_by: tuple[str, ...]) -> str:
    words = ", ".join(word[:20] for word in hit.words[:5])
    more = f" and {len(hit.words) - 5} more" if len(hit.words) > 5 else ""
    parts = [f"has {words}{more}" if words else "near the query"]
    if hit.phrase:
        parts.append("as a phrase")
    parts.append(f"{int(age)} days old" if age >= 1 else "from today")
    if superseded_by:
        parts.append(f"superseded by {superseded_by[-1]}")
    return "; ".join(parts)


def _newest(desk: Desk, question: Question) -> SearchAnswer:
    page = lists.newest(desk, lists.Listing(limit=question.limit, scope=question.scope, kind=question.kind))
    hits = tuple(
        SearchHit(
            id=line.id,
            title=line.title,
            snippet=line.excerpt,
            score=0.0,
            why="newest",
            kind=line.kind,
            scope=line.scope,
            project_id=line.project_id,
            topic_key=line.topic_key,
            updated_at=line.updated_at,
        )
        for line in page.items
    )
    return SearchAnswer(hits=hits, plan=("no words in the query: the newest",))
