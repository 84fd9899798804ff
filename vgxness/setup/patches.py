"""The keys that differ between two texts of a file which its own program rewrites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import TargetFormat
from vgxness.setup.editing import Config
from vgxness.setup.formats.dialects import keyed
from vgxness.setup.formats.values import MISSING, Missing, same
from vgxness.setup.models import Change, KeyPatch, OwnedEntry


def patches_between(before: Config, after: str, entries: Iterable[OwnedEntry]) -> tuple[KeyPatch, ...]:
    """Return a patch for each entry whose value is not the same in both; raises what `Config.read` raises."""
    paths = {entry.place: entry for entry in entries}
    later = replace(before, text=after)
    found = [
        KeyPatch(path=e.path, before=_box(before.read(e)), after=_box(later.read(e))) for e in paths.values()
    ]
    return tuple(patch for patch in found if not _alike(patch.before, patch.after))


def joined(steps: Iterable[Change]) -> tuple[KeyPatch, ...]:
    """Return the patches of changes to one file, made one after the other, as those of one change."""
    found: dict[tuple[str, ...], KeyPatch] = {}
    for patch in (patch for step in steps for patch in step.patches):
        earlier = found.get(patch.path)
        found[patch.path] = replace(patch, before=earlier.before) if earlier else patch
    return tuple(found.values())


def stands(text: str, format: TargetFormat, patches: Iterable[KeyPatch], *, after: bool) -> bool:
    """Tell whether every key has the value from before its patch, or the one from after it.

    Raises:
        ParseError: the text does not parse.
        EditError: a key has no single place in it.
    """
    dialect = keyed(format)
    if dialect is None:
        return False
    return all(
        _alike(_box(dialect.get(text, patch.path)), patch.after if after else patch.before)
        for patch in patches
    )


def patched(text: str, format: TargetFormat, patches: Iterable[KeyPatch], old: str, *, back: bool) -> str:
    """Return the text with every key as after its patch or, going back, as before it.

    `old` is a text from before our keys: what was not in it goes with the last key that needed it.

    Raises:
        ParseError: a text does not parse.
        EditError: a key has no single place in it.
    """
    dialect = keyed(format)
    if dialect is None:
        return text
    for patch in patches:
        wanted = patch.before if back else patch.after
        if wanted:
            text = dialect.set_key(text, patch.path, wanted[0])
        else:
            text = dialect.undo_key(text, old, patch.path)
    return text


def _box(value: JsonValue | Missing) -> tuple[JsonValue, ...]:
    return () if value is MISSING else (value,)


def _alike(left: tuple[JsonValue, ...], right: tuple[JsonValue, ...]) -> bool:
    return len(left) == len(right) and all(map(same, left, right))
