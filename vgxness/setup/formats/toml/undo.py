"""Take an edit back out of a TOML text that may have been edited since."""

from __future__ import annotations

from typing import cast

from vgxness.setup.formats.brackets import spliced
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.inverse import ways_back
from vgxness.setup.formats.toml.document import Document, Path, Section, parse
from vgxness.setup.formats.toml.edit import has, put, take_out
from vgxness.setup.formats.toml.places import Table, Value, locate
from vgxness.setup.formats.toml.read import differ_only_at, identical, raw_at, value_at
from vgxness.setup.formats.toml.splice import without_section
from vgxness.setup.formats.values import MISSING


def undo(text: str, before: str, path: Path) -> str:
    """Return the text with one key as it stood in `before`.

    Raises:
        ParseError: either text is not TOML.
        EditError: something on the way is not a table.
    """
    now, then = parse(text), parse(before)
    locate(now, path)
    if raw_at(now.data, path) is MISSING:
        return text
    undone = _cut(now, then, path)
    if undone is None:
        undone = _restore(text, then, path)
        undone = undone if has(then, path) else _without_empty_parents(undone, then, path)
    return before if not undone.strip("\ufeff \t\r\n") and not before.strip("\ufeff \t\r\n") else undone


def _cut(now: Document, then: Document, path: Path) -> str | None:
    """Return the text less what setting the key had changed, if that still stands there by the letter."""
    try:
        value = value_at(now.data, path)
        after = None if value is MISSING else put(then.text, path, value)
    except EditError:
        return None
    ways = () if after is None else ways_back(now.text, then.text, after)
    return next((text for text in ways if text == then.text or _is_undone(text, now, then, path)), None)


def _is_undone(text: str, now: Document, then: Document, path: Path) -> bool:
    """Tell whether a text says at a path what stood there then, and elsewhere what stands there now."""
    try:
        left = parse(text).data
    except ValueError:
        return False
    return differ_only_at(now.data, left, path) and identical(raw_at(left, path), raw_at(then.data, path))


def _restore(text: str, then: Document, path: Path) -> str:
    now = parse(text)
    here, there = locate(now, path), locate(then, path)
    if there is None:
        return take_out(text, path)
    if identical(raw_at(now.data, path), raw_at(then.data, path)):
        return text
    if isinstance(there, Value) and isinstance(here, Value):
        node, old = here.member.value, there.member.value
        return spliced(text, [(node.start, node.end, then.text[old.start : old.end])])
    is_table = isinstance(raw_at(now.data, path), dict)
    if not isinstance(there, Table) or not is_table:
        old_value = value_at(then.data, path)
        return text if old_value is MISSING else put(text, path, old_value)
    return _restore_keys(text, now, then, path)


def _restore_keys(text: str, now: Document, then: Document, path: Path) -> str:
    old = cast("dict[str, object]", raw_at(then.data, path))
    for key in cast("dict[str, object]", raw_at(now.data, path)):
        text = _restore(text, then, (*path, key))
    for key in old:
        if not has(parse(text), (*path, key)):
            value = value_at(then.data, (*path, key))
            text = text if value is MISSING else put(text, (*path, key), value)
    return text


def _without_empty_parents(text: str, then: Document, path: Path) -> str:
    """Take out what was made for a key: tables that hold nothing now, or a header that a table got for it."""
    for depth in range(len(path) - 1, 0, -1):
        parent = path[:depth]
        now = parse(text)
        place, was = locate(now, parent), locate(then, parent)
        header = place.header if isinstance(place, Table) else None
        if was is not None:
            is_new = isinstance(was, Table) and was.header is None and _stays_without(now, parent, header)
            if header is None or not is_new or header.entries or _holds_comment(now, header):
                return text
            return spliced(text, without_section(now, header))
        if raw_at(now.data, parent) not in ({}, MISSING):
            return text
        if header is not None and _holds_comment(now, header):
            return text
        text = take_out(text, parent)
    return text


def _stays_without(document: Document, path: Path, header: Section | None) -> bool:
    """Tell whether a table stays where its header goes, made by what lies below it."""
    place = locate(document, path)
    return isinstance(place, Table) and (
        place.dotted != [] or any(one is not header for one in place.sections)
    )


def _holds_comment(document: Document, section: Section) -> bool:
    """Tell whether a comment stands in a section that has no keys, and not right above the next header."""
    following = next(
        (one.start for one in document.sections if one.start > section.start), len(document.text)
    )
    lines = document.text[section.end : following].split("\n")
    if following < len(document.text):
        while lines and not lines[-1].strip():
            lines.pop()
        while len(lines) > 1 and lines[-1].lstrip().startswith("#"):
            lines.pop()
    return any("#" in line for line in lines)
