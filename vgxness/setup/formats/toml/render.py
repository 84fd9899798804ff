"""How new TOML is spelled."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.toml.document import Path

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SHORT: Final = 100
_MAX_DEPTH: Final = 64
_LARGEST: Final = 2**63


def check(value: JsonValue, depth: int = 0) -> None:
    """Refuse what TOML can't say.

    Raises:
        EditError: null, a number out of range, half a character, or more than 64 levels.
    """
    if depth > _MAX_DEPTH:
        raise EditError(f"the value is nested deeper than {_MAX_DEPTH} levels")
    if value is None:
        raise EditError("TOML has no null")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _check_text(key)
            check(item, depth + 1)
    elif isinstance(value, Sequence):
        for item in value:
            check(item, depth + 1)
    elif value != value or value in (float("inf"), float("-inf")):
        raise EditError("JSON has no such number")
    elif isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        raise EditError("TOML's integers have 64 bits")


def _check_text(text: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise EditError("a text holds half a character, which TOML can't say")


def dotted(keys: Path) -> str:
    """Return a key as it is written, quoted where it must be."""
    return ".".join(key if _BARE.fullmatch(key) else quote(key) for key in keys)


def quote(text: str) -> str:
    """Return a basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def render(value: JsonValue, newline: str = "", indent: str = "") -> str:
    """Return a value's text; with a line end, a list that is long for one line takes several."""
    if isinstance(value, Mapping):
        rows = [f"{dotted((key,))} = {render(item)}" for key, item in value.items()]
        return f"{{ {', '.join(rows)} }}" if rows else "{}"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Sequence):
        short = f"[{', '.join(map(render, value))}]"
        if not newline or len(short) <= _SHORT:
            return short
        rows = [f"{newline}{indent}  {render(item, newline, indent + '  ')}," for item in value]
        return f"[{''.join(rows)}{newline}{indent}]"
    return json.dumps(value, allow_nan=False)


def render_table(keys: Path, table: Mapping[str, JsonValue], newline: str, brackets: str = "[]") -> str:
    """Return a table's header and lines, its inner tables as sections after it."""
    lines = [f"{brackets[: len(brackets) // 2]}{dotted(keys)}{brackets[len(brackets) // 2 :]}"]
    inner = {key: item for key, item in table.items() if isinstance(item, Mapping)}
    lines += [
        f"{dotted((key,))} = {render(item, newline)}" for key, item in table.items() if key not in inner
    ]
    text = newline.join(lines) + newline
    return text + "".join(newline + render_table((*keys, key), item, newline) for key, item in inner.items())
