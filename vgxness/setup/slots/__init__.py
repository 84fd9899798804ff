"""Slots: the places in a file that entries of ours fill; one kind a file."""

from __future__ import annotations

from collections.abc import Sequence

from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import TargetFormat
from vgxness.errors import VgxnessError
from vgxness.setup.formats.dialects import blocks, keyed
from vgxness.setup.models import OwnedEntry
from vgxness.setup.slots.block import BlockSlot
from vgxness.setup.slots.item import ItemSlot
from vgxness.setup.slots.key import KeySlot
from vgxness.setup.slots.slot import Slot
from vgxness.setup.slots.whole import WholeSlot

__all__ = ["Slot", "slot_of"]


def slot_of(entry: OwnedEntry, format: TargetFormat, known: Sequence[JsonValue] = ()) -> Slot:
    """Return the slot of an entry in a format; `known` are values by which an item is recognised.

    Raises:
        VgxnessError: `config_blocked`, a receipt names a kind of entry that the format doesn't have.
    """
    match entry.kind:
        case "key" if dialect := keyed(format):
            return KeySlot(dialect, entry.path)
        case "item" if dialect := keyed(format):
            return ItemSlot(dialect, entry.path, entry.name, entry.identity, (entry.value, *known))
        case "block" if lines := blocks(format):
            return BlockSlot(lines, entry.path[0])
        case "file" if format == "bytes":
            return WholeSlot()
        case _:
            raise VgxnessError(
                "config_blocked",
                f"A file of the format {format} has no {entry.kind} that vgxness could edit.",
                cause="The receipt or the adapter names one.",
                hint="vgxness plugins list",
            )
