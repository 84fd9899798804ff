"""`vgxness plugins`: what extends the host, and what its authors need."""

from __future__ import annotations

from vgxness.cli.kernel import (
    authoring,
    installing,
    listing,
    switching,
)  # each adds its commands to the group
from vgxness.cli.kernel.group import plugins

__all__ = ["authoring", "installing", "listing", "plugins", "switching"]
