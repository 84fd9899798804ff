"""All of a file."""

from __future__ import annotations

from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.values import MISSING, Missing
from vgxness.setup.merge import merge_text
from vgxness.setup.models import Take


@dataclass(frozen=True, slots=True)
class WholeSlot:
    """The file's text, one character a byte; an empty file counts as none."""

    is_text: bool = True
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
