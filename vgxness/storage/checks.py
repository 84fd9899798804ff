"""The doctor's questions about the database; none of them writes."""

from __future__ import annotations

import os
import shlex
import stat
from pathlib import Path
from typing import Final

from vgxness.contract.check import Finding, Severity
from vgxness.contract.storage import StoreStatus
from vgxness.errors import VgxnessError
from vgxness.storage.ports import HasStorage
from vgxness.storage.worktree import Exposure, exposure

_SHOWN: Final = 20  # lines of damage
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def location(host: HasStorage) -> Finding:
    """Say where the database is, who said so, and in which state it is."""
    try:
        place, found = host.location, host.engine.status()
    except VgxnessError as error:
        return _error(error)
    evidence = (f"location: {found.location}", f"named by: {place.source}", f"state: {found.state}")
    if found.state in {"foreign", "corrupt"}:
        return Finding(
            severity="error",
            summary=f"The database is {found.state}: {found.note}.",
            evidence=evidence,
            hint="vgxness db check" if found.state == "corrupt" else "Pass another file with --db.",
        )
    if found.state == "absent":
        return Finding(severity="info", summary="There is no database yet.", evidence=evidence)
    return Finding(severity="ok", summary=f"The database is {found.location}.", evidence=evidence)


def migrations(host: HasStorage) -> Finding:
    """Say whether the schema is the one that this program reads."""
    try:
        found = host.engine.status()
    except VgxnessError as error:
        return _error(error)
    evidence = (f"version: {found.version}", f"newest known: {found.newest}", *_pending(found))
    if found.state == "ready":
        return Finding(severity="ok", summary=f"The schema is at version {found.version}.", evidence=evidence)
    if found.state == "outdated":
        return Finding(
            severity="warning",
            summary=f"The schema is {len(found.pending)} migrations behind.",
            evidence=evidence,
            hint="vgxness db upgrade",
        )
    if found.state == "newer":
        return Finding(
            severity="error",
            summary="A newer vgxness wrote the database.",
            evidence=evidence,
            hint="Install the newest vgxness.",
        )
    return Finding(severity="skipped", summary=f"The database is {found.state}.")


def integrity(host: HasStorage) -> Finding:
    """Say whether pages, indexes, references and the text index are sound."""
    try:
        state = host.engine.status().state
        if state in {"absent", "foreign"}:
            return Finding(severity="skipped", summary=f"The database is {state}.")
        damage = host.engine.check()
    except VgxnessError as error:
        return _error(error)
    if damage:
        return Finding(
            severity="error",
            summary=f"The database is damaged: {len(damage)} findings.",
            evidence=damage[:_SHOWN],
            hint="vgxness db restore BACKUP --yes",
        )
    return Finding(severity="ok", summary="The database is sound.")


def permissions(host: HasStorage) -> Finding:
    """Say whether the file and what lies beside it are its user's alone."""
    try:
        place = host.location
    except VgxnessError as error:
        return _error(error)
    if os.name == "nt" or place.scheme != "sqlite":
        return Finding(severity="skipped", summary="Files of this kind have no POSIX permissions.")
    path = Path(place.path)
    files = [path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))]
    open_ones = [line for file in files if (line := _open_to_others(file))]
    if open_ones:
        return Finding(
            severity="warning",
            summary="Other users of this machine can read the database.",
            evidence=tuple(open_ones),
            hint=f"chmod 600 '{path}'*",
        )
    severity: Severity = "ok" if path.exists() else "skipped"
    return Finding(
        severity=severity,
        summary="Only its user can read the database." if severity == "ok" else "The database is absent.",
    )


def git(host: HasStorage) -> Finding:
    """Say whether git would take the database along, with everything that is remembered in it."""
    try:
        place = host.location
    except VgxnessError as error:
        return _error(error)
    if place.scheme != "sqlite":
        return Finding(severity="skipped", summary="The database is no file.")
    found = exposure(Path(place.path).absolute(), os.environ.get("PATH", os.defpath))
    if found.root is None:
        return Finding(severity="ok", summary="The database lies in no git checkout.")
    evidence = (f"database: {place.path}", f"checkout: {found.root}")
    if found.verdict == "ignored":
        return Finding(severity="ok", summary="Git ignores the database.", evidence=evidence)
    if found.verdict == "unknown":
        summary = "The database lies in a git checkout, and git could not be asked whether it ignores it."
        return Finding(severity="warning", summary=summary, evidence=(*evidence, found.reason))
    return _exposed(found, place.path, evidence)


def _exposed(found: Exposure, database: str, evidence: tuple[str, ...]) -> Finding:
    evidence = (*evidence, f"line for {found.root}/.gitignore: {found.line}")
    if found.verdict == "tracked":
        return Finding(
            severity="error",
            summary="The database is in git: whoever gets the repository can read what is remembered.",
            evidence=evidence,
            hint=f"git -C {shlex.quote(str(found.root))} rm --cached {shlex.quote(database)}",
        )
    return Finding(
        severity="warning",
        summary="The database lies in a git checkout that does not ignore it, so `git add` takes it along.",
        evidence=evidence,
        hint=f"printf '%s\\n' {shlex.quote(found.line)} >> {shlex.quote(f'{found.root}/.gitignore')}",
    )


def _open_to_others(path: Path) -> str:
    try:
        mode = path.stat().st_mode
    except OSError:
        return ""
    return f"{path} has mode {stat.S_IMODE(mode):04o}" if mode & _OTHERS else ""


def _pending(found: StoreStatus) -> tuple[str, ...]:
    return tuple(f"pending: {name}" for name in found.pending)


def _error(error: VgxnessError) -> Finding:
    return Finding(
        severity="error",
        summary=error.message,
        evidence=(f"code: {error.code}", *((f"cause: {error.cause}",) if error.cause else ())),
        hint=error.hint,
    )
