"""`<private>…</private>` never reaches the disk."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# Tags within tags this deep were built to; what follows the first one left is taken out whole.
_MOST_READINGS: Final = 8
_INVISIBLE: Final = "[\\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*"


def without_private(text: str) -> str:
    """Return the text without its private sections: in any case, nested, or open to the end.

    A closing tag that opens nowhere is taken out too. What is left never holds a tag: pieces that would
    come together as one are taken out in turn.
    """
    for _ in range(_MOST_READINGS):
        cut = _cut(text)
        if cut == text:
            return text
        text = cut
    tag = _tag().search(text)
    return text[: tag.start()] if tag else text


@cache
def _tag() -> re.Pattern[str]:
    name = _INVISIBLE.join("private")
    open_ = r"(?:<|\uff1c|&lt;|\\u003c)"
    close = r"(?:>|\uff1e|&gt;|\\u003e|$|(?=<))"
    return re.compile(
        rf"{open_}{_INVISIBLE}(?P<closing>/?){_INVISIBLE}{name}(?![\w-])[^<>&\\\n]{{0,200}}{close}",
        re.IGNORECASE,
    )


def _cut(text: str) -> str:
    kept: list[str] = []
    depth = start = 0
    for tag in _tag().finditer(text):
        if depth == 0:
            kept.append(text[start : tag.start()])
        depth = max(0, depth - 1) if tag["closing"] else depth + 1
        start = tag.end()
    if depth == 0:
        kept.append(text[start:])
    return "".join(kept) if start else text
