"""The lines of an export file, format "vgxness-memory", version 1, and what a transfer of them did.

A header comes first; then observations each followed by its revisions (oldest first), relations, and
sessions. A file of the same rows is the same bytes. Unknown fields are ignored on import.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export wrote, by record type."""

    sessions: int
    observations: int
    revisions: int
    relations: int
    redacted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """One line of an import file that was not taken, and why; the reason never quotes the line."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did.

    Attributes:
        added: new records, by type.
        already: records that were here, by type.
        redacted: texts that the firewall changed.
        skipped: the first 100 lines not taken; `skipped_total` counts all.
        notes: what was taken in another form, the first 100.
    """

    added: dict[str, int]
    already: dict[str, int]
    redacted: int
    skipped: tuple[Skip, ...]
    skipped_total: int
    notes: tuple[Skip, ...]
