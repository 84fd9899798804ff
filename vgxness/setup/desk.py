"""Files as they would stand in the course of a plan: what one target changes, the next one sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vgxness.setup.files import look
from vgxness.setup.models import Change, Snapshot


class Desk:
    """What was looked at and what was decided about it; nothing is written."""

    def __init__(self) -> None:
        self._decided: dict[Path, Change] = {}

    def look(self, path: Path, roots: Sequence[Path]) -> Snapshot:
        """Return a file as it stands, or as an earlier target of the plan leaves it.

        Raises:
            VgxnessError: `config_blocked`, as `files.look`.
        """
        seen = look(path, roots)
        decided = self._decided.get(seen.real)
        if decided is None:
            return seen
        return replace(seen, content=decided.content, mode=decided.mode, missing=())

    def decide(self, change: Change) -> None:
        """Remember what a target leaves."""
        if change.writes:
            self._decided[change.standing.real] = change
