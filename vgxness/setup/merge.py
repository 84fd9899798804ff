"""Three-way merge: what we wrote, what stands there, what we want."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeGuard

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.values import MISSING, Missing, same
from vgxness.setup.models import Take


class MergeConflict(Exception):  # noqa: N818 -- an answer of the merge, not an error of the program
    """Both sides changed the same thing in different ways, and nobody said whose is to stand."""


def merge(
    base: JsonValue | Missing,
    standing: JsonValue | Missing,
    wanted: JsonValue | Missing,
    take: Take | None = None,
) -> JsonValue | Missing:
    """Return the wanted value with the user's own edits kept; `take` settles what both changed.

    Objects are merged key by key, and lists of as many objects item by item; other values are whole.

    Raises:
        MergeConflict: the user and we changed the same thing differently.
    """
    if _equal(standing, base) or _equal(standing, wanted):
        return wanted
    if _equal(wanted, base):
        return standing
    if isinstance(standing, Mapping) and isinstance(wanted, Mapping):
        return _merged_objects(base, standing, wanted, take)
    if _are_objects(standing) and _are_objects(wanted) and _are_objects(base):
        return _merged_lists(base, standing, wanted, take)
    return _taken(standing, wanted, take)


def merge_text(base: str, standing: str, wanted: str, take: Take | None = None) -> str:
    """Return the wanted lines with the user's own edits kept; `take` settles what both changed.

    Raises:
        MergeConflict: the user and we changed the same lines differently.
    """
    from vgxness.setup.formats.lines import merge_lines

    merged = merge_lines(base, standing, wanted)
    if merged is not None:
        return merged
    if take is None:
        raise MergeConflict
    return wanted if take == "ours" else standing


def own_lines(base: str, standing: str, take: Take | None = None) -> str:
    """Return what is left of lines when ours go: those that the user put between them.

    Raises:
        MergeConflict: the user changed a line of ours, and nobody said whose it is now.
    """
    now = standing.splitlines(keepends=True)
    # A line counts as ours whatever its end: what the user put behind a last line without one gave it one.
    changes = SequenceMatcher(None, base.splitlines(), standing.splitlines(), autojunk=False).get_opcodes()
    if any(kind == "replace" for kind, *_ in changes):
        if take is None:
            raise MergeConflict
        return "" if take == "ours" else standing
    return "".join(line for kind, _, _, start, end in changes if kind == "insert" for line in now[start:end])


def _merged_objects(
    base: JsonValue | Missing,
    standing: Mapping[str, JsonValue],
    wanted: Mapping[str, JsonValue],
    take: Take | None,
) -> JsonValue:
    old: Mapping[str, JsonValue] = base if isinstance(base, Mapping) else {}
    merged: dict[str, JsonValue] = {}
    for key in [*standing, *(key for key in wanted if key not in standing)]:
        value = merge(old.get(key, MISSING), standing.get(key, MISSING), wanted.get(key, MISSING), take)
        if value is not MISSING:
            merged[key] = value
    return merged


def _merged_lists(
    base: Sequence[JsonValue], standing: Sequence[JsonValue], wanted: Sequence[JsonValue], take: Take | None
) -> JsonValue | Missing:
    if not len(base) == len(standing) == len(wanted):  # nobody can tell which item became which
        return _taken(standing, wanted, take)
    rows = [merge(old, now, new, take) for old, now, new in zip(base, standing, wanted, strict=True)]
    return [row for row in rows if row is not MISSING]


def _taken(
    standing: JsonValue | Missing, wanted: JsonValue | Missing, take: Take | None
) -> JsonValue | Missing:
    if take is None:
        raise MergeConflict
    return wanted if take == "ours" else standing


def _are_objects(value: JsonValue | Missing) -> TypeGuard[list[Mapping[str, JsonValue]]]:
    return isinstance(value, list | tuple) and all(isinstance(item, Mapping) for item in value)


def _equal(left: JsonValue | Missing, right: JsonValue | Missing) -> bool:
    if left is MISSING or right is MISSING:
        return left is right
    return same(left, right)
