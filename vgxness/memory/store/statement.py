"""A statement whose number of placeholders varies."""

from __future__ import annotations


def with_marks(sql: str, count: int) -> str:
    """Return the statement with `(?*)` as so many placeholders; values never enter the text."""
    return sql.replace("(?*)", f"({','.join('?' * count)})")
