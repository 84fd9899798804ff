"""`vgxness plugins enable` and `disable`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import pass_app
from vgxness.cli.kernel.group import plugins
from vgxness.cli.kernel.listing import named
from vgxness.errors import VgxnessError
from vgxness.kernel.config import set_plugin_enabled

if TYPE_CHECKING:
    from vgxness.app import App


@plugins.command("enable")
@click.argument("name")
@pass_app
def enable(app: App, name: str) -> Answer:
    """Load a plugin again."""
    return _switch(app, name, enabled=True)


@plugins.command("disable")
@click.argument("name")
@pass_app
def disable(app: App, name: str) -> Answer:
    """Stop loading a plugin, in every command from now on."""
    return _switch(app, name, enabled=False)


def _switch(app: App, name: str, *, enabled: bool) -> Answer:
    from vgxness.kernel.discovery import scan

    # Found, not loaded: a plugin that breaks every command must be switched off under --no-plugins.
    if name not in {found.name for found in scan()}:
        builtin = any(row.builtin for row in named(app.catalogue, name))
        problem = f"{name} is built in and can't be switched off." if builtin else f"{name} is not installed."
        raise VgxnessError("usage", problem, hint="vgxness plugins list --all")
    changed = set_plugin_enabled(app.paths.config, name, enabled=enabled)
    state = "enabled" if enabled else "disabled"
    return Answer(
        data={"name": name, "enabled": enabled, "changed": changed},
        text=f"{name} is {'now' if changed else 'already'} {state}.",
    )
