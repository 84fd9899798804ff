"""What a format with keys can do: read, set and take back one value by splicing its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.values import Missing


class KeyedFormat(Protocol):
    """Pure functions from text to text; every byte that is not meant to change stays.

    Each raises `ParseError` where the text does not follow the grammar, and `EditError` where an edit has
    no single right place in it, or can't be made without changing something else. A byte-order mark at
    the start of the text is kept. "" is an empty document.
    """

    def get(self, text: str, path: Sequence[str]) -> JsonValue | Missing:
        """Return the value at a path of keys, or `MISSING`; a value JSON can't say is an `EditError`."""
        ...

    def set_key(self, text: str, path: Sequence[str], value: JsonValue) -> str:
        """Return the text with a value at a path; the same text where an equal value stands there."""
        ...

    def undo_key(self, text: str, before: str, path: Sequence[str]) -> str:
        """Return the text with one key as it stood in `before`: its old spelling, or gone.

        Tables that were made for the key and hold nothing else go too. Where nothing else changed since,
        the answer is `before` itself.
        """
        ...

    def insert_item(self, text: str, path: Sequence[str], value: JsonValue) -> str:
        """Return the text with an item more at the end of a list; a missing list is made."""
        ...

    def replace_item(self, text: str, path: Sequence[str], index: int, value: JsonValue) -> str:
        """Return the text with another value in an item's place."""
        ...

    def remove_item(self, text: str, path: Sequence[str], index: int) -> str:
        """Return the text without one item; a list that becomes empty stays, empty."""
        ...

    def is_hollow(self, text: str) -> bool:
        """Whether nothing is left in the text: no key and no comment."""
        ...
