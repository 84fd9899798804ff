"""A block of lines between two markers."""

from __future__ import annotations

from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.dialects import BlockFormat
from vgxness.setup.formats.values import MISSING, Missing
from vgxness.setup.merge import merge_text
from vgxness.setup.models import Take


@dataclass(frozen=True, slots=True)
class BlockSlot:
    """The lines between the markers of a name."""

    dialect: BlockFormat
    name: str
    is_text: bool = True

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

    def merge(
        self,
        base: JsonValue | Missing,
        standing: JsonValue | Missing,
        wanted: JsonValue | Missing,
        take: Take | None,
    ) -> JsonValue | Missing:
        """Merge the lines."""
        if standing is MISSING or wanted is MISSING:
            return wanted
        return merge_text("" if base is MISSING else str(base), str(standing), str(wanted), take)
