"""What every format's values have in common: absence, and when two of them are equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, Literal, TypeAlias

from vgxness.contract.json_value import JsonValue


class Absent(Enum):
    """The type of `MISSING`, so that a checker can tell it from null."""

    MISSING = "missing"


Missing: TypeAlias = Literal[Absent.MISSING]
MISSING: Final = Absent.MISSING
"""No such key; null is a value."""


def same(left: JsonValue, right: JsonValue) -> bool:
    """Tell whether two values are equal as JSON: true is not 1, 1 is 1.0, key order does not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, str) or isinstance(right, str):
        return left == right
    if isinstance(left, Sequence) and isinstance(right, Sequence):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and left == right
