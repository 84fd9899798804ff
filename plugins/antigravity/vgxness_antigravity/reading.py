"""Reads a user's file in bounded size, never failing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vgxness.plugin import JsonValue
from vgxness_antigravity.strict_json import Node, NotStrictError, parse

LARGEST: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file that stands can't be read; one clause, no content."""

    why: str


def stands(path: Path, ask: Callable[[Path], bool] = Path.exists) -> bool:
    """Return what a question about a path answers; no where it can't be asked."""
    try:
        return ask(path)
    except OSError:
        return False


def read(path: Path) -> bytes | Unreadable | None:
    """Return a regular file's bytes; None where nothing of the name stands."""
    try:
        if not path.exists():
            return Unreadable("a symbolic link that leads nowhere") if path.is_symlink() else None
        if not path.is_file():
            return Unreadable("not a file")
        if path.stat().st_size > LARGEST:
            return Unreadable(f"larger than {LARGEST // 1024 // 1024} MiB")
        return path.read_bytes()
    except OSError as problem:
        return Unreadable(f"can't be read ({type(problem).__name__})")


def table(path: Path, *keys: str) -> Mapping[str, JsonValue]:
    """Return the object that the keys lead to, or an empty one where the file has or is no such thing."""
    content = read(path)
    if not isinstance(content, bytes):
        return {}
    try:
        value = plain(parse(content.decode("utf-8")).root)
    except (NotStrictError, UnicodeDecodeError):
        return {}
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def plain(node: Node) -> JsonValue:
    """Return the value without its places."""
    if isinstance(node.value, dict):
        return {key: plain(member) for key, member in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value
