"""The group itself, and the options that its commands share."""

from __future__ import annotations

import click

from vgxness.cli.command import group

KINDS = "decision, discovery, bugfix, pattern, preference, config, session-summary or note"


@group()
def memory() -> None:
    """Save, find, revise and hand on what agents should remember."""


kind_option = click.option("--kind", metavar="KIND", help=f"{KINDS}.")
scope_option = click.option("--scope", type=click.Choice(["project", "personal"]), help="Only this scope.")
limit_option = click.option(
    "--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="At most so many."
)
