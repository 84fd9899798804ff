"""`vgxness setup`: plan, apply, status, diff, rollback, uninstall."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import group, limit_option, pass_app
from vgxness.cli.setup.consent import require_consent
from vgxness.cli.setup.text import (
    diff_document,
    diff_text,
    outcome_document,
    outcome_text,
    plan_document,
    plan_text,
    receipts_document,
    receipts_text,
    status_document,
    status_text,
)
from vgxness.contract.provider import ConfigScope, SetupMode
from vgxness.errors import ExitCode, VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.setup import Outcome, Plan, Take, Takes

F = TypeVar("F", bound=Callable[..., Any])


def _choice(function: F) -> F:
    """Add the options that say which providers, in which scope."""
    scope = click.Choice(("user", "project"))
    function = click.option(
        "--config-scope", "scope", type=scope, default="user", show_default=True, help="Whose configuration."
    )(function)
    function = click.option("--all", "everyone", is_flag=True, help="Every provider.")(function)
    return click.option("--provider", "providers", multiple=True, metavar="NAME", help="Repeatable.")(
        function
    )


def _mode(function: F) -> F:
    modes = click.Choice(("mcp", "mcp-plus-agents"))
    return click.option("--mode", type=modes, default="mcp", show_default=True, help="What to install.")(
        function
    )


def _take(function: F) -> F:
    return click.option(
        "--take",
        "takes",
        multiple=True,
        metavar="[TARGET=]ours|theirs",
        callback=_read_takes,
        help="Settle conflicts; TARGET as the plan names it. Repeatable.",
    )(function)


def _read_takes(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, Take]:
    takes: dict[str, Take] = {}
    for value in values:
        target, _, side = value.rpartition("=")
        if side not in ("ours", "theirs"):
            raise click.BadParameter(f"{value!r} ends neither in ours nor in theirs.")
        takes[target] = side
    return takes


def _yes(function: F) -> F:
    return click.option("--yes", is_flag=True, help="Write without asking.")(function)


@group()
def setup() -> None:
    """Configure agent clients: see it, agree to it, undo it to the byte."""


@setup.command("plan")
@_choice
@_mode
@_take
@pass_app
def plan(
    app: App,
    *,
    providers: tuple[str, ...],
    everyone: bool,
    scope: ConfigScope,
    mode: SetupMode,
    takes: Takes,
) -> Answer:
    """Show exactly what would be written; write nothing."""
    names = _names(app, providers, everyone=everyone, scope=scope)
    planned = app.setup.plan(names, scope=scope, mode=mode, takes=takes)
    return Answer(data=plan_document(planned), text=lambda: plan_text(planned), exit_code=_exit_code(planned))


@setup.command("apply")
@_choice
@_mode
@_take
@_yes
@click.option("--plan-digest", "digest", metavar="D", help="Write only if the plan is still this one.")
@pass_app
def apply(
    app: App,
    *,
    providers: tuple[str, ...],
    everyone: bool,
    scope: ConfigScope,
    mode: SetupMode,
    takes: Takes,
    yes: bool,
    digest: str | None,
) -> Answer:
    """Write the plan: every file of it or none, with a backup and a receipt."""
    app.setup.recover()
    names = _names(app, providers, everyone=everyone, scope=scope)
    if not yes:
        planned = app.setup.plan(names, scope=scope, mode=mode, takes=takes)
        if planned.changes:
            digest = require_consent(planned, digest, takes=takes)
    return _done(app.setup.apply(names, scope=scope, mode=mode, takes=takes, digest=digest))


@setup.command("status")
@_choice
@pass_app
def status(app: App, *, providers: tuple[str, ...], everyone: bool, scope: ConfigScope) -> Answer:
    """Show how each provider's files stand against what was written."""
    rows = app.setup.status(_names(app, providers, everyone=everyone, scope=scope), scope=scope)
    return Answer(data=status_document(rows), text=lambda: status_text(rows))


