"""Rows of a container, members and items alike: put one after the last, take one out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from vgxness.setup.formats.jsonc.document import Document, Node, trivia_end
from vgxness.setup.formats.jsonc.style import Style, indentation

Splice: TypeAlias = tuple[int, int, str]
"""Replace the text from a start to an end (exclusive)."""

_SAME_LINE: Final = re.compile(r"(?:[ \t]*+/\*(?:[^*\r\n]|\*(?!/))*\*/)*(?:[ \t]*+//[^\r\n]*+)?")
_COMMENT: Final = re.compile(r"//[^\r\n]*+|/\*(?s:.*?)\*/")
_LINE_ENDS: Final = re.compile(r"[ \t]*+[\r\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One member or item: from where to where (exclusive), and the place of the comma after it, or -1."""

    start: int
    end: int
    comma: int = -1


def rows_of(document: Document, node: Node) -> list[Row]:
    """Return the rows of a container that was read."""
    if node.kind == "object":
        return [Row(start=one.start, end=one.value.end, comma=one.comma) for one in node.members]
    rows: list[Row] = []
    for item in node.items:
        comma = trivia_end(document.text, item.end, strict=document.strict)
        has_comma = document.text.startswith(",", comma)
        rows.append(Row(start=item.start, end=item.end, comma=comma if has_comma else -1))
    return rows


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Return the text with each splice made; none may overlap another."""
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def beside(last: Row, new: str, style: Style) -> list[Splice]:
    """Return the splices for one more row on the last one's line."""
    space = style.comma[1:]
    if last.comma >= 0:
        return [(last.comma + 1, last.comma + 1, f"{space}{new},")]
    return [(last.end, last.end, f",{space}{new}")]


def below(document: Document, last: Row, new: str, style: Style) -> list[Splice]:
    """Return the splices for one more row on a line of its own; comments stay with the row before."""
    new = style.newline + indentation(document.text, last.start) + new
    end = last.comma + 1 if last.comma >= 0 else last.end
    line_end = _same_line_end(document, end)
    if last.comma >= 0:
        return [(line_end, line_end, new + ",")]
    if line_end == end:
        return [(end, end, "," + new)]
    return [(end, end, ","), (line_end, line_end, new)]


def _same_line_end(document: Document, position: int) -> int:
    if document.strict:
        return position
    found = _SAME_LINE.match(document.text, position)
    return found.end() if found else position


def removal(document: Document, node: Node, rows: Sequence[Row], index: int) -> list[Splice]:
    """Return the splices that take a row out, and one comma with it; the comments around it stay."""
    text, row = document.text, rows[index]
    before = rows[index - 1].comma + 1 if index else node.start + 1
    comment = last_comment(text, before, row.start)
    start = comment.end() if comment else before
    if comment and comment.group().startswith("//") and not _line_ends_after(text, row):
        start = row.start
    splices: list[Splice] = [(start, row.end, "")]
    if row.comma >= 0:
        splices.append((row.comma, row.comma + 1, ""))
    elif index == len(rows) - 1 and index:
        splices.append((before - 1, before, ""))
    return splices


def last_comment(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last comment of a stretch of white space and comments."""
    found = list(_COMMENT.finditer(text, start, end))
    return found[-1] if found else None


def _line_ends_after(text: str, row: Row) -> bool:
    after = row.end + 1 if row.comma == row.end else row.end
    return _LINE_ENDS.match(text, after) is not None
