"""One file's history across all parties: who holds what in it, and what stood there before any of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vgxness.blobs import BlobStore
from vgxness.errors import VgxnessError
from vgxness.setup.editing import Config
from vgxness.setup.formats.values import same
from vgxness.setup.models import FileRecord, OwnedEntry, Party, Place, Receipt
from vgxness.setup.text import decode


@dataclass(frozen=True, slots=True)
class Step:
    """What one receipt did to the file for one party."""

    receipt: str
    record: FileRecord


@dataclass(frozen=True, slots=True)
class Lineage:
    """The steps of one file, oldest first.

    Attributes:
        pending: what each party will hold, decided by the plan under way.
    """

    steps: tuple[Step, ...]
    blobs: BlobStore
    pending: Mapping[Party, tuple[OwnedEntry, ...]]

    @classmethod
    def of(
        cls,
        receipts: Sequence[Receipt],
        real: Path,
        blobs: BlobStore,
        pending: Mapping[Party, tuple[OwnedEntry, ...]],
    ) -> Lineage:
        """Return the lineage of a file, symbolic links followed."""
        steps = (Step(receipt.id, file) for receipt in receipts for file in receipt.files)
        return cls(tuple(step for step in steps if step.record.real == real), blobs, pending)

    def held_by_others(self, party: Party, until: int | None = None) -> dict[Place, OwnedEntry]:
        """Return what parties other than one will hold in the file, or held after the first `until` steps.

        What a party yielded to the user is nobody's.
        """
        return _others(party, self._entries(until))

    def is_held_alike(self, party: Party, until: int, leaves: Mapping[Party, tuple[OwnedEntry, ...]]) -> bool:
        """Tell whether the others held after the first `until` steps what they are to hold in the end.

        Only then are the bytes of that moment right for them as well.
        """
        then, later = self.held_by_others(party, until), _others(party, {**self._entries(), **leaves})
        return then.keys() == later.keys() and all(same(then[at].value, later[at].value) for at in then)

    def is_unbroken(self, first: int, undone: frozenset[tuple[str, Party]], now: str | None) -> bool:
        """Tell whether every step from one on is to be undone, and nobody wrote in between or since.

        Args:
            first: the index of the oldest step to undo.
            undone: receipts and parties to undo.
            now: the digest of what stands there, None for no file.
        """
        steps = self.steps[first:]
        if any((step.receipt, step.record.party) not in undone for step in steps):
            return False
        starts = [step.record.before for step in steps[1:]] + [now]
        return all(step.record.after == start for step, start in zip(steps, starts, strict=True))

    def mode_is_unbroken(self, first: int, now: int | None) -> bool:
        """Tell whether nobody but us changed the permission bits since a step."""
        steps = self.steps[first:]
        starts = [step.record.before_mode for step in steps[1:]] + [now]
        return all(step.record.after_mode == start for step, start in zip(steps, starts, strict=True))

    def was_made_by_us(self) -> bool:
        """Whether there was no file when the oldest of the entries that stand in it now was written."""
        start = 0
        for index in range(len(self.steps)):
            if not any(self._entries(index + 1).values()):
                start = index + 1
        return bool(self.steps[start:]) and self.steps[start].record.before is None

    def first_since(self, party: Party, receipt: str) -> int:
        """Return the index of a party's oldest step that is not older than a receipt."""
        steps = enumerate(self.steps)
        return next(i for i, step in steps if step.record.party == party and step.receipt >= receipt)

    def text_before(self, index: int) -> str:
        """Return the text from before a step, less what others held in it then and don't hold any more.

        Raises:
            VgxnessError: `unknown_apply`, the backup is lost.
        """
        party = self.steps[index].record.party
        own = {entry.place for entry in self._entries(index).get(party, ())}
        return self._cleaned(index, own | self.held_by_others(party).keys(), {})

    def _cleaned(self, index: int, keep: Set[Place], known: dict[int, str]) -> str:
        """Return the text from before a step with only those entries in it that are to be kept."""
        if index in known:
            return known[index]
        record = self.steps[index].record
        content = None if record.before is None else self.blobs.get(record.before)
        text = decode(record.path, content, record.format)
        config = Config(record.path, text, record.format, self.blobs.get)
        held = (entry for entries in self._entries(index).values() for entry in entries)
        gone = {entry.place: entry for entry in held if not entry.yielded and entry.place not in keep}
        came = {place: self._introduced(place, index) for place in gone}
        # What came last goes first: a table goes with the entry that it was made for.
        for place in sorted(gone, key=lambda place: -came[place]):
            with suppress(VgxnessError):  # a text that can't be cleaned is still the best there is
                config = config.without([gone[place]], self._cleaned(came[place], keep, known))
        known[index] = config.text
        return config.text

    def start_of(self, party: Party) -> int | None:
        """Return the index of the step since which a party has held anything here; None for nothing."""
        start = None
        for index, step in enumerate(self.steps):
            if step.record.party == party:
                start = (index if start is None else start) if step.record.entries else None
        return start

    def written_at(self, party: Party, place: Place, since: int) -> int:
        """Return the index of the step, from one on, with which a party's entry came to be written.

        That is the last one before which it was not there, or was left to the user.
        """
        found, was_there = since, False
        for index, step in enumerate(self.steps):
            if step.record.party == party:
                is_there = any(e.place == place and not e.yielded for e in step.record.entries)
                found = index if is_there and not was_there and index > since else found
                was_there = is_there
        return found

    def _entries(self, until: int | None = None) -> dict[Party, tuple[OwnedEntry, ...]]:
        kept = {step.record.party: step.record.entries for step in self.steps[:until]}
        return {**kept, **self.pending} if until is None else kept

    def _introduced(self, place: Place, until: int) -> int:
        found = 0
        for index, step in enumerate(self.steps[:until]):
            places = {entry.place for entry in step.record.entries}
            earlier = {entry.place for entries in self._entries(index).values() for entry in entries}
            if place in places and place not in earlier:
                found = index
        return found


def _others(party: Party, held: Mapping[Party, tuple[OwnedEntry, ...]]) -> dict[Place, OwnedEntry]:
    rows = (entry for other, entries in held.items() if other != party for entry in entries)
    return {entry.place: entry for entry in rows if not entry.yielded}
