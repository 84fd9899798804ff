"""How a document is written: its line ends, its indentation, and what stands around its colons."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.jsonc.document import Document, Node

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LINE_START: Final = re.compile(r"[ \t]*")
_COLON: Final = re.compile(r"[ \t]*:[ \t]*")
_SHORT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What new text has to look like to belong.

    Attributes:
        newline: the document's own.
        unit: one step of indentation.
        colon: a colon with the space around it.
        comma: what separates values that share a line.
    """

    newline: str = "\n"
    unit: str = "  "
    colon: str = ": "
    comma: str = ", "


def style_of(document: Document) -> Style:
    """Return a document's style, from its first line end and its first members."""
    text, root = document.text, document.root
    line_end = _LINE_END.search(text)
    newline = line_end.group() if line_end else "\n"
    if root is None or not root.members:
        return Style(newline=newline)
    first = root.members[0]
    between = text[first.key_end : first.value.start]
    colon = between if _COLON.fullmatch(between) else ": "
    unit = _step(document, root)
    return Style(newline=newline, unit=unit, colon=colon, comma=", " if colon.endswith((" ", "\t")) else ",")


def _step(document: Document, root: Node) -> str:
    outer = indentation(document.text, root.start)
    for member in root.members:
        inner = indentation(document.text, member.start)
        if inner != outer and inner.startswith(outer) and starts_line(document.text, member.start):
            return inner[len(outer) :]
    return "  "


def indentation(text: str, position: int) -> str:
    """Return the white space that the position's line starts with."""
    start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    if start == 0 and text.startswith("\ufeff"):
        start = 1
    found = _LINE_START.match(text, start, position)
    return found.group() if found else ""


def starts_line(text: str, position: int) -> bool:
    """Tell whether only white space stands before a position on its line, and the line is not the first."""
    before = text[:position].rstrip(" \t") if position < _SHORT else _tail(text, position)
    return before.endswith(("\n", "\r"))


def _tail(text: str, position: int) -> str:
    start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position), 0)
    return text[start:position].rstrip(" \t")


def render(value: JsonValue, style: Style, indent: str, *, inline: bool) -> str:
    """Return a value's text; `indent` is that of the line it starts on."""
    if isinstance(value, Mapping):
        rows = [
            quote(key) + style.colon + render(item, style, indent + style.unit, inline=inline)
            for key, item in value.items()
        ]
        return _wrap("{}", rows, style, indent, inline=inline)
    if isinstance(value, Sequence) and not isinstance(value, str):
        short = render_list(value, style)
        flat = not any(isinstance(item, Mapping | list | tuple) for item in value)
        if inline or (flat and len(short) <= _SHORT):
            return short
        rows = [render(item, style, indent + style.unit, inline=False) for item in value]
        return _wrap("[]", rows, style, indent, inline=False)
    return quote(value) if isinstance(value, str) else json.dumps(value, allow_nan=False)


def render_list(values: Sequence[JsonValue], style: Style) -> str:
    """Return a list's text on one line."""
    return f"[{style.comma.join(render(item, style, '', inline=True) for item in values)}]"


def _wrap(brackets: str, rows: list[str], style: Style, indent: str, *, inline: bool) -> str:
    if not rows:
        return brackets
    if inline:
        return brackets[0] + style.comma.join(rows) + brackets[1]
    step = style.newline + indent + style.unit
    return brackets[0] + step + ("," + step).join(rows) + style.newline + indent + brackets[1]


def quote(text: str) -> str:
    """Return a JSON string; characters stay as they are, but for what UTF-8 can't carry."""
    plain = json.dumps(text, ensure_ascii=False)
    return json.dumps(text) if any("\ud800" <= char <= "\udfff" for char in plain) else plain
