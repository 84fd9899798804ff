"""How new YAML is spelled: in the file's own indentation, quoted wherever a reader could differ."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.brackets import line_start, newline_of
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.yaml.nodes import Document, Node, walk

_MAX_DEPTH: Final = 64
_WORD: Final = r"[A-Za-z_/][\w/.@+%~=$-]*(?::[\w/.@+%~=$-]+)*"
_PLAIN: Final = re.compile(rf"{_WORD}(?: [\w/.@+%~=$(-][\w/.@+%~=$()-]*)*")
_RESERVED: Final = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
# What YAML forbids raw, takes for a line end, or hides.
_HIDDEN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What new text has to look like to belong.

    Attributes:
        newline: the file's own.
        unit: by how much a mapping is indented below its key.
        dash: by how much a list's dashes are.
    """

    newline: str
    unit: int = 2
    dash: int = 2


def style_of(document: Document, near: Node | None) -> Style:
    """Return the style around a node, and where that shows none, the document's."""
    found: dict[str, int] = {}
    for root in (near, document.root):
        for node in walk(root):
            for key, value in [] if node.is_flow else node.pairs:
                if value.children() and not value.is_flow and value.kind not in found and value.is_bare:
                    found[value.kind] = column(document.text, value.start) - column(document.text, key.start)
            if len(found) > 1:
                break
    unit = max(found.get("mapping", 2), 1)
    dash = max(found.get("sequence", unit), 0)
    return Style(newline=newline_of(document.text), unit=unit, dash=dash)


def column(text: str, position: int) -> int:
    """Return a position's column, from 0."""
    return position - line_start(text, position)


def check(value: JsonValue, depth: int = 0) -> None:
    """Refuse what YAML can't say.

    Raises:
        EditError: nan or infinity, half a character, or more than 64 levels.
    """
    if depth > _MAX_DEPTH:
        raise EditError(f"the value is nested deeper than {_MAX_DEPTH} levels")
    if isinstance(value, str):
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise EditError("a text holds half a character, which YAML can't say")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            check(key, depth + 1)
            check(item, depth + 1)
    elif isinstance(value, Sequence):
        for item in value:
            check(item, depth + 1)
    elif isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        raise EditError("JSON has no such number")


def is_inline(value: JsonValue) -> bool:
    """Tell whether a value takes no lines of its own: a scalar, or an empty collection."""
    return isinstance(value, str) or not isinstance(value, Mapping | Sequence) or not value


def scalar(value: JsonValue) -> str:
    """Return a scalar's text; whatever might be read as something else is in double quotes."""
    if isinstance(value, str):
        return value if _is_safe(value) else quote(value)
    if isinstance(value, float):
        text = repr(value)
        # Older readers want a point in every float.
        return text if "." in text else text.replace("e", ".0e", 1)
    return json.dumps(value)


def _is_safe(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _RESERVED and text.isprintable()


def quote(text: str) -> str:
    """Return a double-quoted scalar on one line."""
    plain = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def flow(value: JsonValue, *, as_json: bool = False) -> str:
    """Return a value's text on one line; `as_json` quotes every text and key, so that JSON stays JSON."""
    if isinstance(value, Mapping):
        rows = [
            f"{key_text(key, as_json=as_json)}: {flow(item, as_json=as_json)}" for key, item in value.items()
        ]
        return "{" + ", ".join(rows) + "}"
    if isinstance(value, str):
        return key_text(value, as_json=as_json)
    if isinstance(value, Sequence):
        return "[" + ", ".join(flow(item, as_json=as_json) for item in value) + "]"
    return scalar(value)


def key_text(text: str, *, as_json: bool) -> str:
    """Return a key or text as it is written in flow style."""
    return quote(text) if as_json else scalar(text)


def block(value: JsonValue, style: Style) -> list[str]:
    """Return the lines of a collection that is not empty."""
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, item in value.items():
            lines += pair(key, item, style)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            lines += dashed(item, style)
    return lines


def pair(key: str, value: JsonValue, style: Style) -> list[str]:
    """Return the lines of a key with its value."""
    if is_inline(value):
        return [f"{scalar(key)}: {flow(value)}"]
    step = " " * (style.unit if isinstance(value, Mapping) else style.dash)
    return [f"{scalar(key)}:", *(step + line for line in block(value, style))]


def dashed(value: JsonValue, style: Style) -> list[str]:
    """Return the lines of a list's item."""
    if is_inline(value):
        return [f"- {flow(value)}"]
    first, *rest = block(value, style)
    return [f"- {first}", *("  " + line for line in rest)]
