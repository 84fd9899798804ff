"""Turns an adapter's wishes into a plan: current bytes, merged bytes, an action and its reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from vgxness.blobs import digest_of
from vgxness.contract.provider import ConfigTarget
from vgxness.errors import VgxnessError
from vgxness.setup.diff import diff_text
from vgxness.setup.editing import Config, decode, is_disabled
from vgxness.setup.files import look, require_writable
from vgxness.setup.models import Action, Change, Party, PlannedTarget, Problem, Snapshot
from vgxness.setup.receipts import History

_DISABLED: Final = 'The vgxness entry is disabled, and setup keeps such edits; set its "enabled" to true.'


def plan_target(target: ConfigTarget, party: Party, history: History, home: Path) -> PlannedTarget:
    """Return what would become of one file; what stands in the way is in the answer, not raised."""
    roots = roots_of(target, party, home)
    try:
        standing = look(target.path, roots)
        config = Config(target.path, decode(target.path, standing.content), target.format)
        edited = config.edited(target.edits, history.owned(target.path))
        content = edited.text.encode()
        if content != (standing.content or b""):
            require_writable(standing)
    except VgxnessError as error:
        return held_back(party, target.id, target.path, error)
    change = Change(
        party=party,
        target=target.id,
        standing=standing,
        roots=roots,
        format=target.format,
        content=content,
        mode=target.mode if standing.mode is None else standing.mode,
        keys=edited.keys,
        make=standing.missing,
    )
    is_off = any(is_disabled(config.get(edit.path), edit.value) for edit in target.edits)
    return planned(change, _DISABLED if is_off else _reason(change), target.not_expressed)


def roots_of(target: ConfigTarget, party: Party, home: Path) -> tuple[Path, ...]:
    """Return where the edited file may lie: the target's root, and for the user's own scope the home."""
    return (target.root,) if party.scope == "project" else tuple(dict.fromkeys((target.root, home)))


def planned(change: Change, reason: str, not_expressed: tuple[str, ...] = ()) -> PlannedTarget:
    """Return a change as a plan shows it."""
    standing = change.standing
    return PlannedTarget(
        party=change.party,
        target=change.target,
        path=standing.path,
        action=_action(change),
        reason=reason,
        diff=diff_text(standing.path, standing.content, change.content),
        change=change,
        not_expressed=not_expressed,
    )


def held_back(party: Party, target: str, path: Path, error: VgxnessError) -> PlannedTarget:
    """Return a target that stays as it is, with the reason."""
    problem = Problem(code=error.code, message=error.message, cause=error.cause, hint=error.hint)
    action: Action = "conflict" if error.code == "config_conflict" else "blocked"
    return PlannedTarget(
        party=party,
        target=target,
        path=path,
        action=action,
        reason=error.cause or error.message,
        problem=problem,
    )


def without_twins(targets: Iterable[PlannedTarget]) -> tuple[PlannedTarget, ...]:
    """Return the targets; of two that would write the same file the second is held back."""
    seen: dict[Path, PlannedTarget] = {}
    kept: list[PlannedTarget] = []
    for target in targets:
        change = target.change
        if change is None or not change.writes:
            kept.append(target)
            continue
        first = seen.setdefault(change.standing.real, target)
        kept.append(target if first is target else _twin(target, first))
    return tuple(kept)


def _twin(target: PlannedTarget, first: PlannedTarget) -> PlannedTarget:
    error = VgxnessError(
        "config_blocked",
        f"{target.path} is edited for {first.party.provider} already.",
        cause="Two providers can't edit one file in the same apply.",
        hint=f"vgxness setup apply --provider {target.party.provider}",
    )
    return held_back(target.party, target.target, target.path, error)


def notices(targets: Sequence[PlannedTarget], *, is_interrupted: bool) -> tuple[str, ...]:
    """Return what a person has to know before a yes, beside the diffs; one sentence each."""
    interrupted = "An earlier setup was interrupted; the next writing command ends it."
    linked = [
        f"{target.path} is hard-linked; its other names will keep what stands there now."
        for target in targets
        if target.change and target.change.writes and target.change.standing.links > 1
    ]
    return (*((interrupted,) if is_interrupted else ()), *linked)


def digest_of_plan(targets: Sequence[PlannedTarget]) -> str:
    """Return the SHA-256 over what stands and what would be written, held-back targets left out."""
    rows = [_row(target.change) for target in targets if target.change and target.change.writes]
    return sha256(json.dumps(rows).encode()).hexdigest()


def _row(change: Change) -> list[str | int | None]:
    standing = change.standing
    return [
        change.party.provider,
        change.party.scope,
        change.target,
        str(standing.path),
        str(standing.real),
        *_state(standing),
        None if change.content is None else digest_of(change.content),
        change.mode,
    ]


def _state(standing: Snapshot) -> tuple[str | None, int | None]:
    return (None if standing.content is None else digest_of(standing.content)), standing.mode


def _action(change: Change) -> Action:
    if not change.writes:
        return "unchanged"
    if change.content is None:
        return "remove"
    return "create" if change.standing.content is None else "update"


def _reason(change: Change) -> str:
    match _action(change):
        case "create":
            return "The file does not exist yet."
        case "update":
            link = change.standing.real != change.standing.path
            return (
                f"The file is edited at {change.standing.real}." if link else "Only the shown lines change."
            )
        case _:
            return "Everything stands there already."
