"""Reads JSON as strictly as Antigravity does, and keeps where each value stands."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Final

DEEPEST: Final = 200

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_STRING: Final = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS: Final = {"true": True, "false": False, "null": None}


class NotStrictError(Exception):
    """The text is not strict JSON from the offset `at` on; `what` says what stands there, without content."""

    def __init__(self, at: int, what: str) -> None:
        super().__init__(what)
        self.at = at
        self.what = what


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the offset of its first character; a whole number is an `int`, any other a `float`."""

    at: int
    value: dict[str, Node] | list[Node] | str | float | bool | None


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text. Of a repeated key the last value counts; `repeats` has the offset of each repetition."""

    root: Node
    repeats: tuple[int, ...]


def parse(text: str) -> Document:
    """Return the document; raises `NotStrictError`."""
    if text.startswith("\ufeff"):
        raise NotStrictError(0, "a byte order mark")
    reader = _Reader(text)
    root = reader.value(reader.skip(0), depth=0)
    end = reader.skip(reader.end)
    if end != len(text):
        raise reader.wrong(end)
    return Document(root, tuple(reader.repeats))


def place(text: str, at: int) -> tuple[int, int]:
    """Return line and column of an offset, both from 1."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


@dataclass(slots=True)
class _Reader:
    text: str
    end: int = 0
    repeats: list[int] = field(default_factory=list[int])

    def skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def value(self, at: int, *, depth: int) -> Node:
        if depth > DEEPEST:
            raise NotStrictError(at, f"nesting deeper than {DEEPEST}")
        opening = self.text[at : at + 1]
        if opening == "{":
            return Node(at, self._members(at, depth))
        if opening == "[":
            return Node(at, self._items(at, depth))
        return Node(at, self._string(at) if opening == '"' else self._scalar(at))

    def _members(self, at: int, depth: int) -> dict[str, Node]:
        members: dict[str, Node] = {}
        at = self.skip(at + 1)
        if self.text.startswith("}", at):
            self.end = at + 1
            return members
        while True:
            name = self._string(at)
            if name in members:
                self.repeats.append(at)
            members[name] = self.value(self._after(":"), depth=depth + 1)
            if (following := self._next("}")) is None:
                return members
            at = following

    def _items(self, at: int, depth: int) -> list[Node]:
        items: list[Node] = []
        at = self.skip(at + 1)
        if self.text.startswith("]", at):
            self.end = at + 1
            return items
        while True:
            items.append(self.value(at, depth=depth + 1))
            if (following := self._next("]")) is None:
                return items
            at = following

    def _after(self, sign: str) -> int:
        at = self.skip(self.end)
        if not self.text.startswith(sign, at):
            raise self.wrong(at)
        return self.skip(at + 1)

    def _next(self, closing: str) -> int | None:
        """Return where the next member begins, or None where the container is closed."""
        at = self.skip(self.end)
        if self.text.startswith(closing, at):
            self.end = at + 1
            return None
        following = self._after(",")
        if self.text.startswith(("}", "]"), following):
            raise NotStrictError(at, "a trailing comma")
        return following

    def _string(self, at: int) -> str:
        found = _STRING.match(self.text, at)
        if found is None:
            raise self.wrong(at)
        self.end = found.end()
        return str(json.loads(found.group()))

    def _scalar(self, at: int) -> float | bool | None:
        for word, meaning in _WORDS.items():
            if self.text.startswith(word, at):
                self.end = at + len(word)
                return meaning
        found = _NUMBER.match(self.text, at)
        if found is None:
            raise self.wrong(at)
        self.end = found.end()
        is_whole = found[1] is None and found[2] is None
        # Python refuses to read whole numbers of thousands of digits; which one it is does not matter here.
        return int(found.group()[:400]) if is_whole else float(found.group())

    def wrong(self, at: int) -> NotStrictError:
        if at >= len(self.text):
            return NotStrictError(at, "an end that comes too early")
        if self.text.startswith(("//", "/*", "#"), at):
            return NotStrictError(at, "a comment")
        return NotStrictError(at, "something that is not JSON")
