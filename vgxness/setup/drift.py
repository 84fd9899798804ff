"""How a file stands against what we wrote last and what we would write now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import ConfigTarget, Edit, TargetFormat
from vgxness.errors import VgxnessError
from vgxness.redaction import redact_json
from vgxness.setup.diff import printable
from vgxness.setup.editing import Config, Owned, decode, is_disabled, is_only_disabled
from vgxness.setup.files import look
from vgxness.setup.formats import jsonc
from vgxness.setup.formats.jsonc.read import same
from vgxness.setup.models import Drift, OwnedKey, Party, TargetStatus
from vgxness.setup.planning import roots_of
from vgxness.setup.receipts import History


def target_status(target: ConfigTarget, party: Party, history: History, home: Path) -> TargetStatus:
    """Return how a target of an installed adapter stands; reads the file and writes nothing."""
    try:
        config = read_config(target.path, roots_of(target, party, home), target.format)
        drift, lines = _drift(config, target.edits, history.owned(target.path))
    except VgxnessError as error:
        return unreadable(party, target.id, target.path, error)
    return _status(party, target.id, target.path, drift, lines)


def record_status(path: Path, party: Party, history: History) -> TargetStatus:
    """Return how a file stands of which only receipts are left, because the plugin is gone."""
    record = history.latest()[path]
    try:
        config = read_config(path, record.roots, record.format)
        drift, lines = _drift(config, (), {key.path: key for key in record.keys})
    except VgxnessError as error:
        return unreadable(party, record.target, path, error)
    return _status(party, record.target, path, drift, lines)


def read_config(path: Path, roots: Sequence[Path], format: TargetFormat) -> Config:
    """Return a file ready to be asked; raises what `look` and `decode` raise."""
    return Config(path, decode(path, look(path, roots).content), format)


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


def _drift(config: Config, edits: Sequence[Edit], owned: Owned) -> tuple[Drift, tuple[str, ...]]:
    lines = [line for key in owned.values() if (line := _difference(config, key))]
    if any(is_disabled(config.get(path), key.value) for path, key in owned.items()):
        return "disabled", tuple(lines)
    if lines:
        every_key_gone = all(config.get(path) is jsonc.MISSING for path in _claimed(owned))
        return ("missing" if every_key_gone else "user-edited"), tuple(lines)
    if owned:
        stale = tuple(line for edit in edits if (line := _pending(config, edit, owned)))
        return ("stale" if stale else "in-sync"), stale
    foreign = [edit for edit in edits if not edit.only_if_absent]
    found = [edit for edit in foreign if config.get(edit.path) is not jsonc.MISSING]
    if found and all(is_only_disabled(config.get(edit.path), edit.value) for edit in found):
        return "disabled", ()
    names = [".".join(edit.path) for edit in found]
    return ("foreign" if names else "absent"), tuple(f"{name} was not written by vgxness" for name in names)


def _claimed(owned: Owned) -> list[tuple[str, ...]]:
    return [path for path, key in owned.items() if not key.only_if_absent] or list(owned)


def _difference(config: Config, key: OwnedKey) -> str:
    standing = config.get(key.path)
    if standing is jsonc.MISSING:
        return "" if key.only_if_absent else f"{'.'.join(key.path)} is gone"
    if key.only_if_absent or same(standing, key.value):
        return ""
    return f"{'.'.join(key.path)} is {_shown(standing)}, was written as {_shown(key.value)}"


def _pending(config: Config, edit: Edit, owned: Owned) -> str:
    """Return what an apply would change though nobody touched what we wrote, or ""."""
    name, ours = ".".join(edit.path), owned.get(edit.path)
    if ours is None:
        return f"{name} is not set yet" if config.get(edit.path) is jsonc.MISSING else ""
    if edit.only_if_absent or same(ours.value, edit.value):
        return ""
    return f"{name} should now be {_shown(edit.value)}, was written as {_shown(ours.value)}"


def _shown(value: JsonValue) -> str:
    return printable(json.dumps(redact_json(value), ensure_ascii=False)[:300])


def _status(party: Party, target: str, path: Path, drift: Drift, lines: tuple[str, ...]) -> TargetStatus:
    words, verb = _WORDS[drift]
    summary = words.replace("{path}", str(path))
    hint = f"vgxness setup {verb} --provider {party.provider} --config-scope {party.scope}" if verb else ""
    return TargetStatus(
        party=party, target=target, path=path, drift=drift, summary=summary, lines=lines, hint=hint
    )


_WORDS: dict[Drift, tuple[str, str]] = {
    "in-sync": ("It stands as vgxness wrote it.", ""),
    "user-edited": ("An entry of vgxness was edited since; setup keeps such edits.", "diff"),
    "stale": ("vgxness would write another value today.", "apply"),
    "missing": ("An entry of vgxness was removed since.", "apply"),
    "disabled": ('The vgxness entry is disabled in {path}; set its "enabled" to true.', ""),
    "foreign": ("{path} has an entry named vgxness that vgxness did not write; rename or remove it.", ""),
    "unreadable": ("The file can't be read.", ""),
    "absent": ("Not set up.", "apply"),
}
