"""`vgxness db`: where the database is, how it is, and whole copies of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import group, pass_app
from vgxness.contract.json_value import JsonObject, as_json
from vgxness.errors import ExitCode, VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.contract.storage import StoreStatus


@group()
def db() -> None:
    """Locate, inspect, upgrade, back up and restore the database."""


@db.command("path")
@pass_app
def path(app: App) -> Answer:
    """Print where the database is; --json also says who named it (flag, environment, global-default)."""
    place = app.location
    return Answer(
        data={"path": place.path, "source": place.source, "scheme": place.scheme},
        text=place.path if place.scheme == "sqlite" else f"{place.scheme}:{place.path}",
    )


@db.command("status")
@pass_app
def status(app: App) -> Answer:
    """Show the state, version and size of the database; nothing is written."""
    source, found = app.location.source, app.engine.status()
    return Answer(
        data={**_as_object(found), "source": source},
        text=lambda: _as_text(found, source),
    )


@db.command("upgrade")
@pass_app
def upgrade(app: App) -> Answer:
    """Apply pending migrations, after an automatic backup; an absent database is created."""
    applied = app.engine.upgrade()
    found = app.engine.status()
    return Answer(
        data={"applied": list(applied), "version": found.version, "location": found.location},
        text="\n".join(
            [*(f"applied {name}" for name in applied), f"The database is at version {found.version}."]
        ),
    )


@db.command("backup")
@click.argument("destination", metavar="DEST")
@pass_app
def backup(app: App, destination: str) -> Answer:
    """Write a complete copy to DEST, a new file; other programs may go on writing meanwhile."""
    written = app.engine.backup(_path(destination))
    size = written.stat().st_size
    return Answer(
        data={"backup": str(written), "size": size},
        text=f"Copied {size} bytes to {written}.",
    )


@db.command("restore")
@click.argument("source", metavar="SRC")
@click.option("--yes", is_flag=True, help="Replace the database without asking; the replaced one is kept.")
@pass_app
def restore(app: App, source: str, *, yes: bool) -> Answer:
    """Replace the database by a checked copy of SRC; the replaced one is kept beside it."""
    if not yes and not _agrees(f"Replace {app.location.path}? The present one is kept beside it"):
        raise VgxnessError(
            "consent_required",
            f"Nothing was written: this replaces the database {app.location.path}.",
            hint=f"vgxness db restore {source} --yes",
        )
    kept = app.engine.restore(_path(source))
    found = app.engine.status()
    replaced = str(kept) if str(kept) != found.location else None
    return Answer(
        data={**_as_object(found), "replaced": replaced},
        text=f"Restored {found.location} (version {found.version})."
        + (f"\nThe replaced database is kept at {replaced}." if replaced else ""),
    )


@db.command("check")
@pass_app
def check(app: App) -> Answer:
    """Look for damage in pages, references, migrations and the text index; exits with 1 when it finds any."""
    damage = app.engine.check()
    return Answer(
        data={"sound": not damage, "damage": list(damage)},
        text="\n".join(damage) if damage else "The database is sound.",
        exit_code=ExitCode.FOUND_WRONG if damage else ExitCode.DONE,
    )


def _agrees(question: str) -> bool:
    """Return a person's answer; no where nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(question, default=False, err=True)


def _path(text: str) -> Path:
    if not text or "\0" in text:
        raise VgxnessError("usage", "The path is empty.", hint="vgxness db --help")
    return Path(text)


def _as_object(found: StoreStatus) -> JsonObject:
    return cast("JsonObject", as_json(found))


def _as_text(found: StoreStatus, source: str) -> str:
    lines = [
        f"{'location':<10} {found.location} ({source})",
        f"{'state':<10} {found.state}" + (f": {found.note}" if found.note else ""),
        f"{'version':<10} {found.version} of {found.newest}",
        f"{'size':<10} {found.size} bytes",
    ]
    return "\n".join([*lines, *(f"{'pending':<10} {name}" for name in found.pending)])
