"""What a text costs an agent: an estimate that errs on the dear side for scripts other than Latin."""

from __future__ import annotations

from typing import Final

_ESCAPED: Final = '"\\\n\t'


def tokens(text: str) -> int:
    """Return about how many tokens a text costs in a JSON answer.

    Four ASCII characters are one, an escaped one counts twice, and each other character is one.
    """
    ascii_characters = sum(1 for character in text if character.isascii())
    escapes = sum(text.count(character) for character in _ESCAPED)
    return -(-(ascii_characters + escapes) // 4) + len(text) - ascii_characters


def shortened(text: str, characters: int) -> str:
    """Return the text in at most so many characters, the last an ellipsis where it was cut."""
    return text if len(text) <= characters else text[: max(0, characters - 1)].rstrip() + "…"


def leading(text: str, most: int) -> str:
    """Return the longest beginning of the text that costs at most so many tokens."""
    if tokens(text) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if tokens(text[:middle]) <= most else (low, middle - 1)
    return text[:low]
