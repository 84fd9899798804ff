"""Files as they would stand in the course of a plan: what one target changes, the next one sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from vgxness.contract.provider import ConfigTarget
from vgxness.setup.files import look
from vgxness.setup.models import Change, OwnedEntry, Party, Snapshot


class Desk:
    """What was looked at and what was decided about it; nothing is written."""

    def __init__(self) -> None:
        self._decided: dict[Path, Change] = {}
        self._claims: dict[Path, dict[Party, tuple[OwnedEntry, ...]]] = {}
        self.conflicts: list[tuple[ConfigTarget, Party]] = []

    def look(self, path: Path, roots: Sequence[Path]) -> Snapshot:
        """Return a file as it stands, or as an earlier target of the plan leaves it.

        Raises:
            VgxnessError: `config_blocked`, as `files.look`.
        """
        seen = look(path, roots)
        decided = self._decided.get(seen.real)
        if decided is None:
            return seen
        return replace(seen, content=decided.content, mode=decided.mode)

    def decide(self, change: Change) -> None:
        """Remember what a target leaves, and what is whose in it."""
        if change.writes:
            self._decided[change.standing.real] = change
        self._claims.setdefault(change.standing.real, {})[change.party] = change.entries

    def claims(self, real: Path) -> Mapping[Party, tuple[OwnedEntry, ...]]:
        """Return what each party will hold in a file, where that was decided already."""
        return self._claims.get(real, {})
