"""Put a line, a section, or a member of a bracketed value into a text, or take it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from vgxness.setup.formats.toml.document import (
    Document,
    Member,
    Node,
    Section,
    line_end,
    line_start,
    next_line,
)
from vgxness.setup.formats.toml.grammar import BOM

Splice: TypeAlias = tuple[int, int, str]
"""Replace the text from a start to an end (exclusive)."""

_INDENT: Final = re.compile(r"[ \t]*")
_COMMENT_AFTER: Final = re.compile(r"[ \t]*#[^\r\n]*")
_COMMENT: Final = re.compile(r"#[^\n]*")
_BLANK: Final = re.compile(r"[ \t]*\r?\n")
_LINE_END: Final = re.compile(r"\r?\n")
_EQUALS: Final = (" = ", "=", "= ", " =")


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Return the text with each splice made; none may overlap another."""
    pieces: list[str] = []
    at = 0
    for start, end, new in sorted(splices):
        pieces += [text[at:start], new]
        at = end
    return "".join(pieces) + text[at:]


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
    start, at = line_start(text, position), next_line(text, position)
    indent = _INDENT.match(text, start, position)
    line = (indent.group() if indent else "") + line
    if at == len(text) and not text.endswith("\n"):
        return at, at, document.newline + line
    return at, at, line + document.newline


def first_line(document: Document, line: str) -> Splice:
    """Return the splice for a key before the first header, above the comments that belong to that."""
    text = document.text
    if len(document.sections) == 1:
        return _last_line(document, line)
    at = line_start(text, document.sections[1].start)
    while at > 0 and _is_comment(text, line_start(text, at - 1)):
        at = line_start(text, at - 1)
    return at, at, line + document.newline * 2


def _is_comment(text: str, start: int) -> bool:
    return text.startswith("#", _after_space(text, start))


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
    if comment := _COMMENT_AFTER.match(text, end):
        return [(member.start, comment.start() + len(comment.group()) - len(comment.group().lstrip()), "")]
    return [_whole_lines(text, start, next_line(text, end))]


def _whole_lines(text: str, start: int, end: int) -> Splice:
    if end == len(text) and not text.endswith("\n") and start > 0:
        start = line_end(text, start - 1) if text[start - 1] == "\n" else start
    return start, end, ""


def without_section(document: Document, section: Section) -> list[Splice]:
    """Return the splices that take a section's header and keys out; comments stay."""
    text = document.text
    last = section.entries[-1].value.end if section.entries else section.end
    start, end = line_start(text, section.start), next_line(text, last)
    kept = "".join(comment + document.newline for comment in _comments_of(document, section))
    if kept:
        return [(start, end, kept if text[end - 1] == "\n" else kept.removesuffix(document.newline))]
    return [_whole_lines(text, _above_blank(text, start, end), end)]


def _comments_of(document: Document, section: Section) -> list[str]:
    text, comments, at = document.text, list[str](), section.end
    for entry in section.entries:
        comments += _COMMENT.findall(text[at : entry.start])
        at = entry.value.end
    comments += _COMMENT.findall(text[at : line_end(text, at)])
    return [comment.rstrip("\r") for comment in comments]


def _above_blank(text: str, start: int, end: int) -> int:
    """Return where the one blank line before a section starts, if another or nothing follows it."""
    above = line_start(text, start - 1) if start else start
    if above == start or not _BLANK.fullmatch(text, above, start):
        return start
    return above if end == len(text) or _BLANK.match(text, end) else start


def with_member(document: Document, node: Node, new: str) -> list[Splice]:
    """Return the splices for a member more at the end of an array or inline table."""
    text = document.text
    if not node.members:
        return [_only_member(document, node, new)]
    last = node.members[-1]
    end = last.comma + 1 if last.comma >= 0 else last.value.end
    if not text[line_start(text, last.start) : last.start].strip(" \t" + BOM):
        return _on_own_line(document, last, new, end)
    if last.comma >= 0:
        return [(end, end, f" {new},")]
    return [(end, end, f", {new}")]


def _on_own_line(document: Document, last: Member, new: str, end: int) -> list[Splice]:
    text = document.text
    indent = text[line_start(text, last.start) : last.start]
    comment = _COMMENT_AFTER.match(text, end)
    at = comment.end() if comment else end
    line = document.newline + indent + new
    if last.comma >= 0:
        return [(at, at, line + ",")]
    return [(end, end, ","), (at, at, line)] if at > end else [(end, end, "," + line)]


def _only_member(document: Document, node: Node, new: str) -> Splice:
    text, start, end = document.text, node.start + 1, node.end - 1
    inner = text[start:end]
    if not inner.strip():
        return start, end, f" {new} " if node.kind == "inline" else new
    at = start + len(inner.rstrip())
    line = _INDENT.match(text, line_start(text, at))
    return at, at, document.newline + (line.group() if line else "") + new + ","


def without_member(document: Document, node: Node, index: int) -> list[Splice]:
    """Return the splices that take a member out of an array or inline table; comments stay."""
    text, member = document.text, node.members[index]
    if len(node.members) == 1 and _is_bare(text, node):
        return [(node.start + 1, node.end - 1, "")]
    end, splices = member.value.end, list[Splice]()
    if member.comma >= 0 and text[end : member.comma].strip():
        splices.append((member.comma, member.comma + 1, ""))
    elif member.comma >= 0:
        end = member.comma + 1
    elif index:
        comma = node.members[index - 1].comma
        splices.append((comma, comma + 1, ""))
    start = line_start(text, member.start)
    if not text[start : member.start].strip():
        if _LINE_END.match(text, end):
            return [*splices, (line_end(text, start - 1), end, "")]
        return [*splices, (member.start, _after_space(text, end), "")]
    if index:
        return [*splices, (node.members[index - 1].comma + 1, end, "")]
    return [*splices, (member.start, _after_space(text, end), "")]


def _is_bare(text: str, node: Node) -> bool:
    """Tell whether an only member has no comment beside it."""
    member = node.members[0]
    around = text[node.start + 1 : member.start] + text[member.value.end : node.end - 1]
    return not around.strip(", \t\r\n")


def _after_space(text: str, position: int) -> int:
    found = _INDENT.match(text, position)
    return found.end() if found else position
