"""A key of a document."""

from __future__ import annotations

from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.keyed import KeyedFormat
from vgxness.setup.formats.values import Missing
from vgxness.setup.slots.values import ValueSlot


@dataclass(frozen=True, slots=True)
class KeySlot(ValueSlot):
    """The value at a path of keys."""

    dialect: KeyedFormat
    path: tuple[str, ...]

    @property
    def label(self) -> str:
        """The keys, joined by dots."""
        return ".".join(self.path)

    def read(self, text: str) -> JsonValue | Missing:
        """Return the value."""
        return self.dialect.get(text, self.path)

    def write(self, text: str, value: JsonValue) -> str:
        """Set the value, what is inside it member by member."""
        return self.dialect.set_key(text, self.path, value)

    def undo(self, text: str, before: str) -> str:
        """Give the key its old spelling back, or take it out."""
        return self.dialect.undo_key(text, before, self.path)
