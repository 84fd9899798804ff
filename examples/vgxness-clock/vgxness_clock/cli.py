"""`vgxness clock`."""

from __future__ import annotations

import click

from vgxness.plugin import Answer


@click.command()
@click.option("--short", is_flag=True, help="Hours and minutes only.")
def clock(*, short: bool) -> Answer:
    """Tell the time."""
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    return Answer(data={"now": now.isoformat()}, text=f"{now:{'%H:%M' if short else '%Y-%m-%d %H:%M'}}")
