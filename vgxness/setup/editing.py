"""Makes a target's edits in its text, and takes them out again; pure but for looking up our own old files."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import Edit, TargetFormat
from vgxness.errors import VgxnessError
from vgxness.redaction import redact_json, redact_secrets
from vgxness.setup.diff import printable
from vgxness.setup.entries import Wish, wish_of
from vgxness.setup.formats.dialects import keyed
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.values import MISSING, Missing, same
from vgxness.setup.merge import MergeConflict, own_lines
from vgxness.setup.models import OwnedEntry, Place, Take
from vgxness.setup.slots import Slot, slot_of
from vgxness.setup.text import manners

Owned: TypeAlias = Mapping[Place, OwnedEntry]
OldFile: TypeAlias = Callable[[str], bytes]
"""Returns the bytes that a digest names; raises `unknown_apply` where they are lost."""

_NOT_OURS: Final = "It was not written by vgxness."
_EDITED: Final = "It was edited since, where setup has to change it."
_ANOTHERS: Final = "It was written for another provider, with another value."


@dataclass(frozen=True, slots=True)
class Edited:
    """A text with the edits made, and what in it is ours."""

    text: str
    entries: tuple[OwnedEntry, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration file's text, read for editing; "" stands for no file too.

    Every use raises `VgxnessError`: `config_unparsable` with line and column, or `config_blocked` where an
    edit has no single right place.
    """

    path: Path
    text: str
    format: TargetFormat
    old_file: OldFile

    def read(self, entry: OwnedEntry) -> JsonValue | Missing:
        """Return what stands in an entry's place, or `MISSING`."""
        slot = slot_of(entry, self.format, self._known(entry))
        with manners(self.path):
            return slot.read(self.text)

    def edited(
        self, edits: Sequence[Edit], owned: Owned, others: Owned, before: str, take: Take | None = None
    ) -> Edited:
        """Return the text with all edits made, and without entries of ours that are wished for no more.

        Args:
            edits: what is wished for.
            owned: what the party wrote here before.
            others: what other parties hold here now.
            before: the text from before the party wrote anything here.
            take: how conflicts are settled; None leaves them to a person.

        Raises:
            VgxnessError: also `config_conflict`, where what stands there is not ours, or was edited.
        """
        work, entries = self, list[OwnedEntry]()
        wishes = [wish_of(edit) for edit in edits]
        for wish in wishes:
            place = wish.entry.place
            work, entry = work._with(wish, owned.get(place), others.get(place), take)
            entries += [entry] if entry else []
        return Edited(work._without_dropped(wishes, owned, others, before, take).text, tuple(entries))

    def _without_dropped(
        self, wishes: Sequence[Wish], owned: Owned, others: Owned, before: str, take: Take | None
    ) -> Config:
        wished = {wish.entry.place for wish in wishes}
        if owned.keys() <= wished:
            return self
        return self.without(list(owned.values()), before, shared=wished | others.keys(), take=take)

    def without(
        self,
        entries: Sequence[OwnedEntry],
        before: str,
        *,
        older: Owned | None = None,
        shared: Container[Place] = (),
        take: Take | None = None,
    ) -> Config:
        """Return the text with our entries as they stood in `before`, in their old spelling, or gone.

        What was set only because it was absent and has another value now, and what was yielded, is the
        user's: it stays. So do the user's own lines inside a block or file of ours.

        Args:
            entries: what is to go, in the order it was written.
            before: the text from before all of it was written.
            older: what of ours stood in `before`.
            shared: places that stay, for they are another party's too.
            take: how conflicts are settled.

        Raises:
            VgxnessError: also `config_conflict`, where such lines can't be told from ours.
        """
        work = self
        for entry, then in reversed(list(self._replayed(entries, before))):
            if entry.place not in shared:
                work = work._taken_out(entry, then, (older or {}).get(entry.place), take)
        return work

    def put_back(self, entries: Sequence[OwnedEntry]) -> Config:
        """Return the text with entries that we took out ourselves, where nothing took their place."""
        work = self
        for entry in entries:
            written = self.written(entry)
            if written is not MISSING and not entry.yielded and work.read(entry) is MISSING:
                work = work._set(slot_of(entry, self.format), written)
        return work

    def exchanged(self, entry: OwnedEntry, other: OwnedEntry) -> Config:
        """Return the text with another value in an entry's place, where that stands just as we wrote it."""
        standing, value = self.read(entry), self.written(other)
        if standing is MISSING or value is MISSING or not self._is(standing, entry):
            return self
        return self._set(slot_of(other, self.format, self._known(entry)), value)

    def _replayed(self, entries: Sequence[OwnedEntry], before: str) -> Iterator[tuple[OwnedEntry, str]]:
        """Yield each entry with the text that stood there just before it was written."""
        text = before
        for entry in entries:
            yield entry, text
            written = self.written(entry)
            with suppress(ParseError, EditError):  # then the others are taken out as well as can be
                slot = slot_of(entry, self.format)
                text = text if written is MISSING or entry.yielded else slot.write(text, written)

    def is_hollow(self) -> bool:
        """Whether nothing is left in it: no key, no comment, no line."""
        dialect = keyed(self.format)
        if dialect is None:
            return not self.text.strip("\ufeff \t\r\n")
        with manners(self.path):
            return dialect.is_hollow(self.text)

    def _with(
        self, wish: Wish, ours: OwnedEntry | None, other: OwnedEntry | None, take: Take | None
    ) -> tuple[Config, OwnedEntry | None]:
        entry = wish.entry
        slot = slot_of(entry, self.format, [ours.value] if ours else [])
        with manners(self.path):
            standing = slot.read(self.text)
        held = ours or other
        if standing is MISSING:
            return self._set(slot, wish.value), entry
        if entry.only_if_absent:
            is_held = held is not None and self._is(standing, held)
            return (self._set(slot, wish.value), entry) if is_held else (self, None)
        if held is None or held.yielded or (ours is None and not same(held.value, entry.value)):
            return self._beside(slot, wish, held, standing, take)
        value = self._merged(slot, held, standing, wish.value, take)
        return (self if value is MISSING else self._set(slot, value)), entry

    def _beside(
        self, slot: Slot, wish: Wish, held: OwnedEntry | None, standing: JsonValue, take: Take | None
    ) -> tuple[Config, OwnedEntry | None]:
        """Decide about what somebody else wrote in the place of ours."""
        if take == "ours":
            return self._set(slot, wish.value), wish.entry
        if take == "theirs" or (held and held.yielded):
            return self, replace(wish.entry, yielded=True)
        if same(standing, wish.value):
            # An equal entry that stood there before any of us stays the user's.
            return self, wish.entry if held else None
        raise self._conflict(slot, standing, _ANOTHERS if held else _NOT_OURS)

    def _taken_out(
        self, entry: OwnedEntry, before: str, earlier: OwnedEntry | None, take: Take | None
    ) -> Config:
        slot = slot_of(entry, self.format, self._known(earlier) if earlier else ())
        with manners(self.path):
            standing, then = slot.read(self.text), slot.read(before)
        if standing is MISSING or entry.yielded:
            return self
        is_as_written = self._is(standing, entry)
        if entry.only_if_absent and not is_as_written:
            return self
        old = self._old(slot, entry, earlier, then)
        if old is MISSING and slot.is_text and not is_as_written:
            return self._released(slot, entry, standing, before, take)
        if old is MISSING or (is_as_written and old is then):
            with manners(self.path):
                return replace(self, text=slot.undo(self.text, before))
        value = self._merged(slot, entry, standing, old, take)
        return self if value is MISSING else self._set(slot, value)

    def _old(
        self, slot: Slot, entry: OwnedEntry, earlier: OwnedEntry | None, then: JsonValue | Missing
    ) -> JsonValue | Missing:
        """Return what is to stand there again.

        That is what stood there then; but where another party had written the newer value just before us,
        it is our earlier one, with the user's edits of then.
        """
        if earlier is None or earlier.yielded or then is MISSING:
            return then
        ours, newer = self.written(earlier), self.written(entry)
        if ours is MISSING or newer is MISSING or same(ours, newer):
            return then
        merged = slot.merge(newer, then, ours, "theirs")
        return then if merged is MISSING or same(merged, then) else merged

    def _released(
        self, slot: Slot, entry: OwnedEntry, standing: JsonValue, before: str, take: Take | None
    ) -> Config:
        """Take our lines out and leave the user's own."""
        written = self.written(entry)
        try:
            remains = own_lines("" if written is MISSING else str(written), str(standing), take)
        except MergeConflict as problem:
            raise self._conflict(slot, standing, _EDITED) from problem
        with manners(self.path):
            if not remains.strip():
                return replace(self, text=slot.undo(self.text, before))
            return replace(self, text=slot.release(self.text, remains))

    def _merged(
        self,
        slot: Slot,
        held: OwnedEntry,
        standing: JsonValue,
        wanted: JsonValue,
        take: Take | None,
    ) -> JsonValue | Missing:
        try:
            return slot.merge(self.written(held), standing, wanted, take)
        except MergeConflict as problem:
            raise self._conflict(slot, standing, _EDITED) from problem

    def _set(self, slot: Slot, value: JsonValue) -> Config:
        with manners(self.path):
            return replace(self, text=slot.write(self.text, value))

    def _is(self, standing: JsonValue, entry: OwnedEntry) -> bool:
        written = self.written(entry)
        return written is not MISSING and same(standing, written)

    def written(self, entry: OwnedEntry) -> JsonValue | Missing:
        """Return what we wrote for an entry; `MISSING` where a file's backup is lost."""
        if entry.kind != "file":
            written: JsonValue = entry.value
            return written
        with suppress(VgxnessError):
            return self.old_file(entry.value).decode("latin-1")
        return MISSING

    def _known(self, entry: OwnedEntry) -> Sequence[JsonValue]:
        return () if entry.kind == "file" else (entry.value,)

    def _conflict(self, slot: Slot, standing: JsonValue, why: str) -> VgxnessError:
        shown = f" It is {_shown(standing)}." if not slot.is_text else ""
        return VgxnessError(
            "config_conflict",
            f"{self.path} already holds {slot.label}; it was left untouched.",
            cause=f"{why}{shown}",
            hint=f"Rename or remove {slot.label} in that file, or say --take ours or --take theirs.",
        )


def _shown(value: JsonValue) -> str:
    if isinstance(value, str):
        return printable(redact_secrets(value)[:400])
    return printable(json.dumps(redact_json(value), ensure_ascii=False)[:400])
