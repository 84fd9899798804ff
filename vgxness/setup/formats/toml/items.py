"""Items of a list, be it an array or an array of tables."""

from __future__ import annotations

from collections.abc import Mapping

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.brackets import next_line, spliced, with_member, without_member
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.toml import splice
from vgxness.setup.formats.toml.document import Node, Path, Section, parse
from vgxness.setup.formats.toml.edit import put
from vgxness.setup.formats.toml.places import Tables, Value, locate
from vgxness.setup.formats.toml.render import render, render_table


def insert(text: str, path: Path, value: JsonValue) -> str:
    """Return the text with an item more at a list's end; a missing list is made.

    Raises:
        EditError: what stands there is no list, or a list of tables that the value does not fit in.
    """
    document = parse(text)
    place = locate(document, path)
    if place is None:
        return put(text, path, [value])
    if isinstance(place, Tables):
        section = render_table(path, _table(value), document.newline, "[[]]")
        end = next_line(text, _end(place.items[-1]))
        if end == len(text):
            return splice.appended(document, section)
        return spliced(text, [(end, end, document.newline + section)])
    return spliced(text, with_member(splice.brackets_of(document, _array(place)), render(value)))


def replace(text: str, path: Path, index: int, value: JsonValue) -> str:
    """Return the text with another value in an item's place; the same text where it is that already."""
    document = parse(text)
    place = locate(document, path)
    if isinstance(place, Tables):
        _check(index, len(place.items))
        item = place.items[index]
        section = render_table(path, _table(value), document.newline, "[[]]")
        end = next_line(text, _end(item))
        if end == len(text) and not text.endswith("\n"):
            section = section.removesuffix(document.newline)
        return spliced(text, [(item[0].start, end, section)])
    array = _array(place)
    _check(index, len(array.members))
    node = array.members[index].value
    return spliced(text, [(node.start, node.end, render(value))])


def remove(text: str, path: Path, index: int) -> str:
    """Return the text without one item; a list that becomes empty stays, empty."""
    document = parse(text)
    place = locate(document, path)
    if isinstance(place, Tables):
        _check(index, len(place.items))
        parts = place.items[index]
        text = spliced(text, [one for part in parts for one in splice.without_section(document, part)])
        return put(text, path, []) if len(place.items) == 1 else text
    array = _array(place)
    _check(index, len(array.members))
    return spliced(text, without_member(splice.brackets_of(document, array), index))


def _array(place: object) -> Node:
    if isinstance(place, Value) and place.member.value.kind == "array":
        return place.member.value
    raise EditError("there is no list at the path")


def _table(value: JsonValue) -> Mapping[str, JsonValue]:
    if isinstance(value, Mapping):
        return value
    raise EditError("the list holds tables, and the item is none")


def _check(index: int, count: int) -> None:
    if not 0 <= index < count:
        raise EditError("the list has no such item")


def _end(item: list[Section]) -> int:
    last = item[-1]
    return last.entries[-1].value.end if last.entries else last.end
