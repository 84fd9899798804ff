"""`vgxness clock`."""

from __future__ import annotations

import click


@click.command()
@click.option("--short", is_flag=True, help="Hours and minutes only.")
def clock(*, short: bool) -> None:
    """Tell the time."""
    from datetime import UTC, datetime

    click.echo(f"{datetime.now(UTC):{'%H:%M' if short else '%Y-%m-%d %H:%M'}}")
