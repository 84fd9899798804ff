"""Where new lines go, and which lines a value takes up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.brackets import (
    COMMENT_AFTER,
    Brackets,
    Slot,
    Splice,
    after_space,
    line_end,
    line_end_before,
    line_start,
    newline_of,
    next_line,
    whole_lines,
)
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.yaml.nodes import Document, Node
from vgxness.setup.formats.yaml.render import Style, block, column, flow, is_inline

_TRIVIA: Final = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")


def trivia_end(text: str, position: int) -> int:
    """Return where white space and comments that start at a position end."""
    found = _TRIVIA.match(text, position)
    return found.end() if found else position


def colon_after(text: str, key: Node) -> int:
    """Return the place right behind a key's colon.

    Raises:
        EditError: there is no colon, or not on the key's line.
    """
    at = after_space(text, key.end)
    if not text.startswith(":", at):
        raise EditError("a key on the way stands without a colon on its line")
    return at + 1


def lines_below(lines: Sequence[str], indent: int, style: Style) -> str:
    """Return lines as they follow a line that ends here."""
    return "".join(style.newline + " " * indent + line for line in lines)


def line_splice(text: str, position: int, lines: Sequence[str], indent: int, style: Style) -> Splice:
    """Return the splice for lines below a position's line, which keeps its own line end."""
    at, new = next_line(text, position), lines_below(lines, indent, style)
    if text[:at].endswith("\n"):
        new = new.removeprefix(style.newline) + style.newline
    return at, at, new


def value_splices(
    document: Document, after: int, node: Node, *, value: JsonValue, indent: int, style: Style
) -> list[Splice]:
    """Return the splices for another value behind a colon; comments before and behind the old one stay.

    `after` is the place behind the colon, `indent` the column of the key.
    """
    text = document.text
    new = flow(value) if is_inline(value) else ""
    step = style.unit if isinstance(value, Mapping) else style.dash
    lines = "" if new else lines_below(block(value, style), indent + step, style)
    if node.is_empty:
        at = after if new else line_end(text, after)
        return [(at, at, f" {new}" if new else lines)]
    if "\n" not in text[after : node.start]:
        if new:
            return [(node.start, node.end, new)]
        at = line_end(text, node.end)
        return [(after, node.end, ""), (at, at, lines)]
    start = line_end_before(text, line_start(text, node.start))
    if new:
        return [(after, after, f" {new}"), (start, node.end, "")]
    return [(start, node.end, lines)]


def without_lines(text: str, start: int, end: int) -> Splice:
    """Return the splice that takes a key or item with its lines out; a comment behind it stays.

    Raises:
        EditError: something else stands before it on its line.
    """
    first = line_start(text, start)
    if text[first:start].strip():
        raise EditError("what is to go shares its line with something else")
    if comment := COMMENT_AFTER.match(text, end):
        return start, after_space(text, comment.start()), ""
    return whole_lines(text, first, next_line(text, end))


def brackets_of(document: Document, node: Node) -> Brackets:
    """Return a collection in flow style as a bracketed list.

    Raises:
        EditError: it has no brackets of its own.
    """
    text = document.text
    bracket = "{}" if node.kind == "mapping" else "[]"
    if text[node.end - 1 : node.end] != bracket[1]:
        raise EditError("a mapping on the way stands without its braces")
    # Without the blank behind it, the colon of a missing value would become a part of its key.
    extents = [
        (key.start, value.end + (value.is_empty and text[value.end] == " ")) for key, value in node.pairs
    ]
    extents += [(item.start, item.end) for item in node.items]
    slots: list[Slot] = []
    for start, end in extents:
        comma = trivia_end(text, end)
        slots.append(Slot(start=start, end=end, comma=comma if text.startswith(",", comma) else -1))
    start = _opening(text, node, bracket[0])
    return Brackets(text=text, start=start, end=node.end, slots=slots, newline=newline_of(text))


def is_json(text: str, node: Node) -> bool:
    """Tell whether a collection in flow style has quoted keys and texts only: it may well be JSON."""
    parts = [key for key, _ in node.pairs] or [item for item in node.items if item.kind == "scalar"]
    return bool(parts) and all(text[part.start] == '"' for part in parts)


def _opening(text: str, node: Node, bracket: str) -> int:
    """Return where a collection's bracket stands, behind its anchor and tag."""
    children = node.children()
    if children:
        return text.rindex(bracket, node.start, children[0].start)
    return text.rindex(bracket, node.start, node.end)


def dashes_of(text: str, node: Node) -> list[int]:
    """Return where the dash of each item of a block sequence stands."""
    found: list[int] = []
    at = node.start
    for item in node.items:
        at = trivia_end(text, at)
        if not text.startswith("-", at):
            raise EditError("the list is written in a way that has no single place for the edit")
        found.append(at)
        at = at + 1 if item.is_empty else item.end
    return found


def item_end(dash: int, item: Node) -> int:
    """Return where an item of a block sequence ends."""
    return dash + 1 if item.is_empty else item.end


def dash_column(text: str, dash: int) -> int:
    """Return the column of a dash.

    Raises:
        EditError: something else stands before it on its line.
    """
    if text[line_start(text, dash) : dash].strip():
        raise EditError("the list begins on the line of something else")
    return column(text, dash)
