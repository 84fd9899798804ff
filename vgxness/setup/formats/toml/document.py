"""Where every table, key and value of a TOML text stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from vgxness.setup.formats.brackets import BOM, newline_of
from vgxness.setup.formats.failure import ParseError
from vgxness.setup.formats.toml.grammar import load

_BASIC: Final = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"'
_LITERAL: Final = r"'[^'\n]*+'"
_MANY_BASIC: Final = r'"""[^"\\]*+(?:(?:\\[\s\S]|"{1,2}(?!"))[^"\\]*+)*"{3,5}'
_MANY_LITERAL: Final = r"'''[^']*+(?:'{1,2}(?!')[^']*+)*'{3,5}"
_BARE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[^\s,\]}#]+|[^\s,\]}#]+"
_SCALAR: Final = re.compile("|".join((_MANY_BASIC, _MANY_LITERAL, _BASIC, _LITERAL, _BARE)))
_KEY_PART: Final = re.compile(rf"{_BASIC}|{_LITERAL}|[A-Za-z0-9_-]+")
_DOT: Final = re.compile(r"[ \t]*\.[ \t]*")
_TRIVIA: Final = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")
_EQUALS: Final = re.compile(r"[ \t]*=[ \t]*")

Path: TypeAlias = tuple[str, ...]


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """One value after an equals sign or in an array; `end` is exclusive."""

    kind: Literal["scalar", "array", "inline"]
    start: int
    end: int = -1
    members: list[Member] = field(default_factory=list["Member"])


@dataclass(slots=True, eq=False, repr=False)
class Member:
    """A key with its value, dotted keys as written; or an item of an array, without a key.

    Attributes:
        key_end: where the key ends; of an item, its start.
        comma: the place of the comma after it, or -1.
    """

    keys: Path
    start: int
    key_end: int
    value: Node
    comma: int = -1


@dataclass(slots=True, eq=False, repr=False)
class Section:
    """A `[header]`, or what stands before the first one, and the keys below it.

    Attributes:
        start: where the header starts.
        end: where it ends; both 0, or 1 after a byte-order mark, where there is none.
        list_path: the first array of tables that it is a part of, if any.
    """

    keys: Path
    start: int
    end: int
    is_item: bool = False
    list_path: Path | None = None
    entries: list[Member] = field(default_factory=list[Member])


@dataclass(slots=True, eq=False, repr=False)
class Document:
    """A text, what it says, and its sections in order; the first has no header."""

    text: str
    data: dict[str, Any]
    sections: list[Section]

    @property
    def newline(self) -> str:
        """The line end that its first line has."""
        return newline_of(self.text)


@lru_cache(maxsize=4)
def parse(text: str) -> Document:
    """Return a text's document; it must not be changed.

    The last few are kept: an edit asks for the same text several times.

    Raises:
        ParseError: with line and column, and nothing of the text.
    """
    data = load(text)
    try:
        return Document(text, data, _Scanner(text).sections())
    except RecursionError:
        raise ParseError("it is nested too deep", 1, 1) from None


class _Scanner:
    """Finds places in a text that is known to be right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 1 if text.startswith(BOM) else 0

    def sections(self) -> list[Section]:
        text, lists = self._text, set[Path]()
        found = [Section((), self._at, self._at)]
        while (start := self._skip()) < len(text):
            if text[start] == "[":
                found.append(self._header(start, lists))
            else:
                found[-1].entries.append(self._entry())
        return found

    def _header(self, start: int, lists: set[Path]) -> Section:
        is_item = self._text.startswith("[[", start)
        self._at = start + 1 + is_item
        self._skip()
        keys = self._keys()
        self._skip()
        self._at += 1 + is_item
        if is_item:
            lists.add(keys)
        prefixes = (keys[:size] for size in range(1, len(keys) + 1))
        first = next((prefix for prefix in prefixes if prefix in lists), None) if lists else None
        return Section(keys, start, self._at, is_item, first)

    def _entry(self) -> Member:
        start = self._at
        keys = self._keys()
        key_end = self._at
        found = _EQUALS.match(self._text, key_end)
        self._at = found.end() if found else key_end
        return Member(keys, start, key_end, self._value())

    def _keys(self) -> Path:
        keys: list[str] = []
        while part := _KEY_PART.match(self._text, self._at):
            keys.append(_decoded(part.group()))
            self._at = part.end()
            dot = _DOT.match(self._text, self._at)
            if dot is None:
                break
            self._at = dot.end()
        return tuple(keys)

    def _value(self) -> Node:
        start = self._at
        if self._text[start] in "[{":
            return self._container(start)
        found = _SCALAR.match(self._text, start)
        self._at = found.end() if found else start + 1
        return Node("scalar", start, self._at)

    def _container(self, start: int) -> Node:
        node = Node("array" if self._text[start] == "[" else "inline", start)
        self._at = start + 1
        while self._text[at := self._skip()] not in "]}":
            if self._text[at] == ",":
                node.members[-1].comma = at
                self._at = at + 1
            elif node.kind == "array":
                node.members.append(Member((), at, at, self._value()))
            else:
                node.members.append(self._entry())
        self._at = node.end = self._at + 1
        return node

    def _skip(self) -> int:
        found = _TRIVIA.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at


def _decoded(part: str) -> str:
    if part.startswith("'"):
        return part[1:-1]
    if part.startswith('"'):
        return str(tomllib.loads(f"v = {part}")["v"]) if "\\" in part else part[1:-1]
    return part


def starts_with(path: Sequence[str], prefix: Sequence[str]) -> bool:
    """Tell whether a path is another one, or lies below it."""
    return path[: len(prefix)] == prefix
