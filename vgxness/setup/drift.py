"""How a file stands against what we wrote last and what we would write now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import ConfigTarget
from vgxness.errors import VgxnessError
from vgxness.redaction import redact_json, redact_secrets
from vgxness.setup.diff import printable
from vgxness.setup.editing import Config, Owned
from vgxness.setup.entries import Wish, wish_of
from vgxness.setup.files import look
from vgxness.setup.formats.values import MISSING, Missing, same
from vgxness.setup.models import Drift, OwnedEntry, Party, TargetStatus
from vgxness.setup.planning import Past, roots_of
from vgxness.setup.slots import slot_of
from vgxness.setup.switches import is_disabled, is_only_disabled
from vgxness.setup.text import decode

_MOST_LINES: Final = 20


def target_status(target: ConfigTarget, party: Party, past: Past) -> TargetStatus:
    """Return how a target of an installed adapter stands; reads the file and writes nothing."""
    try:
        standing = look(target.path, roots_of(target, party, past.home))
        text = decode(target.path, standing.content, target.format)
        sight = _Sight(
            config=Config(target.path, text, target.format, past.blobs.get),
            wishes=[wish_of(edit) for edit in target.edits],
            owned=past.history(party).owned(target.path),
            others=past.lineage(standing.real).held_by_others(party),
        )
        drift, lines = _drift(sight)
    except VgxnessError as error:
        return unreadable(party, target.id, target.path, error)
    return _status(party, target.id, target.path, drift, lines)


def record_status(path: Path, party: Party, past: Past) -> TargetStatus:
    """Return how a file stands of which only receipts are left, because the plugin is gone."""
    record = past.history(party).latest()[path]
    try:
        text = decode(path, look(path, record.roots).content, record.format)
        owned = {entry.place: entry for entry in record.entries}
        sight = _Sight(Config(path, text, record.format, past.blobs.get), (), owned, {})
        drift, lines = _drift(sight)
    except VgxnessError as error:
        return unreadable(party, record.target, path, error)
    return _status(party, record.target, path, drift, lines)


def unreadable(party: Party, target: str, path: Path, error: VgxnessError) -> TargetStatus:
    """Return the status of a file that can't be read, with the reason."""
    return TargetStatus(
        party=party,
        target=target,
        path=path,
        drift="unreadable",
        summary=error.message,
        lines=(error.cause,) if error.cause else (),
        hint=error.hint,
    )


@dataclass(frozen=True, slots=True)
class _Sight:
    """A file, what is wished for in it, and whose entries it holds."""

    config: Config
    wishes: Sequence[Wish]
    owned: Owned
    others: Owned

    def read(self, entry: OwnedEntry) -> JsonValue | Missing:
        return self.config.read(entry)

    def label(self, entry: OwnedEntry) -> str:
        return slot_of(entry, self.config.format).label

    @property
    def ours(self) -> list[OwnedEntry]:
        """What we wrote and did not yield to the user."""
        return [entry for entry in self.owned.values() if not entry.yielded]


def _drift(sight: _Sight) -> tuple[Drift, tuple[str, ...]]:
    lines = tuple(line for entry in sight.ours for line in _differences(sight, entry))
    if any(is_disabled(sight.read(entry), entry.value) for entry in sight.ours):
        return "disabled", lines
    if lines:
        claimed = [entry for entry in sight.ours if not entry.only_if_absent] or sight.ours
        is_gone = all(sight.read(entry) is MISSING for entry in claimed)
        return ("missing" if is_gone else "user-edited"), lines
    if sight.owned:
        stale = tuple(line for wish in sight.wishes if (line := _pending(sight, wish)))
        yielded = (f"{sight.label(e)} is left to you" for e in sight.owned.values() if e.yielded)
        return ("stale", stale) if stale else ("in-sync", tuple(yielded))
    return _unset(sight)


