"""Where in a Markdown text our marker comments stand, and where they only seem to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.lines import lines_of

BOM: Final = "\ufeff"
_MARKER: Final = re.compile(
    r"(?P<indent>[ \t]*)<!--[ \t]*vgxness:(?P<side>begin|end)[ \t]+(?P<name>[a-z0-9-]+)"
    r"(?:[ \t](?:(?!-->).)*)?-->(?P<rest>.*)"
)
# Repeated possessively, so that no line takes more than one attempt.
_FENCE: Final = re.compile(
    r"(?P<lead> {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*)(?P<fence>`{3,}+(?!.*`)|~{3,}+)"
)
_CLOSING: Final = re.compile(r"(?P<lead>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*")
_KEY: Final = re.compile(r"#|[^\s#:-][^:]*:(?:\s|$)")
_CODE: Final = 4
"""So far indented, a line is code, and no marker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block's lines: those of its two markers, and what stands between them as it is read.

    Attributes:
        begin: the first marker's line, counted from 0.
        end: the second marker's.
        indent: what the first marker's line starts with.
        is_indented: whether all lines between are indented as far, so that this is not part of them.
        content: the lines between, without their ends and without that indentation.
        stop: where on its line the second marker ends; what stands behind it is not ours.
    """

    begin: int
    end: int
    indent: str
    is_indented: bool
    content: tuple[str, ...]
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marker:
    line: int
    side: str
    name: str
    indent: str
    stop: int
    is_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fence:
    line: int
    kind: str
    lead: str

    def is_closed_by(self, body: str) -> bool:
        found = _CLOSING.fullmatch(body)
        return (
            found is not None
            and len(found["lead"]) < len(self.lead) + _CODE
            and found["fence"].startswith(self.kind)
        )

    def is_left_by(self, body: str) -> bool:
        """Whether a line ends the list item that the fence stands in, and the fence with it."""
        outer = len(self.lead) if self.lead.strip() else 0
        return bool(body.strip()) and len(body) - len(body.lstrip()) < outer


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Markdown text's lines, and what was found in them.

    Attributes:
        lines: with their ends, the first one without a byte-order mark.
        block: the block of the name that was looked for.
        open_fence: the line, counted from 1, of a code fence that nothing closes; 0 where there is none.
    """

    lines: list[str]
    block: Block | None
    open_fence: int


def read_page(text: str, name: str) -> Page:
    """Return a text's lines and the block of a name in it.

    Raises:
        EditError: the markers do not say where the block is: one alone, out of order, twice, in each other.
    """
    lines = lines_of(text.removeprefix(BOM))
    markers, hidden, open_fence = _markers(lines, _frontmatter_end(lines))
    unsure = [one for one in hidden if one.name == name]
    blocks = [pair for pair in _pairs(markers) if pair[0].name == name]
    if len(blocks) > 1:
        raise EditError(f'The block "{name}" stands there twice, on lines {_places(blocks)}')
    if unsure and not blocks:
        raise EditError(
            f'The marker of the block "{name}" on line {unsure[0].line + 1} is part of indented code, '
            "or of a code fence that is not closed"
        )
    return Page(lines=lines, block=_block(lines, *blocks[0]) if blocks else None, open_fence=open_fence)


def has_marker(block: str) -> bool:
    """Tell whether one of a text's lines is, or could be taken for, a marker."""
    return any(_MARKER.match(line) for line in block.split("\n"))


def is_open(block: str) -> bool:
    """Tell whether a text leaves a code fence open."""
    return _markers(lines_of(block), 0)[2] > 0


def _markers(lines: Sequence[str], top: int) -> tuple[list[_Marker], list[_Marker], int]:
    """Return the markers that count, those in what may be code, and the line of an open fence, or 0.

    Before the line `top`, nothing opens a fence.
    """
    markers: list[_Marker] = []
    hidden: list[_Marker] = []
    fence: _Fence | None = None
    inside: list[_Marker] = []
    for number, line in enumerate(lines):
        body = line.rstrip("\r\n")
        if fence and not fence.is_left_by(body):
            inside += _marker(number, body)
            fence = None if fence.is_closed_by(body) else fence
            continue
        fence, inside = None if number < top else _fence(number, body), []
        for marker in _marker(number, body):
            is_code = "\t" in marker.indent or len(marker.indent) >= _CODE
            (hidden if is_code else markers).append(marker)
    return markers, hidden + (inside if fence else []), fence.line + 1 if fence else 0


def _marker(number: int, body: str) -> Iterator[_Marker]:
    if found := _MARKER.fullmatch(body):
        yield _Marker(
            line=number,
            side=found["side"],
            name=found["name"],
            indent=found["indent"],
            stop=found.start("rest"),
            is_alone=not found["rest"].strip(),
        )


def _fence(number: int, body: str) -> _Fence | None:
    found = _FENCE.match(body)
    return _Fence(line=number, kind=found["fence"], lead=found["lead"]) if found else None


def _frontmatter_end(lines: Sequence[str]) -> int:
    """Return where front matter ends: a fence in it is a value's text, and opens nothing."""
    bodies = [line.rstrip() for line in lines]
    first = next((body for body in bodies[1:] if body), "")
    if not bodies or bodies[0] != "---" or not _KEY.match(first):
        return 0
    return next((number for number, body in enumerate(bodies[1:], 1) if body in ("---", "...")), 0)


def _pairs(markers: Sequence[_Marker]) -> Iterator[tuple[_Marker, _Marker]]:
    begin: _Marker | None = None
    for marker in markers:
        place = f'"{marker.name}" on line {marker.line + 1}'
        if marker.side == "begin":
            if begin:
                raise EditError(f'The block "{begin.name}" has no end before that of {place}')
            if not marker.is_alone:
                raise EditError(f"Text stands behind the first marker of {place}")
            begin = marker
        elif begin is None or begin.name != marker.name:
            raise EditError(f"The end of the block {place} has no beginning")
        else:
            yield begin, marker
            begin = None
    if begin:
        raise EditError(f'The block "{begin.name}" on line {begin.line + 1} has no end')


def _places(blocks: Sequence[tuple[_Marker, _Marker]]) -> str:
    return " and ".join(str(begin.line + 1) for begin, _ in blocks)


def _block(lines: Sequence[str], begin: _Marker, end: _Marker) -> Block:
    bodies = [line.rstrip("\r\n") for line in lines[begin.line + 1 : end.line]]
    is_indented = starts_all(bodies, begin.indent)
    content = [body.removeprefix(begin.indent) for body in bodies] if is_indented else bodies
    return Block(
        begin=begin.line,
        end=end.line,
        indent=begin.indent,
        is_indented=is_indented,
        content=tuple(content),
        stop=end.stop,
    )


def starts_all(bodies: Sequence[str], indent: str) -> bool:
    """Tell whether every line that is not blank starts with an indentation."""
    return all(body.startswith(indent) for body in bodies if body.strip())
