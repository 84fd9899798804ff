"""What a new session is told: the last summaries, what was decided, what is new; bounded and fenced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vgxness.contract.storage import Reader
from vgxness.memory import bounds
from vgxness.memory.budget import leading, shortened, tokens
from vgxness.memory.desk import Desk
from vgxness.memory.models import Kind, Line, Recollection, Session
from vgxness.memory.places import PERSONAL
from vgxness.memory.recall import fence
from vgxness.memory.store import observations, relations, sessions

MAX_TOKENS: Final = 1_500
MAX_CHARACTERS: Final = 6_000
LEAST_TOKENS: Final = 200
MOST_TOKENS: Final = 20_000

_STANDING: Final[tuple[Kind, ...]] = ("decision", "preference", "pattern", "config")
_LOOKED_AT: Final = 12
_FIRST_SUMMARY, _SUMMARY, _STANDING_EXCERPT, _OTHER = 1_500, 400, 240, 160
_LEAST_ENTRY: Final = 100
_EMPTY: Final = "Nothing is remembered for this project yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    id: str
    text: str


def recollect(
    desk: Desk,
    *,
    project: str | None = None,
    max_tokens: int = MAX_TOKENS,
    max_characters: int = MAX_CHARACTERS,
) -> Recollection:
    """Return what a new session should know of a project and the person, within both bounds.

    Args:
        desk: where to look.
        project: an id; None is the current project.
        max_tokens: 200 to 20,000, by the estimate of `budget.tokens`.
        max_characters: counted with the fence.

    Raises:
        VgxnessError: `usage` for a bound out of range; `unknown_project`.
    """
    if not LEAST_TOKENS <= max_tokens <= MOST_TOKENS or max_characters < LEAST_TOKENS:
        bounds.one_of("token bound", str(max_tokens), (f"{LEAST_TOKENS} to {MOST_TOKENS}",))
    places = desk.places(project=project)
    entries = desk.look(lambda reader: _entries(reader, places), ())
    if not entries:
        return Recollection(text=_EMPTY, ids=(), tokens=tokens(_EMPTY), left_out=0)
    return _fitted(entries, max_tokens, max_characters)


def _fitted(entries: tuple[_Entry, ...], max_tokens: int, max_characters: int) -> Recollection:
    frame = fence("")
    room, characters = max_tokens - tokens(frame) - 8, max_characters - len(frame) - 8
    taken: list[_Entry] = []
    for entry in entries:
        text = entry.text
        if tokens(text) >= room or len(text) >= characters:
            text = leading(text[: max(0, characters - 2)], room - 2) + "…"
        if len(text) < min(_LEAST_ENTRY, len(entry.text)):
            continue
        room, characters = room - tokens(text) - 1, characters - len(text) - 1
        taken.append(_Entry(id=entry.id, text=text))
    text = fence("\n".join(entry.text for entry in taken))
    return Recollection(
        text=text,
        ids=tuple(entry.id for entry in taken),
        tokens=tokens(text),
        left_out=len(entries) - len(taken),
    )


def _entries(reader: Reader, places: tuple[str, ...]) -> tuple[_Entry, ...]:
    drafts = [it for it in sessions.newest(reader, [it for it in places if it != PERSONAL], 3) if it.draft]
    summaries = _newest(reader, places, ("session-summary",), 3)
    standing = _newest(reader, places, _STANDING, _LOOKED_AT)
    recent = [
        line
        for place in places
        for line in observations.newest(reader, place, observations.Filter(), _LOOKED_AT)
    ]
    superseded = relations.superseders(reader, [line.id for line in (*standing, *recent)])
    entries = [_draft(session) for session in drafts]
    for position, line in enumerate(summaries):
        entries.append(_entry(line, _SUMMARY if position else _FIRST_SUMMARY))
    entries.extend(_entry(line, _STANDING_EXCERPT) for line in standing if line.id not in superseded)
    entries.extend(_entry(line, _OTHER) for line in _by_age(recent) if line.id not in superseded)
    once: dict[str, _Entry] = {}
    for entry in entries:
        once.setdefault(entry.id, entry)
    return tuple(once.values())


def _newest(reader: Reader, places: Iterable[str], kinds: tuple[Kind, ...], limit: int) -> list[Line]:
    found = [
        line
        for place in places
        for kind in kinds
        for line in observations.newest_of_kind(reader, place, kind, limit)
    ]
    return _by_age(found)[:limit]


def _by_age(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.updated_at, line.id), reverse=True)


def _entry(line: Line, excerpt: int) -> _Entry:
    where = ", personal" if line.scope == "personal" else ""
    text = f"- [{line.kind}{where}] {line.title} ({line.id}, {line.updated_at[:10]})"
    body = shortened(line.excerpt, excerpt)
    return _Entry(id=line.id, text=text if body == line.title else f"{text}: {body}")


def _draft(session: Session) -> _Entry:
    body = shortened(bounds.one_line(session.draft), _SUMMARY)
    return _Entry(id=session.id, text=f"- [unfinished session] {session.started_at[:10]}: {body}")
