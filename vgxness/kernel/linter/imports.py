"""What a plugin's source may import, and what its start-up may not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

OPEN: Final = frozenset({"vgxness.plugin", "vgxness.errors"})
"""All that a plugin may import of vgxness."""

HEAVY: Final = frozenset(
    {
        "aiohttp",
        "anthropic",
        "anyio",
        "asyncio",
        "boto3",
        "cryptography",
        "google.genai",
        "httpx",
        "importlib_metadata",
        "jsonschema",
        "mcp",
        "mcp_types",
        "multiprocessing",
        "numpy",
        "openai",
        "pandas",
        "peewee",
        "pydantic",
        "requests",
        "rich",
        "sqlalchemy",
        "ssl",
        "textual",
        "tomlkit",
        "torch",
        "unittest",
        "urllib.request",
        "urllib3",
        "yaml",
    }
)
"""What costs more than a whole start of vgxness may; a plugin imports it in the code that needs it."""


def private_imports(source: str) -> Iterator[tuple[int, str]]:
    """Yield the imports of vgxness in a source text that are not its open door, with their lines.

    Raises:
        SyntaxError: the text is not Python.
    """
    for node in ast.walk(ast.parse(source)):
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
