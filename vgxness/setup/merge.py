"""Three-way merge of values: what we wrote, what stands there, what we want."""

from __future__ import annotations

from collections.abc import Mapping

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.jsonc import MISSING, Missing
from vgxness.setup.formats.jsonc.read import same


class MergeConflict(Exception):  # noqa: N818 -- an answer of the merge, not an error of the program
    """Both sides changed the same value in different ways; the argument is its path below the key."""


def merge(
    base: JsonValue | Missing, standing: JsonValue | Missing, wanted: JsonValue | Missing
) -> JsonValue | Missing:
    """Return the wanted value with the user's own edits kept.

    Raises:
        MergeConflict: the user and we changed the same thing differently.
    """
    if _equal(standing, base) or _equal(standing, wanted):
        return wanted
    if _equal(wanted, base):
        return standing
    if not isinstance(standing, Mapping) or not isinstance(wanted, Mapping):
        raise MergeConflict
    old: Mapping[str, JsonValue] = base if isinstance(base, Mapping) else {}
    merged: dict[str, JsonValue] = {}
    for key in [*standing, *(key for key in wanted if key not in standing)]:
        value = merge(old.get(key, MISSING), standing.get(key, MISSING), wanted.get(key, MISSING))
        if value is not MISSING:
            merged[key] = value
    return merged


def _equal(left: JsonValue | Missing, right: JsonValue | Missing) -> bool:
    if left is MISSING or right is MISSING:
        return left is right
    return same(left, right)
