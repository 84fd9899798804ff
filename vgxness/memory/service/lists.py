"""Reading without a query: get, list, revisions, statistics."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace
from typing import Final

from vgxness.contract.storage import Reader
from vgxness.errors import VgxnessError
from vgxness.memory import bounds
from vgxness.memory.desk import Desk
from vgxness.memory.models import KINDS, SCOPES, Kind, Line, Observation, Page, Revision, Scope, Stats
from vgxness.memory.places import scope_of
from vgxness.memory.service.updates import known, live, unknown
from vgxness.memory.store import observations, relations, revisions, sessions

_CURSOR: Final = re.compile(r"([0-9T:.Z-]{20,30})\|([a-z0-9_]{1,100})")
_NO_STATS: Final = Stats(
    observations={}, total=0, revisions=0, forgotten=0, duplicates=0, sessions=0, conflicts=0
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list asks for.

    Attributes:
        limit: the most lines, 1 to 200.
        cursor: a page's `next_cursor`, to go on after it.
        scope: None lists the project's family and the personal scope.
        topic_prefix: only topic keys that begin so.
        forgotten: the forgotten ones instead of the live ones.
    """

    limit: int = 20
    cursor: str | None = None
    scope: Scope | None = None
    kind: Kind | None = None
    topic_prefix: str = ""
    forgotten: bool = False


def newest(desk: Desk, listing: Listing) -> Page:
    """Return a page of observations, newest first; nothing is created.

    Raises:
        VgxnessError: `usage` for a bound, kind, scope or cursor that is not as documented.
    """
    bounds.limit(listing.limit)
    if listing.kind is not None:
        bounds.one_of("kind", listing.kind, KINDS)
    if listing.scope is not None:
        bounds.one_of("scope", listing.scope, SCOPES)
    wanted = observations.Filter(
        kind=listing.kind or "",
        topic_prefix=bounds.storable(listing.topic_prefix),
        forgotten=listing.forgotten,
    )
    if listing.cursor:
        wanted = replace(wanted, before=_opened(listing.cursor))
    places = desk.places(listing.scope)

    def ask(reader: Reader) -> Page:
        found = [
            line for place in places for line in observations.newest(reader, place, wanted, listing.limit + 1)
        ]
        found.sort(key=lambda line: (line.updated_at, line.id), reverse=True)
        more = len(found) > listing.limit
        items = tuple(found[: listing.limit])
        return Page(items=items, next_cursor=cursor_after(items[-1]) if more else None)

    return desk.look(ask, Page(items=(), next_cursor=None))


def get(desk: Desk, id: str, *, forgotten: bool = False) -> Observation:
    """Return one observation whole, of any project of this database: its id was said explicitly.

    Raises:
        VgxnessError: `unknown_observation`; `observation_forgotten` unless `forgotten` asks for it.
    """

    def ask(reader: Reader) -> Observation:
        head = known(reader, id) if forgotten else live(reader, id)
        return replace(observations.whole(head), relations=relations.of(reader, head.id))

    found = desk.look(ask, None)
    if found is None:
        raise unknown(id)
    return found


def history(desk: Desk, id: str, *, limit: int = 20, before: int | None = None) -> tuple[Revision, ...]:
    """Return the revisions of an observation, newest first, forgotten or not.

    Raises:
        VgxnessError: `unknown_observation`, or `usage` for a limit outside 1 to 200.
    """
    bounds.limit(limit)

    def ask(reader: Reader) -> tuple[Revision, ...]:
        head = known(reader, id)
        return tuple(revisions.newest(reader, head.id, before or head.revision + 1, limit))

    found = desk.look(ask, None)
    if found is None:
        raise unknown(id)
    return found


def stats(desk: Desk) -> Stats:
    """Return the counts over the project's family and the personal scope; nothing is created."""
    places = desk.places()

    def ask(reader: Reader) -> Stats:
        live_ones: dict[str, int] = {}
        forgotten = duplicates = 0
        for place in places:
            for kind, gone, number, again in observations.counts(reader, place):
                duplicates += again
                if gone:
                    forgotten += number
                else:
                    name = f"{scope_of(place)}/{kind}"
                    live_ones[name] = live_ones.get(name, 0) + number
        return Stats(
            observations=dict(sorted(live_ones.items())),
            total=sum(live_ones.values()),
            revisions=revisions.count(reader, places),
            forgotten=forgotten,
            duplicates=duplicates,
            sessions=sessions.count(reader, places),
            conflicts=len(relations.conflicts(reader, places, 1000)),
        )

    return desk.look(ask, _NO_STATS)


def cursor_after(line: Line) -> str:
    """Return the cursor with which a list goes on after this line."""
    return base64.urlsafe_b64encode(f"{line.updated_at}|{line.id}".encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise VgxnessError("usage", "The cursor is not one that a list gave.", hint="Start without a cursor.")
    return match[1], match[2]
