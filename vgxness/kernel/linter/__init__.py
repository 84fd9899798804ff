"""Looks a plugin over before others install it: what would go wrong at their place goes wrong here first."""

from __future__ import annotations

from vgxness.kernel.linter.imports import HEAVY, OPEN, private_imports
from vgxness.kernel.linter.models import Fault, Inspection
from vgxness.kernel.linter.service import inspect_installed, inspect_tree

__all__ = [
    "HEAVY",
    "OPEN",
    "Fault",
    "Inspection",
    "inspect_installed",
    "inspect_tree",
    "private_imports",
]
