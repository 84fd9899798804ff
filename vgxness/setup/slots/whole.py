"""All of a file."""

from __future__ import annotations

from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.values import MISSING, Missing
from vgxness.setup.slots.lines import LineSlot


@dataclass(frozen=True, slots=True)
class WholeSlot(LineSlot):
    """The file's text, one character a byte; an empty file counts as none."""

    label: str = "the file"

    def read(self, text: str) -> JsonValue | Missing:
        """Return the text."""
        return text or MISSING

    def write(self, text: str, value: JsonValue) -> str:
        """Return the value."""
        del text
        return str(value)

    def undo(self, text: str, before: str) -> str:
        """Return what stood there before."""
        del text
        return before

    def release(self, text: str, remains: str) -> str:
        """Return the user's lines."""
        del text
        return remains
