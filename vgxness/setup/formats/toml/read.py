"""Values of a parsed document, and what two documents differ in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.values import MISSING, Missing

_MAX_DEPTH: Final = 64


def value_at(data: Mapping[str, Any], path: Sequence[str]) -> JsonValue | Missing:
    """Return the value at a path of keys, `MISSING` where there is none.

    Raises:
        EditError: JSON can't say it (a date, a time, nan, inf), or it is nested deeper than 64 levels.
    """
    found = raw_at(data, path)
    return found if found is MISSING else as_json(found)


def raw_at(data: Mapping[str, Any], path: Sequence[str]) -> Any:  # noqa: ANN401 - TOML says more than JSON
    """Return what stands at a path, dates and all, or `MISSING`."""
    found: object = data
    for key in path:
        if not isinstance(found, dict) or key not in found:
            return MISSING
        found = cast("dict[str, object]", found)[key]
    return found


def as_json(value: object, depth: int = 0) -> JsonValue:
    """Return a value as JSON.

    Raises:
        EditError: JSON can't say it, or it is nested deeper than 64 levels.
    """
    if depth > _MAX_DEPTH:
        raise EditError(f"the value is nested deeper than {_MAX_DEPTH} levels")
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        return {key: as_json(item, depth + 1) for key, item in table.items()}
    if isinstance(value, list):
        return [as_json(item, depth + 1) for item in cast("list[object]", value)]
    if isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise EditError("the value is a date, a time or a number that JSON can't say")


def differ_only_at(before: object, after: object, path: Sequence[str]) -> bool:
    """Tell whether two documents say the same but for a path; tables on the way to it may come and go."""
    left = cast("dict[str, object]", before) if isinstance(before, dict) else None
    right = cast("dict[str, object]", after) if isinstance(after, dict) else None
    if left is None or right is None:
        return (left is None) == (right is None)
    key, rest = path[0], path[1:]
    if left.keys() - {key} != right.keys() - {key}:
        return False
    if not all(identical(left[other], right[other]) for other in left if other != key):
        return False
    return not rest or differ_only_at(left.get(key, {}), right.get(key, {}), rest)


def identical(left: object, right: object) -> bool:
    """Tell whether two values are the same in kind too: 1 is not 1.0, nan is nan."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        one, two = cast("dict[str, object]", left), cast("dict[str, object]", right)
        return list(one) == list(two) and all(identical(one[key], two[key]) for key in one)
    if isinstance(left, list):
        first, second = cast("list[object]", left), cast("list[object]", right)
        return len(first) == len(second) and all(map(identical, first, second))
    return left == right or (left != left and right != right)
