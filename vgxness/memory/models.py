"""What memory says: frozen values. A moment is text as `kernel.clock.stamp` writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Kind = Literal[
    "decision", "discovery", "bugfix", "pattern", "preference", "config", "session-summary", "note"
]
Scope = Literal["project", "personal"]
Trust = Literal["agent", "terminal", "imported"]
RelationKind = Literal["supersedes", "conflicts-with"]
Action = Literal["created", "revised", "duplicate", "unchanged"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
RELATION_KINDS: Final[tuple[RelationKind, ...]] = get_args(RelationKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a text came from, as far as it was said; each name has at most 100 characters.

    Attributes:
        trust: the channel: an agent over MCP, a terminal, or an import file.
    """

    provider: str = ""
    agent: str = ""
    session: str = ""
    run: str = ""
    trust: Trust = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be saved.

    Attributes:
        topic_key: the durable upsert key: saving under it again revises the same observation.
        kind: None is "note" for a new observation, and leaves the kind of a revised one.
        idempotency_key: a retry with the same key gets the same answer, for 7 days.
    """

    title: str
    content: str
    topic_key: str | None = None
    kind: Kind | None = None
    scope: Scope = "project"
    provenance: Provenance = field(default_factory=Provenance)
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """A stored observation that says nearly the same; it is suggested and never merged.

    Attributes:
        likeness: the shared part of the words of both, 0 to 1.
    """

    id: str
    title: str
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save did.

    Attributes:
        action: "duplicate" counted the same text saved within the last 15 minutes; "unchanged" found
            it as the present revision of its topic key or id.
        project_id: None in the personal scope.
        duplicates: how often the same text was saved again.
        redacted: the firewall's rules that changed the text before it was stored.
        notes: what else was changed on the way, one sentence each.
    """

    id: str
    action: Action
    revision: int
    scope: Scope
    project_id: str | None
    duplicates: int = 0
    redacted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    similar: tuple[Similar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One observation's word on another."""

    source_id: str
    kind: RelationKind
    target_id: str
    created_at: str
    trust: Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """What relating two observations did.

    Attributes:
        action: "replaced" took back the opposite word, "unchanged" found the relation there.
    """

    action: Literal["created", "replaced", "unchanged"]
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One memory, whole.

    Attributes:
        project_id: None in the personal scope.
        duplicates: how often the same text was saved again; `last_seen` is the latest time.
        provenance: of the present revision.
        relations: in which it is either side.
    """

    id: str
    project_id: str | None
    scope: Scope
    kind: Kind
    title: str
    content: str
    topic_key: str | None
    revision: int
    duplicates: int
    created_at: str
    updated_at: str
    last_seen: str
    forgotten_at: str | None
    provenance: Provenance
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One content that an observation had or has; it never changes."""

    observation_id: str
    revision: int
    title: str
    content: str
    created_at: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One observation in a list.

    Attributes:
        excerpt: the first 240 characters of the content, on one line.
    """

    id: str
    project_id: str | None
    scope: Scope
    kind: Kind
    title: str
    topic_key: str | None
    revision: int
    updated_at: str
    forgotten_at: str | None
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, newest first; `next_cursor` asks for the following one, None at the end."""

    items: tuple[Line, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One found observation, compact; `get` has the whole.

    Attributes:
        snippet: at most 240 characters around the match, on one line.
        score: 0 to 1, comparable within one answer only.
        why: what spoke for it, for people and models.
        superseded_by: the observations that took its place; it ranks lower.
    """

    id: str
    title: str
    snippet: str
    score: float
    why: str
    kind: Kind
    scope: Scope
    project_id: str | None
    topic_key: str | None
    updated_at: str
    superseded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The hits, best first, and one line for each step of how they were found."""

    hits: tuple[SearchHit, ...]
    plan: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two live observations that contradict each other, neither superseding the other."""

    one: Line
    other: Line
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting of an agent.

    Attributes:
        draft: an interim summary, "" when none was left.
        summary_id: the observation that holds the summary; None until it ended.
    """

    id: str
    project_id: str
    goal: str
    provider: str
    agent: str
    started_at: str
    ended_at: str | None = None
    draft: str = ""
    summary_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnd:
    """How a session ended; `saved` tells of its summary."""

    session: Session
    saved: Saved


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """What a new session is told.

    Attributes:
        text: fenced as data, within the asked bounds.
        ids: of the observations that the text names, in order.
        tokens: an estimate, by `budget.tokens`.
        left_out: observations that were looked at and found no room.
    """

    text: str
    ids: tuple[str, ...]
    tokens: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts over the project's family and the personal scope.

    Attributes:
        observations: live ones, by "scope/kind".
        duplicates: texts that were counted instead of stored.
        conflicts: unresolved ones.
    """

    observations: dict[str, int]
    total: int
    revisions: int
    forgotten: int
    duplicates: int
    sessions: int
    conflicts: int
