"""Take an edit back out of a text by the letter, whatever else changed around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from vgxness.setup.formats.lines import merge_lines


def ways_back(text: str, before: str, after: str) -> Iterator[str]:
    """Yield what may be `text` without the edit that made `after` of `before`; each needs a proof."""
    cut = without_insertion(text, before, after)
    if cut is not None:
        yield cut
    merged = merge_lines(after, text, before)
    if merged is not None:
        yield merged


def without_insertion(text: str, before: str, after: str) -> str | None:
    """Return the text less what `after` has more than `before`.

    None where the edit did more than insert, or where the inserted text does not stand exactly once.
    """
    if text == after:
        return before
    start, rest = _shared(before, after)
    new = after[start : len(after) - rest]
    if not new or start + rest < len(before):
        return None
    # Whole lines are likelier to have survived what the user wrote next to them.
    while start and after[start - 1] not in "\r\n" and after[start - 1] == new[-1]:
        start, new = start - 1, new[-1] + new[:-1]
    at = text.find(new)
    if at < 0 or text.find(new, at + 1) >= 0:
        return None
    return text[:at] + text[at + len(new) :]


def _shared(left: str, right: str) -> tuple[int, int]:
    """Return how many characters two texts have in common at the start, and of the rest at the end."""
    most = min(len(left), len(right))
    start = sum(1 for _ in takewhile(lambda i: left[i] == right[i], range(most)))
    rest = sum(1 for _ in takewhile(lambda i: left[-i] == right[-i], range(1, most - start + 1)))
    return start, rest