def _unset(sight: _Sight) -> tuple[Drift, tuple[str, ...]]:
    """Tell of a file in which nothing is ours."""
    claimed = [wish for wish in sight.wishes if not wish.entry.only_if_absent]
    found = [
        wish
        for wish in claimed
        if wish.entry.place not in sight.others and sight.read(wish.entry) is not MISSING
    ]
    if found and all(is_only_disabled(sight.read(wish.entry), wish.value) for wish in found):
        return "disabled", ()
    names = [sight.label(wish.entry) for wish in found]
    return ("foreign" if names else "absent"), tuple(f"{name} was not written by vgxness" for name in names)


def _differences(sight: _Sight, entry: OwnedEntry) -> tuple[str, ...]:
    """Return how an entry differs from what we wrote, a fact a line; nothing where it does not."""
    standing, name = sight.read(entry), sight.label(entry)
    if standing is MISSING:
        return () if entry.only_if_absent else (f"{name} is gone",)
    written = sight.config.written(entry)
    if entry.only_if_absent or (written is not MISSING and same(standing, written)):
        return ()
    if isinstance(standing, str) and entry.kind in ("block", "file"):
        return (
            f"{name} was edited",
            *_line_differences("" if written is MISSING else str(written), standing),
        )
    if isinstance(standing, Mapping | list):
        rows = _line_differences(_pretty(entry.value), _pretty(standing))
        return (f"{name} was edited", *(rows or ["what differs is secret"]))
    return (f"{name} is {_shown(standing)}, was written as {_shown(entry.value)}",)


def _pretty(value: JsonValue) -> str:
    """Return a value as lines that can be compared: secrets redacted, the keys in one order."""
    text = json.dumps(redact_json(value), ensure_ascii=False, indent=2, sort_keys=True)
    # A comma comes and goes with the line after it, and would show a line as changed that is not.
    return "\n".join(line.removesuffix(",") for line in text.splitlines())


def _line_differences(written: str, standing: str) -> list[str]:
    rows = list(unified_diff(written.splitlines(), standing.splitlines(), n=0, lineterm=""))[2:]
    rows = [printable(redact_secrets(row)[:300]) for row in rows if not row.startswith("@@")]
    return rows[:_MOST_LINES] + (
        [f"… {len(rows) - _MOST_LINES} lines more"] if len(rows) > _MOST_LINES else []
    )


def _pending(sight: _Sight, wish: Wish) -> str:
    """Return what an apply would change though nobody touched what we wrote, or ""."""
    entry, name = wish.entry, sight.label(wish.entry)
    ours = sight.owned.get(entry.place)
    if ours is None:
        return f"{name} is not set yet" if sight.read(entry) is MISSING else ""
    if entry.only_if_absent or ours.yielded or same(ours.value, entry.value):
        return ""
    if entry.kind in ("block", "file"):
        return f"{name} should now hold other lines"
    return f"{name} should now be {_shown(entry.value)}, was written as {_shown(ours.value)}"


def _shown(value: JsonValue) -> str:
    return printable(json.dumps(redact_json(value), ensure_ascii=False)[:300])


def _status(party: Party, target: str, path: Path, drift: Drift, lines: tuple[str, ...]) -> TargetStatus:
    words, verb = _WORDS[drift]
    summary = words.replace("{path}", str(path))
    hint = f"vgxness setup {verb} --provider {party.provider} --config-scope {party.scope}" if verb else ""
    return TargetStatus(
        party=party, target=target, path=path, drift=drift, summary=summary, lines=lines, hint=hint
    )


_WORDS: Final[Mapping[Drift, tuple[str, str]]] = {
    "in-sync": ("It stands as vgxness wrote it.", ""),
    "user-edited": ("An entry of vgxness was edited since; setup keeps such edits.", "diff"),
    "stale": ("vgxness would write another value today.", "apply"),
    "missing": ("An entry of vgxness was removed since.", "apply"),
    "disabled": ('The vgxness entry is switched off in {path}; see its "enabled" or "disabled".', ""),
    "foreign": ("{path} has an entry named vgxness that vgxness did not write; rename or remove it.", ""),
    "unreadable": ("The file can't be read.", ""),
    "absent": ("Not set up.", "apply"),
}
