"""The verbs of events: tell, or keep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vgxness.errors import VgxnessError
from vgxness.hook.event import Event
from vgxness.memory import Draft, Listing, MemoryService, Provenance

if TYPE_CHECKING:
    from vgxness.hook.note import Note

_OWN_SUMMARY: Final = "vgxness_session_end"
_HEAD: Final = "What earlier sessions left for you in vgxness memory:"


class HookService:
    """What the events of agent clients do; each verb may be repeated."""

    def __init__(self, *, memory: MemoryService, workspace: Path) -> None:
        self._memory = memory
        self._workspace = workspace

    def answer(self, event: Event) -> str:
        """Return what the client is to read on stdout, "" for nothing.

        Raises:
            VgxnessError: what memory raises.
        """
        if event.name == "session-start":
            return self._context()
        self._keep(event)
        return ""

    def _context(self) -> str:
        """Return the bounded, fenced context; nothing where nothing is remembered. Writes nothing."""
        found = self._memory.context()
        if not found.ids:
            return ""
        told = {"hookEventName": "SessionStart", "additionalContext": f"{_HEAD}\n\n{found.text}"}
        return json.dumps({"hookSpecificOutput": told})

    def _keep(self, event: Event) -> None:
        """Keep one note of a session, revised each time; the agent's own summary makes it needless."""
        # Only what ends a session needs these; a client waits for its start.
        from vgxness.hook.note import is_worth_a_note, note_of
        from vgxness.hook.transcript import read_sitting

        sitting = read_sitting(event.transcript)
        key = f"session/{event.session}"
        if not event.session or not is_worth_a_note(sitting):
            return
        if sitting.has_called(_OWN_SUMMARY):
            self._drop(key)
            return
        origin = Provenance(provider=event.client, session=event.session)
        try:
            self._save(key, note_of(sitting, self._workspace, quoting=True), origin)
        except VgxnessError as error:
            if error.code != "memory_refused":
                raise
            self._save(key, note_of(sitting, self._workspace, quoting=False), origin)

    def _save(self, key: str, note: Note, origin: Provenance) -> None:
        draft = Draft(
            title=note.title,
            content=note.content,
            kind="session-summary",
            topic_key=key,
            provenance=origin,
        )
        self._memory.save(draft)

    def _drop(self, key: str) -> None:
        for line in self._memory.list(Listing(topic_prefix=key, scope="project")).items:
            self._memory.forget(line.id)
