"""What would change in a file, as a person reads it; secrets redacted, the rest as it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Final

from vgxness.redaction import redact_secrets

_MAX_LINES: Final = 400
_MAX_WIDTH: Final = 2000
_CONTEXT: Final = 3


def diff_text(path: Path, before: bytes | None, after: bytes | None) -> str:
    """Return a unified diff of two states of a file; None is no file; "" where they are equal.

    At most 400 lines are shown, each of at most 2,000 characters.
    """
    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    names = ("/dev/null" if before is None else str(path), "/dev/null" if after is None else str(path))
    start, stop = _common(old, new)
    rows = [_clipped(row) for row in _numbered(old, new, names, start, stop)]
    if len(rows) > _MAX_LINES:
        rows = [*rows[:_MAX_LINES], f"… {len(rows) - _MAX_LINES} lines more"]
    return redact_secrets("\n".join(rows))


def printable(text: str) -> str:
    """Return text whose control characters, which would move a terminal's cursor, are replaced."""
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" and c != "\t" else c for c in text)


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").removeprefix("\ufeff").splitlines()


def _clipped(row: str) -> str:
    if len(row) <= _MAX_WIDTH:
        return printable(row)
    # The end is what matters: in a file of one line a new key stands there.
    return printable(f"{row[:200]} … {row[200 - _MAX_WIDTH :]}")


def _common(old: list[str], new: list[str]) -> tuple[int, int]:
    """Return how many lines are equal at both ends: comparing only the middle keeps huge files fast."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    room = shorter - start
    stop = next((i for i in range(room) if old[-1 - i] != new[-1 - i]), room)
    return max(start - _CONTEXT, 0), max(stop - _CONTEXT, 0)


def _numbered(old: list[str], new: list[str], names: tuple[str, str], start: int, stop: int) -> Iterator[str]:
    middle = unified_diff(
        old[start : len(old) - stop], new[start : len(new) - stop], *names, n=_CONTEXT, lineterm=""
    )
    for row in middle:
        yield _shift(row, start) if row.startswith("@@ ") else row


def _shift(header: str, by: int) -> str:
    _, old, new, end = header.split(" ", 3)
    return f"@@ -{_moved(old[1:], by)} +{_moved(new[1:], by)} {end}"


def _moved(place: str, by: int) -> str:
    line, comma, count = place.partition(",")
    return f"{int(line) + by}{comma}{count}"
