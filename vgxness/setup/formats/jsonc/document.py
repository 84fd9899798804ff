"""A parser that keeps positions: comments, trailing commas, a byte-order mark, any depth, no recursion."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from vgxness.setup.formats.failure import ParseError

BOM: Final = "\ufeff"
# Only single characters are repeated possessively: up to Python 3.11.4, a possessive group in which
# something may backtrack matches wrongly, and Debian 12 ships 3.11.2.
_STRING: Final = r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*"'
_NUMBER: Final = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![\w.])"
_VALUE: Final = rf"([{{}}\[\],:])|({_STRING})|({_NUMBER}|(?:true|false|null)(?!\w))"
_SPACE: Final = r"[ \t\r\n]++"
_COMMENT: Final = r"//[^\r\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*\*/"
_TRIVIA: Final = {
    True: re.compile(r"[ \t\r\n]*+"),
    False: re.compile(rf"(?:{_SPACE}|{_COMMENT})*"),
}
_TOKEN: Final = {
    True: re.compile(rf"[ \t\r\n]*+(?:{_VALUE})"),
    False: re.compile(rf"(?:{_SPACE}|{_COMMENT})*(?:{_VALUE})"),
}
_NEWLINE: Final = re.compile(r"\r\n|\r|\n")

Kind = Literal["object", "array", "scalar"]


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """One value: where its text starts and where it ends (exclusive).

    An unread container knows its extent and not its content, so its lists are empty.
    """

    kind: Kind
    start: int
    end: int = -1
    members: list[Member] = field(default_factory=list["Member"])
    items: list[Node] = field(default_factory=list["Node"])
    is_read: bool = True


@dataclass(slots=True, eq=False, repr=False)
class Member:
    """One key of an object; `comma` is the place of the comma after its value, or -1."""

    key: str
    start: int
    key_end: int
    value: Node
    comma: int = -1


@dataclass(slots=True, eq=False, repr=False)
class Document:
    """A text and the tree of positions in it; `root` is None where there is no value at all."""

    text: str
    root: Node | None
    strict: bool


MOST_LEVELS: Final = 50_000
"""No client reads so deep a file; a hostile one of millions of brackets would keep every command waiting."""


def parse(text: str, *, strict: bool = False, along: Sequence[str] | None = None) -> Document:
    """Return the document of a text; an empty text, or one of comments alone, has no root.

    `strict` is plain JSON: comments and trailing commas are errors, an empty text is not. With `along`,
    all of the text is checked and only the objects on that path of keys are read: five megabytes then
    take about a tenth of a second.

    Raises:
        ParseError: with line and column, and nothing of the text.
    """
    return Document(text, _Parser(text, strict=strict, along=along).run(), strict)


def trivia_end(text: str, position: int, *, strict: bool = False) -> int:
    """Return where white space and comments that start at a position end."""
    found = _TRIVIA[strict].match(text, position)
    return found.end() if found else position


_Step: TypeAlias = "Callable[[str, int, int], _Step]"


class _Parser:
    """A state machine: each step takes one token and returns the step for the next."""

    def __init__(self, text: str, *, strict: bool, along: Sequence[str] | None) -> None:
        self._text = text
        self._strict = strict
        self._along = along
        self._root: Node | None = None
        self._open: list[Node] = []
        self._key = ("", 0, 0)
        self._comma = -1
        self._position = 1 if text.startswith(BOM) else 0
        # What failed attempts to skip may cost in all, so that no text makes them quadratic.
        self._patience = 4 * len(text)

    def run(self) -> Node | None:
        text, match = self._text, _TOKEN[self._strict].match
        step: _Step = self._value
        while token := match(text, self._position):
            self._position = end = token.end()
            start = token.start(token.lastindex or 0)
            step = step(text[start], start, end)
        rest = trivia_end(text, self._position, strict=self._strict)
        if rest < len(text):
            raise self._error(_lexical_reason(text, rest, strict=self._strict), rest)
        if self._open or (self._root is None and step != self._value):
            raise self._error("the text ends too early", len(text))
        return self._root

    def _value(self, first: str, start: int, end: int) -> _Step:
        if first in "{[":
            return self._container("object" if first == "{" else "array", start)
        if first in "}],:":
            raise self._error("a value is missing", start)
        return self._place(Node("scalar", start, end))

    def _container(self, kind: Kind, start: int) -> _Step:
        if not self._is_along() and (end := self._skip(start)):
            self._position = end
            return self._place(Node(kind, start, end, is_read=False))
        if len(self._open) >= MOST_LEVELS:
            raise self._error(f"it is nested deeper than {MOST_LEVELS:,} levels", start)
        node = Node(kind, start)
        self._attach(node)
        self._open.append(node)
        return self._first_key if kind == "object" else self._first_item

    def _is_along(self) -> bool:
        depth = len(self._open)
        if self._along is None or depth == 0:
            return True
        if depth > len(self._along) or self._open[-1].kind == "array":
            return False
        return self._key[0] == self._along[depth - 1]

    def _skip(self, start: int) -> int:
        """Return where a container ends when it is plain JSON throughout, else 0: then it is read."""
        if self._patience <= 0:
            return 0
        try:
            _, end = _PLAIN.raw_decode(self._text, start)
        except json.JSONDecodeError as problem:
            self._patience -= problem.pos - start
        except (RecursionError, _NotJsonError):
            self._patience -= len(self._text)
        else:
            return end
        return 0

    def _place(self, node: Node) -> _Step:
        self._attach(node)
        return self._after_value if self._open else self._nothing_more

    def _attach(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if parent.kind == "array":
            parent.items.append(node)
        else:
            parent.members.append(Member(*self._key, node))

    def _first_item(self, first: str, start: int, end: int) -> _Step:
        return self._leave(end) if first == "]" else self._value(first, start, end)

    def _next_item(self, first: str, start: int, end: int) -> _Step:
        if first == "]":
            self._refuse_trailing_comma()
            return self._leave(end)
        return self._value(first, start, end)

    def _first_key(self, first: str, start: int, end: int) -> _Step:
        return self._leave(end) if first == "}" else self._take_key(first, start, end)

    def _next_key(self, first: str, start: int, end: int) -> _Step:
        if first == "}":
            self._refuse_trailing_comma()
            return self._leave(end)
        return self._take_key(first, start, end)

    def _take_key(self, first: str, start: int, end: int) -> _Step:
        if first != '"':
            raise self._error("a key in double quotes is missing", start)
        self._key = (decode_string(self._text, start, end), start, end)
        return self._colon

    def _colon(self, first: str, start: int, _end: int) -> _Step:
        if first != ":":
            raise self._error("a colon is missing", start)
        return self._value

    def _after_value(self, first: str, start: int, end: int) -> _Step:
        parent = self._open[-1]
        if first == ",":
            self._comma = start
            if parent.kind == "array":
                return self._next_item
            parent.members[-1].comma = start
            return self._next_key
        if first != ("}" if parent.kind == "object" else "]"):
            raise self._error("a comma or a closing bracket is missing", start)
        return self._leave(end)

    def _leave(self, end: int) -> _Step:
        self._open.pop().end = end
        return self._after_value if self._open else self._nothing_more

    def _nothing_more(self, _first: str, start: int, _end: int) -> _Step:
        raise self._error("something follows the document's one value", start)

    def _refuse_trailing_comma(self) -> None:
        if self._strict:
            raise self._error("a trailing comma, which this file's program refuses", self._comma)

    def _error(self, reason: str, position: int) -> ParseError:
        return ParseError(reason, *place(self._text, position))


class _NotJsonError(ValueError):
    """Python's reader takes NaN and Infinity; JSON does not."""


def _refuse_constant(_name: str) -> None:
    raise _NotJsonError


# Numbers stay text: only the extent is wanted, and an integer may have more digits than Python converts.
_PLAIN: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse_constant)


def decode_string(text: str, start: int, end: int) -> str:
    """Return what a string token says."""
    raw = text[start:end]
    return str(json.loads(raw)) if "\\" in raw else raw[1:-1]


def place(text: str, position: int) -> tuple[int, int]:
    """Return line and column of a position, both from 1."""
    line, line_start = 1, 1 if text.startswith(BOM) else 0
    for found in _NEWLINE.finditer(text, 0, position):
        line, line_start = line + 1, found.end()
    return line, max(position - line_start, 0) + 1


def _lexical_reason(text: str, position: int, *, strict: bool) -> str:
    if text[position] == '"':
        return "a string is not closed, or holds an invalid escape or control character"
    if text.startswith(("//", "/*"), position):
        return "a comment, which this file's program refuses" if strict else "a comment is not closed"
    return "an unexpected character"
