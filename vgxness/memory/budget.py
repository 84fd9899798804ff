"""What a text costs an agent: an estimate that errs on the dear side for scripts other than Latin."""

from __future__ import annotations


def tokens(text: str) -> int:
    """Return about how many tokens a text costs: one for four ASCII characters, one for each other."""
    ascii_characters = sum(1 for character in text if character.isascii())
    return -(-ascii_characters // 4) + len(text) - ascii_characters


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
