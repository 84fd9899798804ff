"""Keys of a Markdown file's frontmatter, the YAML between two lines of dashes; the body is never touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats import yaml
from vgxness.setup.formats.brackets import BOM, newline_of
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.values import Missing

_OPENING: Final = re.compile(rf"{BOM}?---[ \t]*(?:\r?\n|\Z)")
_CLOSING: Final = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)

# Metadata that is not ours to edit: TOML, JSON, a language named on the fence, a fence below blank lines, or
# one whose line ends no other reader knows. A second fence above it would take it from its own readers.
_FOREIGN: Final = re.compile(
    rf"{BOM}?(?:(?:[ \t]*\r?\n)*(?:(?:\+\+\+|;;;)[ \t]*(?:[\r\n]|\Z)|---[ \t]*(?:[^\s-]|\r(?!\n)))"
    rf"|(?:[ \t]*\r?\n)+---[ \t]*(?:[\r\n]|\Z))"
)

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """A text in three: up to the YAML, the YAML, and from the closing line on."""

    head: str
    region: str
    tail: str


def body_start(text: str) -> int:
    """Return where the body begins: behind the closing line, or 0 without frontmatter.

    Raises:
        ParseError: the frontmatter is never closed.
    """
    found = _split(text)
    if found is None:
        return 0
    closing = _CLOSING.match(found.tail)
    return len(found.head) + len(found.region) + (closing.end() if closing else 0)


def get(text: str, path: Sequence[str]) -> JsonValue | Missing:
    """Return the value at a path of keys, or `MISSING`.

    Raises:
        ParseError: the frontmatter is never closed, or is not YAML; lines are those of the whole file.
        EditError: JSON can't say the value, or something on the way is shared.
    """
    region = _region(text)
    return _in_whole(lambda: yaml.get(region, path))


def set_key(text: str, path: Sequence[str], value: JsonValue) -> str:
    """Return the text with a value at a path of keys; a text without frontmatter gets one.

    Raises:
        ParseError: the frontmatter is never closed, or is not YAML.
        EditError: something on the way is not a mapping, is shared, or stands there twice.
    """
    return _with(text, lambda region: yaml.set_key(region, path, value))


def undo_key(text: str, before: str, path: Sequence[str]) -> str:
    """Return the text with one key as it stood in `before`; frontmatter made for it goes too.

    Raises:
        ParseError: the frontmatter of either text is never closed, or is not YAML.
        EditError: something on the way is shared.
    """
    now = _split(text)
    if now is None:
        return text
    was = _split(before)
    region = _in_whole(lambda: yaml.undo_key(now.region, was.region if was else "", path))
    if was is None and region != now.region and yaml.is_hollow(region):
        mark = BOM if text.startswith(BOM) else ""
        return mark + text[body_start(text) :]
    return now.head + region + now.tail


def insert_item(text: str, path: Sequence[str], value: JsonValue) -> str:
    """Return the text with an item more at the end of a list.

    Raises:
        ParseError: the frontmatter is never closed, or is not YAML.
        EditError: what stands at the path is no list, or is shared.
    """
    return _with(text, lambda region: yaml.insert_item(region, path, value))


def replace_item(text: str, path: Sequence[str], index: int, value: JsonValue) -> str:
    """Return the text with another value in an item's place.

    Raises:
        ParseError: the frontmatter is never closed, or is not YAML.
        EditError: there is no such item.
    """
    return _with(text, lambda region: yaml.replace_item(region, path, index, value))


def remove_item(text: str, path: Sequence[str], index: int) -> str:
    """Return the text without one item; a list that becomes empty stays, empty.

    Raises:
        ParseError: the frontmatter is never closed, or is not YAML.
        EditError: there is no such item.
    """
    return _with(text, lambda region: yaml.remove_item(region, path, index))


def is_hollow(text: str) -> bool:
    """Tell whether a text has neither a key, a comment nor a body."""
    if text[body_start(text) :].strip(f"{BOM} \t\r\n"):
        return False
    region = _region(text)
    return _in_whole(lambda: yaml.is_hollow(region))


def _split(text: str) -> _Region | None:
    opening = _OPENING.match(text)
    if opening is None:
        return None
    start = opening.end()
    # A line of a block scalar is indented, so the first line of dashes alone closes; as every reader has it.
    closing = _CLOSING.search(text, start)
    if closing is None:
        raise ParseError("the frontmatter that begins here is never closed", 1, 1)
    return _Region(head=text[:start], region=text[start : closing.start()], tail=text[closing.start() :])


def _own(text: str) -> _Region | None:
    found = _split(text)
    if found is None and _FOREIGN.match(text):
        raise EditError("the text begins with metadata that is not YAML between two lines of dashes")
    return found


def _region(text: str) -> str:
    found = _own(text)
    return found.region if found else ""


def _with(text: str, change: Callable[[str], str]) -> str:
    found = _own(text)
    if found is None:
        mark = BOM if text.startswith(BOM) else ""
        newline = newline_of(text)
        region = _in_whole(lambda: change("")).replace("\n", newline)
        return f"{mark}---{newline}{region}---{newline}{text.removeprefix(BOM)}" if region else text
    region = _in_whole(lambda: change(found.region))
    # An empty region shows no line end of its own.
    region = region if found.region else region.replace("\n", newline_of(found.head))
    return found.head + region + found.tail


def _in_whole(work: Callable[[], _Result]) -> _Result:
    """Do work on the region, its errors told in lines of the whole file."""
    try:
        return work()
    except ParseError as problem:
        raise ParseError(problem.reason, problem.line + 1, problem.column) from None
