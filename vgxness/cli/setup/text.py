"""Setup's answers: documents for machines, text for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vgxness.cli.symbols import colourful
from vgxness.cli.table import table
from vgxness.contract.json_value import JsonObject, as_json

if TYPE_CHECKING:
    from vgxness.setup import Outcome, Plan, PlannedTarget, ProviderStatus, Receipt, SetupService


def plan_document(plan: Plan) -> JsonObject:
    """Return a plan without the bytes it would write."""
    return {
        "kind": plan.kind,
        "digest": plan.digest,
        "scope": plan.scope,
        "mode": plan.mode,
        "undoes": list(plan.undoes),
        "notices": list(plan.notices),
        "targets": [_target(target) for target in plan.targets],
    }


def _target(target: PlannedTarget) -> JsonObject:
    change = target.change
    return {
        "provider": target.party.provider,
        "target": target.target,
        "path": str(target.path),
        "real_path": str(change.standing.real) if change else None,
        "action": target.action,
        "reason": target.reason,
        "diff": target.diff,
        "problem": as_json(target.problem),
        "not_expressed": list(target.not_expressed),
    }


def diff_document(plan: Plan, since: Mapping[Path, str]) -> JsonObject:
    """Return the diffs by path: the user's since the last apply, and the next apply's."""
    return {
        "digest": plan.digest,
        "since_apply": {str(path): diff for path, diff in since.items()},
        "diffs": {str(target.path): target.diff for target in _planned(plan)},
        "problems": [_target(target) for target in plan.held_back],
    }


def _planned(plan: Plan) -> list[PlannedTarget]:
    return [target for target in plan.targets if target.diff and not target.problem]


def diff_text(plan: Plan, since: Mapping[Path, str]) -> str:
    """Return the same as a person reads it."""
    edited = [coloured(diff) for diff in since.values()]
    planned = [coloured(target.diff) for target in _planned(plan)]
    lines = ["Changed since vgxness wrote it:", *edited] if edited else []
    lines += ["An apply would change:", *planned] if planned else []
    lines += [_held_back(target) for target in plan.held_back]
    return "\n".join(lines) or "No difference."


def plan_text(plan: Plan, *, with_step: bool = True) -> str:
    """Return a plan as a person reads it, and how to go on; the diff is coloured on a terminal."""
    return "\n\n".join([*plan.notices, *_blocks(plan), *(_next_step(plan) if with_step else [])])


def _blocks(plan: Plan) -> list[str]:
    return [_held_back(target) if target.problem else _block(target) for target in plan.targets]


def _block(target: PlannedTarget) -> str:
    name = f"{target.party.provider}/{target.target}"
    lines = [f"{name}: {target.action} {target.path}", f"  {target.reason}"]
    lines += [f"  not expressed: {line}" for line in target.not_expressed]
    return "\n".join([*lines, coloured(target.diff)] if target.diff else lines)


def _held_back(target: PlannedTarget) -> str:
    problem = target.problem
    if problem is None:
        return ""
    name = f"{target.party.provider}/{target.target}"
    lines = [f"{name}: {target.action}: {problem.message} [{problem.code}]"]
    lines += [f"  cause: {problem.cause}"] if problem.cause else []
    lines += [f"  next:  {problem.hint}"] if problem.hint else []
    lines += ["  --take ours would change:", coloured(target.diff)] if target.diff else []
    return "\n".join(lines)


def _next_step(plan: Plan) -> list[str]:
    if plan.kind != "apply":
        return []
    if not plan.changes:
        return [] if plan.held_back else ["Nothing to do."]
    providers = dict.fromkeys(change.party.provider for change in plan.changes)
    named = " ".join(f"--provider {name}" for name in providers)
    command = f"vgxness setup apply {named} --config-scope {plan.scope} --plan-digest {plan.digest}"
    return [f"Nothing was written. To write exactly this:\n  {command}"]


def coloured(diff: str) -> str:
    """Return a diff with colours where standard output is a terminal that may be coloured."""
    if not diff or not colourful():
        return diff
    # Line by line and never wrapped: a line of a diff that is broken in two is no diff any more.
    return "\n".join(_coloured_line(line) for line in diff.splitlines())


def _coloured_line(line: str) -> str:
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return click.style(line, fg=colour) if colour else line


def outcome_document(outcome: Outcome) -> JsonObject:
    """Return what was done, and the plan it followed."""
    receipt = outcome.receipt
    written = [target for target in outcome.plan.targets if target.change and target.change.writes]
    return {
        "apply": receipt.id if receipt else None,
        "changed": [str(target.path) for target in written] if receipt else [],
        "plan": plan_document(outcome.plan),
    }


def outcome_text(outcome: Outcome) -> str:
    """Return what was done, one line a file."""
    plan, receipt = outcome.plan, outcome.receipt
    lines = [
        f"{target.party.provider}: {_past(plan, target)} {target.path}"
        for target in plan.targets
        if not target.problem
    ]
    lines += [_held_back(target) for target in plan.held_back]
    if not lines:
        return "Nothing to do: no entry of vgxness stands in this scope."
    if receipt and plan.kind == "apply":
        providers = dict.fromkeys(change.party.provider for change in plan.changes)
        named = " ".join(f"--provider {name}" for name in providers)
        lines.append(f"Undo it: vgxness setup rollback {named} --config-scope {plan.scope} --to {receipt.id}")
    return "\n".join(lines)


def _past(plan: Plan, target: PlannedTarget) -> str:
    undone = {"rollback": "put back", "uninstall": "taken out of", "apply": "updated"}[plan.kind]
    words = {"create": "made", "update": undone, "remove": "removed", "unchanged": "left as it is:"}
    return words.get(target.action, target.action)


def status_document(rows: Sequence[ProviderStatus]) -> JsonObject:
    """Return each provider with its files."""
    return {"providers": [_provider(row) for row in rows]}


def _provider(row: ProviderStatus) -> JsonObject:
    return {
        "provider": row.provider,
        "title": row.title,
        "scope": row.scope,
        "found": row.found,
        "version": row.version,
        "evidence": list(row.evidence),
        "adapted": row.adapted,
        "problem": as_json(row.problem),
        "targets": [
            {
                "target": target.target,
                "path": str(target.path),
                "drift": target.drift,
                "summary": target.summary,
                "lines": list(target.lines),
                "hint": target.hint,
            }
            for target in row.targets
        ],
    }


def status_text(rows: Sequence[ProviderStatus]) -> str:
    """Return the providers as a table, then what differs."""
    cells = [
        (row.title, row.scope, _client(row), target.drift, str(target.path))
        for row in rows
        for target in row.targets
    ]
    parts = [table(("provider", "scope", "client", "state", "file"), cells)] if cells else []
    parts += [
        "\n  cause: ".join(filter(None, (row.problem.message, row.problem.cause)))
        for row in rows
        if row.problem
    ]
    return "\n\n".join([*parts, *_differences(rows)])


def _client(row: ProviderStatus) -> str:
    return f"installed {row.version}".strip() if row.found else "not found"


def _differences(rows: Iterable[ProviderStatus]) -> list[str]:
    notes: list[str] = []
    for row in rows:
        for target in row.targets:
            if target.drift in ("in-sync", "absent"):
                continue
            named = target.summary.startswith(str(target.path))
            lines = [
                target.summary if named else f"{target.path}: {target.summary}",
                *(f"  {line}" for line in target.lines),
            ]
            notes.append("\n".join([*lines, f"  next: {target.hint}"] if target.hint else lines))
    return notes


def receipts_document(setup: SetupService, rows: Sequence[Receipt]) -> JsonObject:
    """Return the receipts, newest first, with where the backups are."""
    standing = setup.standing()
    return {"receipts": [_receipt(setup, row, standing) for row in rows]}


def _receipt(setup: SetupService, row: Receipt, standing: frozenset[str]) -> JsonObject:
    return {
        "id": row.id,
        "kind": row.kind,
        "at": row.at,
        "undoes": list(row.undoes),
        "standing": row.id in standing,
        "files": [
            {
                "provider": file.party.provider,
                "path": str(file.path),
                "backup": as_json(setup.backup_of(file)),
            }
            for file in row.files
        ],
    }


def receipts_text(setup: SetupService, rows: Sequence[Receipt]) -> str:
    """Return the receipts newest first, a line each and the files below; `--json` has the backups' paths."""
    standing = setup.standing()
    lines: list[str] = []
    for row in rows:
        state = "stands" if row.id in standing else ("taken back" if row.kind == "apply" else "done")
        lines.append(f"{row.id}  {row.kind}, {state}")
        lines += [f"    {file.path}" for file in row.files]
    return "\n".join(lines) or "Nothing was applied yet."
