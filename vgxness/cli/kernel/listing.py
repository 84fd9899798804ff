"""`vgxness plugins list` and `info`: every plugin, broken or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import limit_option, pass_app
from vgxness.cli.kernel.group import plugins
from vgxness.cli.table import table
from vgxness.contract.json_value import as_json
from vgxness.errors import ExitCode, VgxnessError
from vgxness.kernel.catalogue import Catalogue, Plugin

if TYPE_CHECKING:
    from vgxness.app import App


@plugins.command("list")
@click.option("--all", "include_builtin", is_flag=True, help="Show the built-in plugins too.")
@limit_option
@pass_app
def list_plugins(app: App, *, include_builtin: bool, limit: int) -> Answer:
    """List installed plugins with their state."""
    rows = [plugin for plugin in app.catalogue.plugins if include_builtin or not plugin.builtin]
    return Answer(
        data=as_json([summary(row) for row in rows[:limit]]),
        text=lambda: (
            _as_table(rows[:limit]) if rows else "No plugins are installed. Try: pip install vgxness-opencode"
        ),
        exit_code=ExitCode.FOUND_WRONG
        if any(row in app.catalogue.problems for row in rows)
        else ExitCode.DONE,
    )


@plugins.command("info")
@click.argument("name")
@pass_app
def info(app: App, name: str) -> Answer:
    """Show one plugin: who ships it, what it offers, what is wrong."""
    rows = named(app.catalogue, name)
    details = [
        {**summary(row), "offers": _offers(app.catalogue, row), "traceback": row.traceback} for row in rows
    ]
    return Answer(
        data=as_json(details), text=lambda: "\n\n".join(_as_text(app.catalogue, row) for row in rows)
    )


def named(catalogue: Catalogue, name: str) -> list[Plugin]:
    """Return the plugins of a name; raises `unknown_plugin`, naming those there are."""
    rows = [plugin for plugin in catalogue.plugins if plugin.name == name]
    if not rows:
        known = ", ".join(plugin.name for plugin in catalogue.plugins)
        raise VgxnessError(
            "unknown_plugin",
            f"No plugin is named {name!r}.",
            cause=f"Known: {known}.",
            hint="vgxness plugins list",
        )
    return rows


def summary(row: Plugin) -> dict[str, object]:
    """Return a plugin as `--json` shows it."""
    return {
        "name": row.name,
        "distribution": row.distribution,
        "version": row.version,
        "builtin": row.builtin,
        "state": row.state,
        "problem": row.problem,
        "hooks": row.hooks,
    }


def _offers(catalogue: Catalogue, row: Plugin) -> dict[str, list[str]]:
    from vgxness.kernel.manager import HOOKS

    named: dict[str, list[str]] = {}
    for hook in HOOKS.values():
        values = [getattr(o.value, hook.key) for o in getattr(catalogue, hook.field) if o.plugin == row]
        if values:
            named[hook.field] = values
    return named


def _as_table(rows: list[Plugin]) -> str:
    return table(
        ("plugin", "distribution", "version", "state", "problem"),
        [(row.name, row.distribution, row.version, row.state, row.problem) for row in rows],
    )


def _as_text(catalogue: Catalogue, row: Plugin) -> str:
    facts = [("shipped by", f"{row.distribution} {row.version}")]
    facts += [(kind.replace("_", " "), ", ".join(names)) for kind, names in _offers(catalogue, row).items()]
    if row.problem:
        facts.append(("problem", row.problem))
    lines = [f"{row.name}  {row.state}", *(f"  {title:<16}  {fact}" for title, fact in facts)]
    if row.traceback:
        lines.append("  " + row.traceback.rstrip().replace("\n", "\n  "))
    return "\n".join(lines)
