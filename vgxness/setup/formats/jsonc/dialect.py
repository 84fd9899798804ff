"""JSON and JSON with comments, as formats with keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.jsonc import items
from vgxness.setup.formats.jsonc.document import parse
from vgxness.setup.formats.jsonc.edit import set_key
from vgxness.setup.formats.jsonc.read import get
from vgxness.setup.formats.jsonc.undo import undo_key
from vgxness.setup.formats.values import Missing


@dataclass(frozen=True, slots=True)
class JsonDialect:
    """The functions of this package, for files that are strict or that are not."""

    strict: bool

    def get(self, text: str, path: Sequence[str]) -> JsonValue | Missing:
        """Return the value at a path."""
        return get(parse(text, strict=self.strict, along=path), path)

    def set_key(self, text: str, path: Sequence[str], value: JsonValue) -> str:
        """Return the text with a value at a path."""
        return set_key(text, path, value, strict=self.strict)

    def undo_key(self, text: str, before: str, path: Sequence[str]) -> str:
        """Return the text with a key as it stood before."""
        return undo_key(text, before, path, strict=self.strict)

    def insert_item(self, text: str, path: Sequence[str], value: JsonValue) -> str:
        """Return the text with an item more."""
        return items.insert_item(text, path, value, strict=self.strict)

    def replace_item(self, text: str, path: Sequence[str], index: int, value: JsonValue) -> str:
        """Return the text with another item in an item's place."""
        return items.replace_item(text, path, index, value, strict=self.strict)

    def remove_item(self, text: str, path: Sequence[str], index: int) -> str:
        """Return the text without an item."""
        return items.remove_item(text, path, index, strict=self.strict)

    def is_hollow(self, text: str) -> bool:
        """Whether nothing is left in the text."""
        return items.is_hollow(text)


JSON: Final = JsonDialect(strict=True)
JSONC: Final = JsonDialect(strict=False)
