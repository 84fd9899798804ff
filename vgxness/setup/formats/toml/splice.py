"""Put a line or a section into a TOML text, or take it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vgxness.setup.formats.brackets import (
    BOM,
    COMMENT_AFTER,
    Brackets,
    Slot,
    Splice,
    after_space,
    indent_of,
    line_end,
    line_start,
    next_line,
    whole_lines,
)
from vgxness.setup.formats.toml.document import Document, Member, Node, Section

_COMMENT: Final = re.compile(r"#[^\n]*")
_BLANK: Final = re.compile(r"[ \t]*\r?\n")
_EQUALS: Final = (" = ", "=", "= ", " =")


def equals_of(document: Document, members: Sequence[Member]) -> str:
    """Return what the last of these members has between its key and its value, if others can have it too."""
    for last in members[-1:]:
        between = document.text[last.key_end : last.value.start]
        if between in _EQUALS:
            return between
    return " = "


def line_after(document: Document, position: int, line: str) -> Splice:
    """Return the splice for a new line after a position's line, indented like that."""
    text = document.text
    at = next_line(text, position)
    line = indent_of(text, position) + line
    if at == len(text) and not text.endswith("\n"):
        return at, at, document.newline + line
    return at, at, line + document.newline


def first_line(document: Document, line: str) -> Splice:
    """Return the splice for a key before the first header, above the comments that belong to that."""
    text = document.text
    if len(document.sections) == 1:
        return _last_line(document, line)
    at = line_start(text, document.sections[1].start)
    while (above := line_start(text, max(at - 1, 0))) < at and _is_comment(text, above):
        at = above
    return at, at, line + document.newline * 2


def _is_comment(text: str, start: int) -> bool:
    return text.startswith("#", after_space(text, start))


def _last_line(document: Document, line: str) -> Splice:
    text, newline = document.text, document.newline
    lead = newline if text.strip(BOM) and not text.endswith("\n") else ""
    return len(text), len(text), lead + line + ("" if lead else newline)


def appended(document: Document, section: str) -> str:
    """Return the text with a section after a blank line at its end; a final newline only as before."""
    text, newline = document.text, document.newline
    if not text.strip(BOM):
        return text + section
    if text.endswith("\n"):
        blank = _BLANK.fullmatch(text, line_start(text, len(text) - 1))
        return text + ("" if blank else newline) + section
    return text + newline * 2 + section.removesuffix(newline)


def without_line(document: Document, member: Member) -> list[Splice]:
    """Return the splices that take a key's lines out; a comment after the value stays, on its own line."""
    text = document.text
    start, end = line_start(text, member.start), member.value.end
    if comment := COMMENT_AFTER.match(text, end):
        return [(member.start, after_space(text, comment.start()), "")]
    return [whole_lines(text, start, next_line(text, end))]


def without_section(document: Document, section: Section) -> list[Splice]:
    """Return the splices that take a section's header and keys out; comments stay."""
    text = document.text
    last = section.entries[-1].value.end if section.entries else section.end
    start, end = line_start(text, section.start), next_line(text, last)
    kept = "".join(comment + document.newline for comment in _comments_of(document, section))
    if kept:
        return [(start, end, kept if text[end - 1] == "\n" else kept.removesuffix(document.newline))]
    return [whole_lines(text, _above_blank(text, start, end), end)]


def _comments_of(document: Document, section: Section) -> list[str]:
    text, comments, at = document.text, list[str](), section.end
    for entry in section.entries:
        comments += _COMMENT.findall(text[at : entry.start])
        at = entry.value.end
    comments += _COMMENT.findall(text[at : line_end(text, at)])
    return [comment.rstrip("\r") for comment in comments]


def _above_blank(text: str, start: int, end: int) -> int:
    """Return where the blank line before a section starts, if another, a comment or nothing follows."""
    above = line_start(text, start - 1) if start else start
    if above == start or not _BLANK.fullmatch(text, above, start):
        return start
    return above if end == len(text) or _BLANK.match(text, end) or _is_comment(text, end) else start


def brackets_of(document: Document, node: Node) -> Brackets:
    """Return an array or inline table as a bracketed list."""
    slots = [Slot(start=one.start, end=one.value.end, comma=one.comma) for one in node.members]
    pad = " " if node.kind == "inline" else ""
    return Brackets(
        text=document.text, start=node.start, end=node.end, slots=slots, newline=document.newline, pad=pad
    )
