"""What the doctor asks about configured clients; every check only reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from vgxness import __version__
from vgxness.contract.check import Finding, Severity
from vgxness.contract.provider import ConfigScope
from vgxness.setup.models import Drift, TargetStatus
from vgxness.setup.names import collisions, repeats
from vgxness.setup.ports import HasServers, HasSetup
from vgxness.setup.programs import (
    fault_of,
    is_older,
    is_this_one,
    own_commands,
    version_beside,
    version_said,
    vgxness_of,
)

_SCOPES: Final[tuple[ConfigScope, ...]] = ("user", "project")
_OURS: Final[tuple[Drift, ...]] = ("in-sync", "user-edited", "disabled", "stale")
_DRIFTED: Final[tuple[Drift, ...]] = ("user-edited", "disabled", "stale", "missing", "foreign")
_MOST_LINES, _MOST_OF_A_FILE, _WIDEST = 60, 30, 400
_NO_PLUGIN: Final = Finding(
    severity="skipped", summary="No provider plugin is installed.", hint="pip install vgxness-opencode"
)


def drift(context: HasSetup) -> Finding:
    """Compare each file with what was written last and what would be written now, line by line."""
    rows = list(_rows(context))
    if not rows:
        return _NO_PLUGIN
    drifted = [row for row in rows if row.drift in _DRIFTED]
    if drifted:
        return Finding(
            severity="warning",
            summary=f"{len(drifted)} of {len(rows)} files are not as vgxness wrote them.",
            evidence=tuple(f"{_place(row)}: {row.drift}" for row in drifted),
            quotes=_bounded([line for row in drifted for line in _quoted(row)]),
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
        evidence=tuple(_place(row) for row in in_sync),
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
    programs = sorted({command[0] for command in own_commands(context.setup)})
    if not programs:
        return Finding(severity="skipped", summary="No client was told to start vgxness.")
    dead = [program for program in programs if not os.access(program, os.X_OK)]
    severity: Severity = "error" if dead else "ok"
    return Finding(
        severity=severity,
        summary=f"{dead[0]} does not exist any more." if dead else "The command that clients start exists.",
        evidence=tuple(dead or programs),
        hint="vgxness setup apply" if dead else "",
    )


def commands(context: HasServers) -> Finding:
    """Look for the program of every server in the clients' files, those of other servers too."""
    listed = context.setup.servers()
    running = [one for one in listed.servers if not one.is_off]
    path = context.environment("PATH") or ""
    own = {command[0] for command in own_commands(context.setup)}
    dead = [(one, why) for one in running if (why := fault_of(one, path=path, workspace=context.workspace))]
    ours = [f"{one.place}: {why}" for one, why in dead if one.command[0] in own]
    others = [f"{one.place}: {why}" for one, why in dead if one.command[0] not in own]
    unread = [f"{one.title}: {one.path} can't be read: {one.reason}" for one in listed.unread]
    if not dead and not unread:
        if not running:
            return Finding(severity="skipped", summary="No client's file names an MCP server.")
        summary = f"Every program that clients start is there ({len(running)} servers)."
        return Finding(severity="ok", summary=summary)
    what = (ours or others or unread)[0]
    return Finding(
        severity="error" if ours else "warning",
        summary=f"{len(dead)} of {len(running)} servers can't be started." if dead else f"{what}.",
        evidence=_bounded([*ours, *others, *unread]),
        hint="vgxness setup apply" if ours else "Mend or remove the entries named above.",
    )


def versions(context: HasServers) -> Finding:
    """Compare every vgxness that clients start with this one; only one that setup wrote is run for it."""
    path = context.environment("PATH") or ""
    own = {command[0] for command in own_commands(context.setup)}
    found: dict[str, tuple[str, Path]] = {}
    for one in context.setup.servers().servers:
        if not one.is_off and (program := vgxness_of(one, path=path)):
            found[one.place] = (_version(program, is_ours=str(program) in own), program)
    if not found:
        return Finding(severity="skipped", summary="No client was told to start vgxness.")
    others = {place: it for place, it in found.items() if it[0] not in ("", __version__)}
    lines = _bounded([f"{place}: {one[0] or 'unknown'} ({one[1]})" for place, one in found.items()])
    if not others:
        return Finding(severity="ok", summary=f"Clients start this vgxness, {__version__}.", evidence=lines)
    place, (version, _) = next(iter(others.items()))
    word = "an older" if is_older(version, __version__) else "another"
    return Finding(
        severity="warning",
        summary=f"{place} starts {word} vgxness, {version}; this one is {__version__}.",
        evidence=lines,
        hint="vgxness setup apply",
    )


def names(context: HasServers) -> Finding:
    """Find servers whose names get in each other's way, or that a client starts twice."""
    servers = context.setup.servers().servers
    foreign = [row.summary for row in _rows(context) if row.drift == "foreign"]
    faults = _bounded([*foreign, *collisions(servers)])
    notes = _bounded(list(repeats(servers)))
    if faults:
        what = "A name gets" if len(faults) == 1 else f"{len(faults)} names get"
        return Finding(
            severity="warning",
            summary=f"{what} in the way of another.",
            evidence=(*faults, *notes),
            hint="Rename or remove one of the two in the client's file.",
        )
    if not servers:
        return Finding(severity="skipped", summary="No client's file names an MCP server.")
    summary = "No two servers of a client get in each other's way."
    return Finding(severity="info" if notes else "ok", summary=summary, evidence=notes)


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


def _rows(context: HasSetup) -> Iterator[TargetStatus]:
    if not context.setup.providers and not context.setup.has_receipts:
        return
    for scope in _SCOPES:
        for provider in context.setup.status(scope=scope):
            yield from provider.targets


def _version(program: Path, *, is_ours: bool) -> str:
    if is_this_one(program):
        return __version__
    return version_beside(program) or (version_said(program) if is_ours else "")


def _place(row: TargetStatus) -> str:
    return f"{row.party.provider}, {row.party.scope}: {row.path}"


def _quoted(row: TargetStatus) -> Iterator[str]:
    yield f"{row.path}:"
    yield from (f"  {line}" for line in _bounded(row.lines, _MOST_OF_A_FILE))


def _bounded(lines: Sequence[str], most: int = _MOST_LINES) -> tuple[str, ...]:
    kept = tuple(line[:_WIDEST] for line in lines[:most])
    return kept if len(lines) <= most else (*kept, f"… {len(lines) - most} lines more")


def _lines(row: TargetStatus) -> tuple[str, ...]:
    return (f"{row.path}: {row.drift}", *(f"  {line}" for line in row.lines))
