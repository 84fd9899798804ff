"""A block of lines between two markers."""

from __future__ import annotations

from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.dialects import BlockFormat
from vgxness.setup.formats.values import Missing
from vgxness.setup.slots.lines import LineSlot


@dataclass(frozen=True, slots=True)
class BlockSlot(LineSlot):
    """The lines between the markers of a name."""

    dialect: BlockFormat
    name: str

    @property
    def label(self) -> str:
        """The block's name."""
        return f"block {self.name}"

    def read(self, text: str) -> JsonValue | Missing:
        """Return the lines."""
        return self.dialect.read_block(text, self.name)

    def write(self, text: str, value: JsonValue) -> str:
        """Put the lines between the markers, or a new block at the end."""
        return self.dialect.write_block(text, self.name, str(value))

    def undo(self, text: str, before: str) -> str:
        """Give the block its old lines back, or take it out with its markers."""
        return self.dialect.undo_block(text, before, self.name)

    def release(self, text: str, remains: str) -> str:
        """Leave the user's lines where the block stood, without markers."""
        return self.dialect.release_block(self.write(text, remains), self.name)
