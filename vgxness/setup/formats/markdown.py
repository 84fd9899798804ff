"""Managed blocks: lines of ours between two marker comments, in a text whose other lines are the user's.

A marker stands on a line of its own and outside of code. The lines between are read with a line feed
between each two, so a block that ends in one has an empty line before its second marker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.markers import BOM, Block, Page, has_marker, is_open, read_page, starts_all
from vgxness.setup.formats.values import MISSING, Missing

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def read_block(text: str, name: str) -> str | Missing:
    """Return the lines between the markers of a name, or `MISSING`.

    Raises:
        EditError: the markers do not say where the block is: one alone, out of order, twice, in each other.
    """
    block = read_page(text, name).block
    return MISSING if block is None else "\n".join(block.content)


def write_block(text: str, name: str, block: str) -> str:
    """Return the text with these lines between the markers; a new block goes to the end.

    Line ends become those of the text; lines that stand there already keep every byte.

    Raises:
        EditError: as for `read_block`; or a line of the block could be taken for a marker, or a code
            fence would swallow one.
    """
    page = read_page(text, name)
    wanted = _LINE_END.sub("\n", block)
    if has_marker(wanted):
        raise EditError(f'A line of the block "{name}" could be taken for a marker')
    if is_open(wanted):
        raise EditError(f'A code fence in the block "{name}" is not closed')
    rows = wanted.split("\n") if wanted else []
    if page.block is None:
        return _appended(text, page, name, rows)
    if "\n".join(page.block.content) == wanted:
        return text
    written = _joined(text, _rewritten(page.lines, page.block, rows))
    if read_block(written, name) != wanted:
        raise EditError(f'The block "{name}" would be read otherwise at the indentation it has')
    return written


def undo_block(text: str, before: str, name: str) -> str:
    """Return the text with the block as it stands in `before`, or without it.

    With a block that was not there, the line ends go that set it apart. Where nothing else changed
    since, the answer is `before` itself.

    Raises:
        EditError: as for `read_block`, of either text.
    """
    then, page = read_page(before, name), read_page(text, name)
    block, old = page.block, then.block
    if block is None:
        return text
    if old is None:
        return _joined(text, _without(page.lines, block, then.lines))
    was = "".join(then.lines[old.begin : old.end]) + then.lines[old.end][: old.stop]
    ends = {_end_of(line) for line in page.lines} - {""}
    if len(ends) == 1:
        was = _LINE_END.sub(ends.pop(), was)
    after = page.lines[block.end][block.stop :]
    return _joined(text, [*page.lines[: block.begin], was + after, *page.lines[block.end + 1 :]])


def release_block(text: str, name: str) -> str:
    """Return the text without the markers, the lines between them kept.

    Raises:
        EditError: as for `read_block`.
    """
    page = read_page(text, name)
    if page.block is None:
        return text
    lines = [*page.lines[: page.block.begin], *page.lines[page.block.begin + 1 : page.block.end]]
    return _joined(text, [*lines, *_behind(page.lines, page.block)])


def _appended(text: str, page: Page, name: str, wanted: Sequence[str]) -> str:
    if page.open_fence:
        raise EditError(f"The code fence on line {page.open_fence} is not closed, so text after it is code")
    newline = _newline(page.lines)
    begin = f"<!-- vgxness:begin {name} (kept by vgxness; edits are merged) -->"
    rows = [begin, *wanted, f"<!-- vgxness:end {name} -->"]
    needs_end, needs_blank = _apart(page.lines)
    return text + newline * (needs_end + needs_blank) + "".join(row + newline for row in rows)


def _apart(lines: Sequence[str]) -> tuple[bool, bool]:
    """Tell what sets a new block apart from these lines: an end for the last one, a blank line."""
    if not lines:
        return False, False
    return not _end_of(lines[-1]), bool(lines[-1].strip())


def _rewritten(lines: list[str], block: Block, wanted: list[str]) -> list[str]:
    newline = _end_of(lines[block.begin])
    have, standing = list(block.content), lines[block.begin + 1 : block.end]
    # A block whose own lines all start so would be read as an indented one.
    is_indented = block.is_indented or starts_all(wanted, block.indent)
    head = tail = 0
    if is_indented == block.is_indented:
        most = min(len(have), len(wanted))
        while head < most and have[head] == wanted[head]:
            head += 1
        while tail < most - head and have[-1 - tail] == wanted[-1 - tail]:
            tail += 1
    indent = block.indent if is_indented else ""
    new = [(indent + row if row else "") + newline for row in wanted[head : len(wanted) - tail]]
    kept = standing[len(standing) - tail :]
    return [*lines[: block.begin + 1], *standing[:head], *new, *kept, *lines[block.end :]]


def _without(lines: list[str], block: Block, then: Sequence[str]) -> list[str]:
    above, behind = lines[: block.begin], _behind(lines, block)
    needed_end, needed_blank = _apart(then)
    if needed_blank and above and not _body(above[-1]):
        is_where_it_was = len(above) > 1 and _body(above[-2]) == _body(then[-1])
        if is_where_it_was or not behind or not behind[0].strip():
            above.pop()
    if needed_end and above and not behind and _body(above[-1]) == _body(then[-1]):
        above[-1] = _body(above[-1])
    return above + behind


def _behind(lines: Sequence[str], block: Block) -> list[str]:
    """Return what follows a block: the rest of its last line, if that is not blank, and the next lines."""
    rest = lines[block.end][block.stop :]
    return [*([rest] if rest.strip() else []), *lines[block.end + 1 :]]


def _newline(lines: Sequence[str]) -> str:
    """Return how new lines end: as the last line does, or else the first."""
    ends = [end for line in (*lines[-1:], *lines[:1]) if (end := _end_of(line))]
    return ends[0] if ends else "\n"


def _end_of(line: str) -> str:
    return line[len(_body(line)) :]


def _body(line: str) -> str:
    return line.rstrip("\r\n")


def _joined(text: str, lines: Sequence[str]) -> str:
    return (BOM if text.startswith(BOM) else "") + "".join(lines)
