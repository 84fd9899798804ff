"""Memory: what agents and people keep, found again, revised, related, and handed on between sessions."""

from __future__ import annotations

from vgxness.memory.models import (
    KINDS,
    RELATION_KINDS,
    SCOPES,
    Conflict,
    Draft,
    Kind,
    Line,
    Observation,
    Page,
    Provenance,
    Recollection,
    Relation,
    RelationKind,
    Revision,
    Saved,
    Scope,
    SearchAnswer,
    SearchHit,
    Session,
    SessionEnd,
    Stats,
)
from vgxness.memory.ports import Place
from vgxness.memory.service import Change, Choice, Forgetting, Listing, MemoryService, Question, Sessions
from vgxness.memory.service.lists import cursor_after
from vgxness.memory.service.sessions import Ending

__all__ = [
    "KINDS",
    "RELATION_KINDS",
    "SCOPES",
    "Change",
    "Choice",
    "Conflict",
    "Draft",
    "Ending",
    "Forgetting",
    "Kind",
    "Line",
    "Listing",
    "MemoryService",
    "Observation",
    "Page",
    "Place",
    "Provenance",
    "Question",
    "Recollection",
    "Relation",
    "RelationKind",
    "Revision",
    "Saved",
    "Scope",
    "SearchAnswer",
    "SearchHit",
    "Session",
    "SessionEnd",
    "Sessions",
    "Stats",
    "cursor_after",
]
