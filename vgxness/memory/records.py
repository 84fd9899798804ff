"""The lines of an export file, format "vgxness-memory", version 1. Unknown fields are ignored on import.

A header comes first; then observations each followed by its revisions (oldest first), relations, and
sessions. A file of the same rows is the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from vgxness.memory.models import Kind, RelationKind, Scope

FORMAT: Final = "vgxness-memory"
VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderRecord:
    """The first line.

    Attributes:
        redacted: whether secrets were looked for and replaced on the way out.
    """

    format: str
    version: int
    redacted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One session."""

    type: Literal["session"]
    id: str
    started_at: str
    goal: str = ""
    provider: str = ""
    agent: str = ""
    ended_at: str | None = None
    summary_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRecord:
    """One observation without its contents, which follow as revisions."""

    type: Literal["observation"]
    id: str
    scope: Scope
    kind: Kind
    topic_key: str | None = None
    duplicates: int = 0
    created_at: str
    last_seen: str
    forgotten_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRecord:
    """One content of the observation above it."""

    type: Literal["revision"]
    observation: str
    revision: int
    title: str
    content: str
    created_at: str
    provider: str = ""
    agent: str = ""
    session: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRecord:
    """One relation between two observations of the file."""

    type: Literal["relation"]
    source: str
    kind: RelationKind
    target: str
    created_at: str


Record = SessionRecord | ObservationRecord | RevisionRecord | RelationRecord
