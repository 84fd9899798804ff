"""The user's other MCP servers: they are started only with a yes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vgxness.cli.render import talk
from vgxness.errors import VgxnessError
from vgxness.redaction import redact_secrets

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.doctor import Diagnosis
    from vgxness.setup import ListedServer
    from vgxness.tokens import ServerForm

F = TypeVar("F", bound=Callable[..., Any])


def yes_option(function: F) -> F:
    """Give a command `--yes`, for starting them without a question."""
    return click.option("--yes", is_flag=True, help="Start them without asking.")(function)


def asked_servers(app: App, command: str, *, yes: bool) -> tuple[ServerForm, ...]:
    """Return what the user's other servers list.

    Raises:
        VgxnessError: `consent_required`, no terminal or no yes.
    """
    from vgxness.mcp.strangers import ask_strangers, is_startable
    from vgxness.setup.servers import SERVER_NAME
    from vgxness.tokens import ServerForm

    found = app.setup.servers()
    listed = [one for one in found.servers if one.name != SERVER_NAME]
    startable = [one for one in listed if is_startable(one)]
    if startable and not yes:
        _require_yes(startable, f"{command} --yes")
    asked = ask_strangers(
        listed,
        environment=app.environ,
        directory=app.workspace,
        progress=_say if sys.stderr.isatty() else None,
    )
    unread = [
        ServerForm(client=one.title, name=str(one.path), state="failed", reason=one.reason)
        for one in found.unread
    ]
    return (*asked, *unread)


def others_diagnosis(servers: Sequence[ServerForm]) -> Diagnosis:
    """Return what the doctor says of the user's other servers, slow ones and silent ones first."""
    from vgxness.doctor import Diagnosis
    from vgxness.mcp.checks import SLOW_SECONDS

    silent = [f"{one.client}: {one.name[:60]}: {one.reason}" for one in servers if one.state == "failed"]
    answered = sorted((one for one in servers if one.state == "counted"), key=lambda one: -one.seconds)
    times = [f"{one.client}: {one.name[:60]}: {one.seconds:.1f} s" for one in answered]
    slow = sum(one.seconds > SLOW_SECONDS for one in answered)
    faults = ([f"{len(silent)} did not answer"] if silent else []) + (
        [f"{slow} took over {SLOW_SECONDS:.0f} s"] if slow else []
    )
    return Diagnosis(
        id="mcp.others",
        question="Do the user's other MCP servers list their tools soon enough?",
        plugin="mcp (vgxness)",
        severity="warning" if faults else "ok" if answered else "skipped",
        summary=f"Of {len(silent) + len(answered)} other servers {' and '.join(faults) or 'all answered'}.",
        evidence=tuple(redact_secrets(line) for line in (*silent, *times)),
        hint="vgxness tokens --all-servers" if answered else "",
    )


def _say(program: str) -> None:
    talk(f"… starting {program}")


def _require_yes(servers: Sequence[ListedServer], command: str) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise VgxnessError(
            "consent_required",
            f"Nothing was started: this starts other MCP servers ({len(servers)}), and that needs a yes.",
            cause="It does not run on a terminal, so nobody can be asked.",
            hint=command,
        )
    talk("These programs would be started, asked for their tools, and ended:")
    for one in servers:
        talk(f"  {one.place} ({one.command[0]})")
    if not click.confirm("Start them?", default=False, err=True):
        raise VgxnessError(
            "consent_required", "Nothing was started.", cause="The answer was no.", hint=command
        )
