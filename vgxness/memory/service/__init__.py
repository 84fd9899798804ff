"""The verbs of memory, gathered: what surfaces call."""

from __future__ import annotations

from typing import IO

from vgxness.contract.context import Clock
from vgxness.contract.storage import Engine
from vgxness.memory.desk import Desk
from vgxness.memory.models import (
    Conflict,
    Draft,
    Observation,
    Page,
    Recollection,
    Related,
    RelationKind,
    Revision,
    Saved,
    SearchAnswer,
    Stats,
    Trust,
)
from vgxness.memory.ports import Place
from vgxness.memory.records import Exported, Imported
from vgxness.memory.service import context, exports, imports, links, lists, saves, searches, updates
from vgxness.memory.service.exports import Choice
from vgxness.memory.service.lists import Listing
from vgxness.memory.service.searches import Question
from vgxness.memory.service.sessions import Sessions
from vgxness.memory.service.updates import Change, Forgetting


class MemoryService:
    """Memory of one place: the current project's family and the person.

    What reads creates nothing, and answers empty where there is no database or no such project yet.
    """

    def __init__(self, *, engine: Engine, clock: Clock, place: Place) -> None:
        self._desk = Desk(engine=engine, clock=clock, place=place)
        self.sessions = Sessions(self._desk)

    def save(self, draft: Draft) -> Saved:
        """Store a text once; see `saves.save`."""
        return saves.save(self._desk, draft)

    def update(self, change: Change) -> Saved:
        """Write a new revision of a known observation; see `updates.update`."""
        return updates.update(self._desk, change)

    def search(self, question: Question) -> SearchAnswer:
        """Return the best hits, compact; see `searches.search`."""
        return searches.search(self._desk, question)

    def finds(self, id: str) -> bool:
        """Whether search brings up a live observation by its own words; see `searches.finds`."""
        return searches.finds(self._desk, id)

    def get(self, id: str, *, forgotten: bool = False) -> Observation:
        """Return one observation whole, of any project; see `lists.get`."""
        return lists.get(self._desk, id, forgotten=forgotten)

    def list(self, listing: Listing) -> Page:
        """Return a page of observations, newest first; see `lists.newest`."""
        return lists.newest(self._desk, listing)

    def revisions(self, id: str, *, limit: int = 20, before: int | None = None) -> tuple[Revision, ...]:
        """Return an observation's contents, newest first; see `lists.history`."""
        return lists.history(self._desk, id, limit=limit, before=before)

    def forget(self, id: str) -> Forgetting:
        """Take an observation out of lists and search; see `updates.forget`."""
        return updates.forget(self._desk, id)

    def restore(self, id: str) -> Forgetting:
        """Bring a forgotten observation back; see `updates.restore`."""
        return updates.restore(self._desk, id)

    def relate(self, *, source: str, kind: RelationKind, target: str, trust: Trust = "agent") -> Related:
        """Record that one supersedes, or conflicts with, another; see `links.relate`."""
        return links.relate(self._desk, source=source, kind=kind, target=target, trust=trust)

    def conflicts(self, *, limit: int = 50) -> tuple[Conflict, ...]:
        """Return the unresolved contradictions; see `links.conflicts`."""
        return links.conflicts(self._desk, limit=limit)

    def context(
        self,
        *,
        project: str | None = None,
        max_tokens: int = context.MAX_TOKENS,
        max_characters: int = context.MAX_CHARACTERS,
    ) -> Recollection:
        """Return what a new session should know, bounded and fenced; see `context.recollect`."""
        return context.recollect(
            self._desk, project=project, max_tokens=max_tokens, max_characters=max_characters
        )

    def stats(self) -> Stats:
        """Return counts; see `lists.stats`."""
        return lists.stats(self._desk)

    def export(self, write: exports.Write, choice: Choice) -> Exported:
        """Write an export's lines; see `exports.export`."""
        return exports.export(self._desk, write, choice)

    def load(self, stream: IO[bytes], progress: imports.Progress | None = None) -> Imported:
        """Add an export's records, once; see `imports.load`."""
        return imports.load(self._desk, stream, progress)


__all__ = ["Change", "Choice", "Forgetting", "Listing", "MemoryService", "Question", "Sessions"]
