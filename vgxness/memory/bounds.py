"""What may be stored: sizes, and characters that no store and no terminal takes."""

from __future__ import annotations

import re
from typing import Final

from vgxness.errors import VgxnessError

MAX_TITLE: Final = 200
MAX_TOPIC_KEY: Final = 200
MAX_CONTENT_BYTES: Final = 64 * 1024
MAX_NAME: Final = 100
MAX_IDEMPOTENCY_KEY: Final = 200
MAX_LIST: Final = 200

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text with each NUL and each lone surrogate replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return the text with each run of white space replaced by one space."""
    return " ".join(text.split())


def title(text: str) -> str:
    """Return a title on one line, 1 to 200 characters.

    Raises:
        VgxnessError: `usage` where nothing is left of it, `too_large`.
    """
    return _within("title", _required("title", one_line(storable(text))), MAX_TITLE)


def content(text: str) -> str:
    """Return a content of 1 byte to 64 KiB in UTF-8.

    Raises:
        VgxnessError: `usage` where it is blank, `too_large`.
    """
    cleaned = _required("content", storable(text))
    size = len(cleaned.encode())
    if size > MAX_CONTENT_BYTES:
        raise VgxnessError(
            "too_large",
            f"The content has {size:,} bytes; at most {MAX_CONTENT_BYTES:,} are stored.",
            hint="Save the essence, or split it under several topic keys. Nothing was stored.",
        )
    return cleaned


def topic_key(text: str | None) -> str | None:
    """Return a topic key on one line, at most 200 characters; None for None or blank.

    Raises:
        VgxnessError: `too_large`.
    """
    return _within("topic key", one_line(storable(text or "")), MAX_TOPIC_KEY) or None


def name(what: str, text: str) -> str:
    """Return a name on one line, at most 100 characters, "" allowed.

    Raises:
        VgxnessError: `too_large`.
    """
    return _within(what, one_line(storable(text)), MAX_NAME)


def idempotency_key(text: str | None) -> str | None:
    """Return the key as given, 1 to 200 characters; None for None or "".

    Raises:
        VgxnessError: `too_large`.
    """
    return _within("idempotency key", storable(text or ""), MAX_IDEMPOTENCY_KEY) or None


def limit(value: int) -> int:
    """Return how many are asked for, 1 to 200.

    Raises:
        VgxnessError: `usage`.
    """
    if not 1 <= value <= MAX_LIST:
        raise VgxnessError("usage", f"The limit must be 1 to {MAX_LIST}, and is {value}.")
    return value


def one_of(what: str, value: str, allowed: tuple[str, ...]) -> None:
    """Raise `usage` naming the allowed words where the value is none of them."""
    if value not in allowed:
        raise VgxnessError("usage", f"The {what} must be one of: {', '.join(allowed)}.")


def _required(what: str, text: str) -> str:
    if not text.strip():
        raise VgxnessError("usage", f"The {what} is empty.", hint="Nothing was stored.")
    return text


def _within(what: str, text: str, most: int) -> str:
    if len(text) > most:
        raise VgxnessError(
            "too_large",
            f"The {what} has {len(text):,} characters; at most {most} are stored.",
            hint="Nothing was stored.",
        )
    return text
