"""`vgxness plugins install` and `uninstall`: into the environment that this vgxness runs in, with consent."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import pass_app
from vgxness.cli.kernel.group import plugins
from vgxness.contract.json_value import as_json
from vgxness.errors import ExitCode, VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App

Row = Mapping[str, Any]


@plugins.command("install")
@click.argument("what", metavar="DIST|PATH")
@click.option("--yes", is_flag=True, help="Install without asking.")
@pass_app
def install(app: App, *, what: str, yes: bool) -> Answer:
    """Install a plugin into the environment of this vgxness: pip, uv tool and pipx are recognised."""
    from vgxness.kernel import installer

    wanted = installer.parse_requirement(what, app.workspace)
    environment = installer.recognise()
    command = installer.install_command(environment, wanted)
    if not yes:
        _require_consent(command, environment.title, ("install", what))
    before = {_key(row) for row in installer.ask_again()}
    installer.run(command)
    rows = installer.ask_again()
    added = [row for row in rows if _key(row) not in before]
    present = added or [row for row in rows if wanted.name and row["distribution"] == wanted.name]
    return Answer(
        data=as_json({"command": command, "environment": environment.kind, "plugins": present}),
        text=lambda: _installed_text(what, present, is_new=bool(added)),
        exit_code=ExitCode.DONE
        if present and all(row["state"] == "ok" for row in present)
        else ExitCode.FOUND_WRONG,
    )


@plugins.command("uninstall")
@click.argument("distribution", metavar="DIST")
@click.option("--yes", is_flag=True, help="Uninstall without asking.")
@pass_app
def uninstall(app: App, *, distribution: str, yes: bool) -> Answer:
    """Remove a plugin; clients that it set up stay so until `vgxness setup uninstall`."""
    from vgxness.kernel import installer
    from vgxness.kernel.discovery import scan

    name = installer.distribution_of(distribution)
    shipped = sorted(found.name for found in scan() if found.distribution == name)
    if not shipped:
        raise VgxnessError(
            "unknown_plugin", f"No installed plugin comes from {name!r}.", hint="vgxness plugins list"
        )
    environment = installer.recognise()
    command = installer.uninstall_command(environment, name)
    configured = _configured(app, name)
    warnings = [
        f"{provider} stays configured for the {scope} scope; `vgxness setup uninstall --provider {provider}"
        f" --config-scope {scope}` takes it out, also without the plugin."
        for provider, scope in configured
    ]
    if not yes:
        _require_consent(command, environment.title, ("uninstall", name), warnings)
    installer.run(command)
    left = [row for row in installer.ask_again() if row["distribution"] == name]
    return Answer(
        data=as_json(
            {
                "command": command,
                "environment": environment.kind,
                "removed": [] if left else shipped,
                "still_configured": [
                    {"provider": provider, "scope": scope} for provider, scope in configured
                ],
            }
        ),
        text=lambda: "\n".join([_removed_text(name, shipped, left), *warnings]),
        exit_code=ExitCode.FOUND_WRONG if left else ExitCode.DONE,
    )


def _require_consent(
    command: Sequence[str], where: str, again: Sequence[str], warnings: Sequence[str] = ()
) -> None:
    hint = shlex.join(["vgxness", "plugins", *again, "--yes"])
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise VgxnessError(
            "consent_required",
            "Nothing was changed: this command needs a yes.",
            cause=f"It would run: {shlex.join(command)}",
            hint=hint,
        )
    lines = [f"In {where}, this would run:", f"  {shlex.join(command)}", *warnings]
    click.echo("\n".join(lines), err=True)
    if not click.confirm("Run it?", default=False, err=True):
        raise VgxnessError("consent_required", "Nothing was changed.", cause="The answer was no.", hint=hint)


def _configured(app: App, distribution: str) -> list[tuple[str, str]]:
    """Return the providers of a distribution that are set up, for the user or in this workspace."""
    names = [o.value.name for o in app.catalogue.providers if o.plugin.distribution == distribution]
    scopes = ("user", "project")
    return [
        (name, scope)
        for name in names
        for scope in scopes
        if any(app.setup.can_undo(receipt) for receipt in app.setup.receipts([name], scope=scope))
    ]


def _key(row: Row) -> tuple[str, str, str]:
    return (row["name"], row["distribution"], row["version"])


def _installed_text(what: str, rows: Sequence[Row], *, is_new: bool) -> str:
    if not rows:
        return f"{what} is installed, and no plugin of vgxness is in it: vgxness plugins list"
    state = "is installed" if is_new else "was installed already"
    return "\n".join(
        f"{row['name']} ({row['distribution']} {row['version']}) {state}: {row['state']}"
        + (f", {row['problem']}" if row["problem"] else "")
        for row in rows
    )


def _removed_text(distribution: str, shipped: Sequence[str], left: Sequence[Row]) -> str:
    if left:
        return f"{distribution} is still found: another copy of it is on the import path."
    return f"{distribution} is removed, and with it the plugin {', '.join(shipped)}."
