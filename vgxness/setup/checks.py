"""What the doctor asks about configured clients; every check only reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from vgxness.contract.check import Finding, Severity
from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import ConfigScope
from vgxness.setup.models import Drift, TargetStatus
from vgxness.setup.ports import HasSetup

_SCOPES: Final[tuple[ConfigScope, ...]] = ("user", "project")
_OURS: Final[tuple[Drift, ...]] = ("in-sync", "user-edited", "disabled", "stale")
_DRIFTED: Final[tuple[Drift, ...]] = ("user-edited", "disabled", "stale", "missing", "foreign")
_NO_PLUGIN: Final = Finding(
    severity="skipped", summary="No provider plugin is installed.", hint="pip install vgxness-opencode"
)


def drift(context: HasSetup) -> Finding:
    """Compare each file with what was written last and what would be written now."""
    rows = list(_rows(context))
    if not rows:
        return _NO_PLUGIN
    drifted = [row for row in rows if row.drift in _DRIFTED]
    if drifted:
        return Finding(
            severity="warning",
            summary=f"{len(drifted)} of {len(rows)} files are not as vgxness wrote them.",
            evidence=tuple(line for row in drifted for line in _lines(row)),
            hint=next((row.hint for row in drifted if row.hint), ""),
        )
    in_sync = [row for row in rows if row.drift == "in-sync"]
    if not in_sync and any(row.drift == "unreadable" for row in rows):
        return Finding(severity="skipped", summary="A client's configuration can't be read; see setup.files.")
    if not in_sync:
        return Finding(severity="info", summary="No client is set up yet.", hint="vgxness setup plan")
    return Finding(
        severity="ok",
        summary="Every configured client's file stands as vgxness wrote it.",
        evidence=tuple(str(row.path) for row in in_sync),
    )


def files(context: HasSetup) -> Finding:
    """Read each client's file, and name the place where one does not parse."""
    rows = list(_rows(context))
    unreadable = [row for row in rows if row.drift == "unreadable"]
    if unreadable:
        return Finding(
            severity="error",
            summary=unreadable[0].summary,
            evidence=tuple(line for row in unreadable for line in _lines(row)),
            hint=unreadable[0].hint,
        )
    if not rows:
        return _NO_PLUGIN
    return Finding(severity="ok", summary="Every client's configuration can be read.")


def interrupted(context: HasSetup) -> Finding:
    """Look for the journal of an apply that never ended."""
    if context.setup.is_interrupted:
        return Finding(
            severity="error",
            summary="A setup was interrupted before it ended.",
            hint="vgxness setup apply (or any other writing setup command) completes or undoes it first",
        )
    return Finding(severity="ok", summary="Every setup ended.")


def server(context: HasSetup) -> Finding:
    """Look for the program that clients were told to start, in every receipt that stands."""
    commands = sorted(set(_commands(context)))
    if not commands:
        return Finding(severity="skipped", summary="No client was told to start vgxness.")
    dead = [command for command in commands if not os.access(command, os.X_OK)]
    severity: Severity = "error" if dead else "ok"
    return Finding(
        severity=severity,
        summary=f"{dead[0]} does not exist any more." if dead else "The command that clients start exists.",
        evidence=tuple(dead or commands),
        hint="vgxness setup apply" if dead else "",
    )


def live(context: HasSetup) -> Finding:
    """Ask every client that is set up, in bounded time, on a copy of its configuration."""
    asked = [
        (provider, context.setup.verify_live(provider.provider, scope=provider.scope))
        for scope in _SCOPES
        for provider in context.setup.status(scope=scope)
        if provider.adapted and any(target.drift in _OURS for target in provider.targets)
    ]
    if not asked:
        return Finding(severity="skipped", summary="No client was told to start vgxness.")
    evidence = tuple(
        f"{provider.title}, {provider.scope}: {line}"
        for provider, verdict in asked
        for line in (verdict.summary, *verdict.evidence)
    )
    for provider, verdict in asked:
        if verdict.state == "failed":
            hint = f"vgxness setup status --provider {provider.provider} --config-scope {provider.scope}"
            return Finding(severity="error", summary=verdict.summary, evidence=evidence, hint=hint)
    connected = [verdict for _, verdict in asked if verdict.state == "connected"]
    summary = (connected or [verdict for _, verdict in asked])[0].summary
    return Finding(severity="ok" if connected else "skipped", summary=summary, evidence=evidence)


def _commands(context: HasSetup) -> Iterator[str]:
    for scope in _SCOPES:
        for receipt in context.setup.receipts(scope=scope):
            if context.setup.can_undo(receipt):
                yield from (
                    program
                    for file in receipt.files
                    for entry in file.entries
                    if (program := _program(entry.value))
                )


def _program(value: JsonValue) -> str:
    command = value.get("command") if isinstance(value, Mapping) else None
    first = command[0] if isinstance(command, list) and command else command
    return first if isinstance(first, str) and Path(first).is_absolute() else ""


def _rows(context: HasSetup) -> Iterator[TargetStatus]:
    if not context.setup.providers and not context.setup.has_receipts:
        return
    for scope in _SCOPES:
        for provider in context.setup.status(scope=scope):
            yield from provider.targets


def _lines(row: TargetStatus) -> tuple[str, ...]:
    return (f"{row.path}: {row.drift}", *(f"  {line}" for line in row.lines))
