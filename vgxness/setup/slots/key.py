"""A key of a document."""

from __future__ import annotations

from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.keyed import KeyedFormat
from vgxness.setup.formats.values import Missing
from vgxness.setup.merge import merge
from vgxness.setup.models import Take


@dataclass(frozen=True, slots=True)
class KeySlot:
    """The value at a path of keys."""

    dialect: KeyedFormat
    path: tuple[str, ...]
    is_text: bool = False

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

    def release(self, text: str, remains: str) -> str:
        """Leave the text as it is: a value has no lines of the user's own."""
        del remains
        return text

    def merge(
        self,
        base: JsonValue | Missing,
        standing: JsonValue | Missing,
        wanted: JsonValue | Missing,
        take: Take | None,
    ) -> JsonValue | Missing:
        """Merge the values, key by key inside objects."""
        return merge(base, standing, wanted, take)
