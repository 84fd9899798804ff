"""Characters that show nothing, and a text without them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

INVISIBLE: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The inside of a character class; the replacement character is one, because it stands for such."""

# What a terminal takes as an order, such as a colour, stands in no text that is copied from it.
_TERMINAL: Final = r"\x1b\[[0-9;:?]{0,40}[ -/]{0,4}[@-~]"


def seen(text: str) -> str:
    """Return the text as a reader sees it: no character that shows nothing, wide and styled ones plain."""
    return unicodedata.normalize("NFKC", shown(text))


def shown(text: str) -> str:
    """Return the text without what shows nothing and without a terminal's orders."""
    return _hiding().sub("", text)


@cache
def _hiding() -> re.Pattern[str]:
    return re.compile(f"{_TERMINAL}|[{INVISIBLE}]")
