"""`vgxness setup`: parse, one call of the service, render."""

from __future__ import annotations

from vgxness.cli.setup.commands import setup

__all__ = ["setup"]
