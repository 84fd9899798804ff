"""Three-way merge of texts by their lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

# Not str.splitlines, which also splits at form feeds and at Unicode's separators.
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_FEW: Final = 40_000
"""Pairs of lines that are compared one by one where no line is the only one of its kind."""

_Span = tuple[int, int, int, int]


def merge_lines(base: str, standing: str, wanted: str) -> str | None:
    """Return the wanted text with what changed from `base` to `standing`; None where both changed one place.

    Changes on neighbouring lines count as one place. Where all of a text ends its lines in one way, the
    answer ends them as `standing` does, so that a checkout with other line ends is no conflict, and
    whether the last line has an end is merged by itself.
    """
    if standing in (base, wanted):
        return wanted
    if base == wanted:
        return standing
    texts = (base, standing, wanted)
    kinds = [set(_LINE_END.findall(text)) for text in texts]
    if any(len(kind) > 1 for kind in kinds):
        return _merged(*map(lines_of, texts))
    newline = next(iter(kinds[1] or kinds[2] or kinds[0]), "\n")
    merged = _merged(*(_LINE.findall(_whole(_LINE_END.sub("\n", text))) for text in texts))
    if merged is None:
        return None
    before, now, new = (not text or text.endswith(("\n", "\r")) for text in texts)
    is_ended = new if now == before else now
    return (merged if is_ended else merged.removesuffix("\n")).replace("\n", newline)


def _whole(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def lines_of(text: str) -> list[str]:
    """Return a text's lines with their ends."""
    return _LINE.findall(text)


def _merged(base: Sequence[str], standing: Sequence[str], wanted: Sequence[str]) -> str | None:
    ours, theirs = dict(_pairs(base, wanted)), dict(_pairs(base, standing))
    merged: list[str] = []
    at = (0, 0, 0)
    for index in [*sorted(ours.keys() & theirs.keys()), len(base)]:
        ends = (index, theirs.get(index, len(standing)), ours.get(index, len(wanted)))
        old, now, new = (
            text[start:end] for text, start, end in zip((base, standing, wanted), at, ends, strict=True)
        )
        if old not in (now, new) and now != new:
            return None
        merged += new if now == old else now
        merged += base[index : index + 1]
        at = (ends[0] + 1, ends[1] + 1, ends[2] + 1)
    return "".join(merged)


def _pairs(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of lines that are the same one, in rising order on both sides but not one by one."""
    spans: list[_Span] = [(0, len(left), 0, len(right))]
    # Texts made for it could yield one anchor for each look at all of their lines.
    patience = 64 * (len(left) + len(right))
    while spans and patience >= 0:
        start, end, at, stop = spans.pop()
        patience -= end - start + stop - at
        while start < end and at < stop and left[start] == right[at]:
            yield start, at
            start, at = start + 1, at + 1
        while start < end and at < stop and left[end - 1] == right[stop - 1]:
            end, stop = end - 1, stop - 1
            yield end, stop
        if start == end or at == stop:
            continue
        if anchors := _anchors(left[start:end], right[at:stop]):
            spans += _around(anchors, (start, end, at, stop))
        elif (end - start) * (stop - at) <= _FEW:
            blocks = SequenceMatcher(None, left[start:end], right[at:stop], autojunk=False)
            for block in blocks.get_matching_blocks():
                for step in range(block.size):
                    yield start + block.a + step, at + block.b + step


def _around(anchors: Sequence[tuple[int, int]], span: _Span) -> Iterator[_Span]:
    """Yield what lies between anchors; an anchor is the first line of what follows it."""
    start, at = span[0], span[2]
    for i, j in anchors:
        yield start, span[0] + i, at, span[2] + j
        start, at = span[0] + i, span[2] + j
    yield start, span[1], at, span[3]


def _anchors(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest rising run of lines that either side holds exactly once: patience diff."""
    once_left, once_right = Counter(left), Counter(right)
    places = {line: j for j, line in enumerate(right) if once_right[line] == 1}
    common = [(i, places[line]) for i, line in enumerate(left) if once_left[line] == 1 and line in places]
    tops: list[int] = []
    heads: list[int] = []
    previous: list[int] = []
    for number, (_, j) in enumerate(common):
        pile = bisect_left(tops, j)
        previous.append(heads[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        heads[pile : pile + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = heads[-1] if heads else -1
    while number >= 0:
        chain.append(common[number])
        number = previous[number]
    return chain[::-1]