@setup.command("diff")
@_choice
@pass_app
def diff(app: App, *, providers: tuple[str, ...], everyone: bool, scope: ConfigScope) -> Answer:
    """Show what changed in the files since vgxness wrote them, and what an apply would change now."""
    names = _names(app, providers, everyone=everyone, scope=scope) or _set_up(app, scope)
    planned = app.setup.plan(names, scope=scope)
    since = app.setup.edits_since(names, scope=scope)
    return Answer(
        data=diff_document(planned, since),
        text=lambda: diff_text(planned, since),
        exit_code=_exit_code(planned),
    )


@setup.command("rollback")
@_choice
@_take
@_yes
@click.option("--list", "list_only", is_flag=True, help="List the applies and their backups.")
@limit_option
@click.option("--to", metavar="APPLY", help="Back to the state before this apply.")
@click.option("--backup", type=click.Path(path_type=Path), metavar="PATH", help="Back to this backup.")
@click.option("--plan-digest", "digest", metavar="D", help="Write only if the plan is still this one.")
@pass_app
def rollback(
    app: App,
    *,
    providers: tuple[str, ...],
    everyone: bool,
    scope: ConfigScope,
    takes: Takes,
    yes: bool,
    list_only: bool,
    limit: int,
    to: str | None,
    backup: Path | None,
    digest: str | None,
) -> Answer:
    """Go back to the state before the newest apply, byte for byte; your own edits since then stay."""
    names = _names(app, providers, everyone=everyone, recorded=True)
    if list_only:
        rows = app.setup.receipts(names, scope=scope)[::-1][:limit]
        return Answer(data=receipts_document(app.setup, rows), text=lambda: receipts_text(app.setup, rows))
    app.setup.recover()
    if to and backup:
        raise VgxnessError("usage", "--to and --backup can't be given together.")
    target = app.setup.apply_of_backup(backup) if backup else to
    if not yes:
        planned = app.setup.plan_rollback(names, scope=scope, to=target, takes=takes)
        if planned.changes:
            digest = require_consent(planned, digest, to=target, takes=takes)
    return _done(app.setup.rollback(names, scope=scope, to=target, takes=takes, digest=digest))


@setup.command("uninstall")
@_choice
@_take
@_yes
@click.option("--plan-digest", "digest", metavar="D", help="Write only if the plan is still this one.")
@pass_app
def uninstall(
    app: App,
    *,
    providers: tuple[str, ...],
    everyone: bool,
    scope: ConfigScope,
    takes: Takes,
    yes: bool,
    digest: str | None,
) -> Answer:
    """Take every entry of vgxness out, and leave everything else."""
    app.setup.recover()
    names = _names(app, providers, everyone=everyone, recorded=True)
    if not yes:
        planned = app.setup.plan_uninstall(names, scope=scope, takes=takes)
        if planned.changes:
            digest = require_consent(planned, digest, takes=takes)
    return _done(app.setup.uninstall(names, scope=scope, takes=takes, digest=digest))


def _names(
    app: App,
    providers: tuple[str, ...],
    *,
    everyone: bool,
    scope: ConfigScope = "user",
    recorded: bool = False,
) -> tuple[str, ...]:
    """Return the names to ask for.

    `--all` is every adapter that has the scope, and for undoing whatever has receipts.
    """
    if everyone and providers:
        raise VgxnessError("usage", "--all and --provider can't be given together.")
    return app.setup.with_scope(scope) if everyone and not recorded else providers


def _set_up(app: App, scope: ConfigScope) -> tuple[str, ...]:
    """Return the providers that are set up in a scope; without any, the installed clients are meant."""
    rows = app.setup.status(scope=scope) if app.setup.providers else ()
    return tuple(
        row.provider for row in rows if row.adapted and any(one.drift != "absent" for one in row.targets)
    )


def _exit_code(plan: Plan) -> ExitCode:
    return ExitCode.CONFLICT if plan.held_back else ExitCode.DONE


def _done(outcome: Outcome) -> Answer:
    held_back = outcome.plan.held_back
    if held_back and outcome.receipt is None:
        problem = held_back[0].problem
        assert problem is not None  # noqa: S101 -- what is held back has a reason; see Plan.held_back
        raise VgxnessError(problem.code, problem.message, cause=problem.cause, hint=problem.hint)
    return Answer(
        data=outcome_document(outcome),
        text=lambda: outcome_text(outcome),
        exit_code=_exit_code(outcome.plan),
    )
