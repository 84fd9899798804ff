"""Identifiers: a prefix that says what it names, then 26 characters whose order is the order of making."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Final

# Crockford's base 32, lower case: no letter can be read as a digit.
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS: Final = 80


def new_id(prefix: str, now: datetime) -> str:
    """Return a new identifier such as `obs_01kax…`: 48 bits of milliseconds, then 80 random bits."""
    number = (int(now.timestamp() * 1000) << _RANDOM_BITS) | int.from_bytes(os.urandom(_RANDOM_BITS // 8))
    letters = [_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5)]
    return f"{prefix}_{''.join(letters)}"
