"""Turns an adapter's wishes into a plan: current bytes, merged bytes, an action and its reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

from vgxness.blobs import BlobStore, digest_of
from vgxness.contract.json_value import JsonValue, as_json
from vgxness.contract.provider import ConfigTarget, WholeFile
from vgxness.errors import VgxnessError
from vgxness.setup.desk import Desk
from vgxness.setup.diff import diff_text
from vgxness.setup.editing import Config, Owned
from vgxness.setup.entries import wish_of
from vgxness.setup.files import require_writable
from vgxness.setup.lineage import Lineage
from vgxness.setup.models import (
    Action,
    Change,
    OwnedEntry,
    Party,
    PlannedTarget,
    Problem,
    Receipt,
    Snapshot,
    Take,
)
from vgxness.setup.patches import patches_between
from vgxness.setup.receipts import History
from vgxness.setup.switches import is_disabled
from vgxness.setup.text import decode, encode

Takes: TypeAlias = Mapping[str, Take]
"""How conflicts are settled, by `provider/target`, by `target`, or for all by ""."""

_DISABLED: Final = 'The vgxness entry is switched off, and setup keeps that; see its "enabled" or "disabled".'


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What planning knows besides the files: receipts, backups, decisions.

    Attributes:
        home: the user's home directory.
        takes: how conflicts are settled.
        desk: what earlier targets of the same plan leave.
    """

    receipts: Sequence[Receipt]
    blobs: BlobStore
    home: Path
    takes: Takes = field(default_factory=dict[str, Take])
    desk: Desk = field(default_factory=Desk)

    def history(self, party: Party) -> History:
        """Return what the receipts say about one party."""
        return History(self.receipts, party)

    def lineage(self, real: Path) -> Lineage:
        """Return what the receipts say about one file, symbolic links followed."""
        return Lineage.of(self.receipts, real, self.blobs, self.desk.claims(real))

    def take(self, party: Party, target: str) -> Take | None:
        """Return how a conflict in a target is settled; None where nobody said."""
        for name in (f"{party.provider}/{target}", target, ""):
            if name in self.takes:
                return self.takes[name]
        return None


def plan_target(target: ConfigTarget, party: Party, past: Past) -> PlannedTarget:
    """Return what would become of one file; what stands in the way is in the answer, not raised."""
    try:
        change, config = _change(target, party, past, past.take(party, target.id))
        is_off = any(is_disabled(config.read(wish.entry), wish.value) for wish in map(wish_of, target.edits))
    except VgxnessError as error:
        shown = ""
        if error.code == "config_conflict":
            past.desk.conflicts.append((target, party))
            shown = _diff_of_ours(target, party, past)
        return held_back(party, target.id, target.path, error, shown)
    past.desk.decide(change)
    return planned(change, _DISABLED if is_off else _reason(change), target.not_expressed)


def without_passing_conflicts(rows: Sequence[PlannedTarget], past: Past) -> list[PlannedTarget]:
    """Return the rows of a plan, its conflicts looked at once more now that all the others are decided.

    What stood in the way may be another party's old value, which a later row of the same plan renews.
    """
    later = [plan_target(target, party, past) for target, party in list(past.desk.conflicts)]
    solved = {(row.party, row.target): row for row in later if row.problem is None}
    return [row for row in rows if (row.party, row.target) not in solved] + list(solved.values())


