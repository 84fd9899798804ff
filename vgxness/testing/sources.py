"""The source files of a plugin."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path


def sources_of(name: str) -> list[Path]:
    """Return the Python files of an imported package; those of a module are itself."""
    module = sys.modules[name]
    if hasattr(module, "__path__"):
        return sorted(path for place in module.__path__ for path in Path(place).rglob("*.py"))
    return [Path(inspect.getfile(module))]
