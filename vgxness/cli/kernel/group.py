"""The group itself."""

from __future__ import annotations

from vgxness.cli.command import group


@group()
def plugins() -> None:
    """List, inspect, switch, install and write plugins."""