def _change(target: ConfigTarget, party: Party, past: Past, take: Take | None) -> tuple[Change, Config]:
    roots = roots_of(target, party, past.home)
    standing = past.desk.look(target.path, roots)
    text = decode(target.path, standing.content, target.format)
    config = Config(target.path, text, target.format, past.blobs.get)
    owned, lineage = past.history(party).owned(target.path), past.lineage(standing.real)
    start = lineage.start_of(party)
    before = lineage.text_before(start) if start is not None and _drops(target, owned) else ""
    edited = config.edited(target.edits, owned, lineage.held_by_others(party), before, take)
    content = encode(edited.text, target.format)
    if standing.content is None and not content and not edited.entries:
        content = None
    if (content or b"") != (standing.content or b""):
        require_writable(standing)
    change = Change(
        party=party,
        target=target.id,
        standing=standing,
        roots=roots,
        format=target.format,
        content=content,
        mode=_mode(target, standing, content),
        entries=edited.entries,
        claims=is_another_claim(tuple(owned.values()), edited.entries),
        make=standing.missing if content is not None else (),
        keeps=tuple(edit.content for edit in target.edits if isinstance(edit, WholeFile)),
        client=target.client,
        patches=patches_between(config, edited.text, (*owned.values(), *edited.entries))
        if target.client
        else (),
    )
    return change, config


def _mode(target: ConfigTarget, standing: Snapshot, content: bytes | None) -> int | None:
    if standing.mode is not None:
        return standing.mode
    return None if content is None else target.mode


def _drops(target: ConfigTarget, owned: Owned) -> bool:
    return bool(owned.keys() - {wish_of(edit).entry.place for edit in target.edits})


def is_another_claim(left: Sequence[OwnedEntry], right: Sequence[OwnedEntry]) -> bool:
    """Tell whether two parties' worth of entries differ, as they would be kept."""
    return as_json(left) != as_json(right)


def _diff_of_ours(target: ConfigTarget, party: Party, past: Past) -> str:
    """Return what `--take ours` would change, so that a conflict is seen before it is settled."""
    with suppress(VgxnessError):
        change, _ = _change(target, party, past, "ours")
        return diff_text(target.path, change.standing.content, change.content)
    return ""


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


def held_back(party: Party, target: str, path: Path, error: VgxnessError, diff: str = "") -> PlannedTarget:
    """Return a target that stays as it is, with the reason; a conflict's diff is what ours would change."""
    problem = Problem(code=error.code, message=error.message, cause=error.cause, hint=error.hint)
    action: Action = "conflict" if error.code == "config_conflict" else "blocked"
    return PlannedTarget(
        party=party,
        target=target,
        path=path,
        action=action,
        reason=error.cause or error.message,
        diff=diff,
        problem=problem,
    )


def require_known(takes: Takes | None, targets: Sequence[PlannedTarget]) -> None:
    """Refuse to settle what is not in the plan; raises `usage`."""
    names = {name for t in targets for name in ("", t.target, f"{t.party.provider}/{t.target}")}
    unknown = [name for name in takes or {} if name not in names]
    if unknown:
        known = ", ".join(dict.fromkeys(f"{t.party.provider}/{t.target}" for t in targets)) or "none"
        raise VgxnessError(
            "usage", f"--take names {unknown[0]!r}, which is no target here.", cause=f"Targets: {known}."
        )


def notices(targets: Sequence[PlannedTarget], *, is_interrupted: bool) -> tuple[str, ...]:
    """Return what a person has to know before a yes, beside the diffs; one sentence each."""
    interrupted = "An earlier setup was interrupted; the next writing command ends it."
    written = [target for target in targets if target.change and target.change.writes]
    linked = [
        f"{target.path} is hard-linked; its other names will keep what stands there now."
        for target in written
        if target.change and target.change.standing.links > 1
    ]
    running = [
        f"{target.party.provider} is running: what it shows changes with its next session."
        for target in written
        if target.change and target.change.client and target.change.client.is_running
    ]
    return (*((interrupted,) if is_interrupted else ()), *dict.fromkeys((*linked, *running)))


def digest_of_plan(targets: Sequence[PlannedTarget]) -> str:
    """Return the SHA-256 over what stands and what would be written, held-back targets left out."""
    rows = [_row(target.change) for target in targets if target.change and target.change.is_work]
    return sha256(json.dumps(rows).encode()).hexdigest()


def _row(change: Change) -> list[JsonValue]:
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
        as_json(change.entries),
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
