"""What a plugin's source files import."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

OPEN: Final = frozenset({"vgxness.plugin", "vgxness.errors"})
"""All that a plugin may import of vgxness."""


def sources_of(name: str) -> list[Path]:
    """Return the Python files of an imported package; those of a module are itself."""
    module = sys.modules[name]
    if hasattr(module, "__path__"):
        return sorted(path for place in module.__path__ for path in Path(place).rglob("*.py"))
    return [Path(inspect.getfile(module))]


def private_imports(source: Path) -> Iterator[tuple[int, str]]:
    """Yield the imports of vgxness in a source file that are not its open door, with their lines."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in _imported(node):
                if name.partition(".")[0] == "vgxness" and name not in OPEN:
                    yield node.lineno, name


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if node.level or not node.module:
        return []
    return [f"vgxness.{alias.name}" for alias in node.names] if node.module == "vgxness" else [node.module]
