"""Put a member into a bracketed list, or take one out: TOML's arrays and inline tables, YAML's flow style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

BOM: Final = "\ufeff"
Splice: TypeAlias = tuple[int, int, str]
"""Replace the text from a start to an end (exclusive)."""

COMMENT_AFTER: Final = re.compile(r"[ \t]*#[^\r\n]*")
_INDENT: Final = re.compile(r"[ \t]*")
_LINE_END: Final = re.compile(r"[ \t]*\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One member with its extent (`end` is exclusive) and the place of the comma after it, or -1."""

    start: int
    end: int
    comma: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Brackets:
    """A bracketed list in a text: from its opening bracket to behind its closing one."""

    text: str
    start: int
    end: int
    slots: Sequence[Slot]
    newline: str
    pad: str = ""


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Return the text with each splice made; none may overlap another."""
    pieces: list[str] = []
    at = 0
    for start, end, new in sorted(splices):
        pieces += [text[at:start], new]
        at = end
    return "".join(pieces) + text[at:]


def line_start(text: str, position: int) -> int:
    """Return where the position's line starts; a byte-order mark is not part of it."""
    start = text.rfind("\n", 0, position) + 1
    return 1 if start == 0 and text.startswith(BOM) else start


def next_line(text: str, position: int) -> int:
    """Return where the line after the position's line starts, or the text's end."""
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1


def line_end(text: str, position: int) -> int:
    """Return where the position's line ends, before its line end."""
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return end - 1 if text[position:end].endswith("\r") else end


def indent_of(text: str, position: int) -> str:
    """Return the white space that the position's line starts with."""
    found = _INDENT.match(text, line_start(text, position), position)
    return found.group() if found else ""


def after_space(text: str, position: int) -> int:
    """Return where blanks that start at a position end."""
    found = _INDENT.match(text, position)
    return found.end() if found else position


def whole_lines(text: str, start: int, end: int) -> Splice:
    """Return the splice that takes lines out, and with the last line the line end before it."""
    if end == len(text) and not text.endswith("\n") and text[start - 1 : start] == "\n":
        start = line_end_before(text, start)
    return start, end, ""


def newline_of(text: str) -> str:
    """Return the line end that the first line has."""
    return "\r\n" if text[: text.find("\n")].endswith("\r") else "\n"


def with_member(brackets: Brackets, new: str) -> list[Splice]:
    """Return the splices for a member more at the end."""
    text = brackets.text
    if not brackets.slots:
        return [_only_member(brackets, new)]
    last = brackets.slots[-1]
    end = last.comma + 1 if last.comma >= 0 else last.end
    if not text[line_start(text, last.start) : last.start].strip():
        return _on_own_line(brackets, last, new, end)
    return [(end, end, f" {new},")] if last.comma >= 0 else [(end, end, f", {new}")]


def _on_own_line(brackets: Brackets, last: Slot, new: str, end: int) -> list[Splice]:
    text = brackets.text
    comment = COMMENT_AFTER.match(text, end)
    at = comment.end() if comment else end
    line = brackets.newline + text[line_start(text, last.start) : last.start] + new
    if last.comma >= 0:
        return [(at, at, line + ",")]
    return [(end, end, ","), (at, at, line)] if at > end else [(end, end, "," + line)]


def _only_member(brackets: Brackets, new: str) -> Splice:
    text, start, end = brackets.text, brackets.start + 1, brackets.end - 1
    inner = text[start:end]
    if not inner.strip():
        return start, end, brackets.pad + new + brackets.pad
    at = start + len(inner.rstrip())
    return at, at, brackets.newline + indent_of(text, at) + new + ","


def without_member(brackets: Brackets, index: int) -> list[Splice]:
    """Return the splices that take a member out; comments stay."""
    text, slots, slot = brackets.text, brackets.slots, brackets.slots[index]
    if len(slots) == 1 and _is_bare(brackets):
        return [(brackets.start + 1, brackets.end - 1, "")]
    end, splices = slot.end, list[Splice]()
    if slot.comma >= 0 and text[end : slot.comma].strip():
        splices.append((slot.comma, slot.comma + 1, ""))
    elif slot.comma >= 0:
        end = slot.comma + 1
    elif index:
        splices.append((slots[index - 1].comma, slots[index - 1].comma + 1, ""))
    start = line_start(text, slot.start)
    if not text[start : slot.start].strip() and _may_join(brackets, index, end):
        return [*splices, (line_end_before(text, start), end, "")]
    if index and text[start : slot.start].strip():
        return [*splices, (slots[index - 1].comma + 1, end, "")]
    return [*splices, (slot.start, after_space(text, end), "")]


def _may_join(brackets: Brackets, index: int, end: int) -> bool:
    """Tell whether what follows a member on its line may follow on the line above."""
    if _LINE_END.match(brackets.text, end):
        return True
    above = brackets.text[brackets.slots[index - 1].end : brackets.slots[index].start]
    return 0 < index == len(brackets.slots) - 1 and "#" not in above


def line_end_before(text: str, start: int) -> int:
    """Return where the line before the one that starts at a position ends, before its line end."""
    return start - 2 if text[start - 2 : start] == "\r\n" else max(start - 1, 0)


def _is_bare(brackets: Brackets) -> bool:
    """Tell whether an only member has no comment beside it."""
    text, slot = brackets.text, brackets.slots[0]
    around = text[brackets.start + 1 : slot.start] + text[slot.end : brackets.end - 1]
    return not around.strip(", \t\r\n")
