"""Set one key of a TOML text, or take it out, by splicing."""

from __future__ import annotations

from collections.abc import Mapping

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.brackets import Splice, spliced, with_member, without_member
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.toml import splice
from vgxness.setup.formats.toml.document import Document, Path, parse
from vgxness.setup.formats.toml.places import Dotted, Holder, Place, Section, Table, Tables, Value, locate
from vgxness.setup.formats.toml.read import raw_at, value_at
from vgxness.setup.formats.toml.render import dotted, quote, render, render_table
from vgxness.setup.formats.values import MISSING, same


def put(text: str, path: Path, value: JsonValue) -> str:
    """Return the text with a value at a path; tables are merged key by key.

    Raises:
        ParseError: the text is not TOML.
        EditError: something on the way is not a table.
    """
    document = parse(text)
    place = locate(document, path)
    if place is None:
        return _insert(document, path, value)
    standing = value_at(document.data, path)
    if standing is not MISSING and same(standing, value):
        return text
    if isinstance(standing, Mapping) and isinstance(value, Mapping):
        return _merge(text, path, standing, value)
    if not isinstance(place, Value):
        return put(take_out(text, path), path, value)
    node = place.member.value
    newline = document.newline if isinstance(place.holder, Section) else ""
    return spliced(text, [(node.start, node.end, render(value, newline))])


def _merge(text: str, path: Path, standing: Mapping[str, JsonValue], wanted: Mapping[str, JsonValue]) -> str:
    for key in standing:
        if key not in wanted:
            text = take_out(text, (*path, key))
    for key, item in wanted.items():
        text = put(text, (*path, key), item)
    # A table that only its keys made is gone with them.
    return text if wanted or has(parse(text), path) else put(text, path, wanted)


def take_out(text: str, path: Path) -> str:
    """Return the text without what stands at a path, comments kept; the same text where nothing does."""
    while isinstance(place := locate(document := parse(text), path), Table) and place.dotted:
        lines = [one for one in place.dotted if isinstance(one.holder, Section)] or place.dotted[-1:]
        splices = [part for one in lines for part in _without(document, Value(one.holder, one.member))]
        text = spliced(text, splices)
    if isinstance(place, Value):
        return spliced(text, _without(document, place))
    parts = [part for item in place.items for part in item] if isinstance(place, Tables) else []
    parts = place.sections if isinstance(place, Table) else parts
    return spliced(text, [one for part in parts for one in splice.without_section(document, part)])


def _without(document: Document, value: Value) -> list[Splice]:
    if isinstance(value.holder, Section):
        return splice.without_line(document, value.member)
    index = value.holder.members.index(value.member)
    return without_member(splice.brackets_of(document, value.holder), index)


def _insert(document: Document, path: Path, value: JsonValue) -> str:
    for depth in range(len(path) - 1, -1, -1):
        place = locate(document, path[:depth])
        if place is not None or depth == 0:
            return _below(document, place or Table(), depth, path, value)
    raise EditError("an edit needs at least one key")


def _below(document: Document, place: Place, depth: int, path: Path, value: JsonValue) -> str:
    """Add a key to the table that stands at its path's first keys."""
    if isinstance(place, Value):
        keys = path[depth:]
        return spliced(document.text, _member(document, place.member.value, keys, value))
    if isinstance(place, Tables):
        raise EditError(f'"{quote(path[depth - 1])}" is a list of tables')
    if depth and place.header is None and place.dotted:
        return spliced(document.text, _beside(document, place.dotted[-1], path, value))
    if isinstance(value, Mapping):
        return _section(document, path, value)
    if len(path) - depth > 1 or (depth and place.header is None):
        return _section(document, path[:-1], {path[-1]: value})
    return spliced(document.text, [_line(document, place.header, path[-1], value)])


def _section(document: Document, keys: Path, table: Mapping[str, JsonValue]) -> str:
    return splice.appended(document, render_table(keys, table, document.newline))


def _member(document: Document, node: Holder, keys: Path, value: JsonValue) -> list[Splice]:
    equals = splice.equals_of(document, node.entries if isinstance(node, Section) else node.members)
    if isinstance(node, Section):
        line = dotted(keys) + equals + render(value, document.newline)
        return [splice.line_after(document, node.entries[-1].value.end, line)]
    for key in reversed(keys[1:]):
        value = {key: value}
    return with_member(splice.brackets_of(document, node), dotted(keys[:1]) + equals + render(value))


def _beside(document: Document, sibling: Dotted, path: Path, value: JsonValue) -> list[Splice]:
    """Add a dotted key after another: a table that dotted keys make can't have a header."""
    keys = path[len(sibling.base) :]
    equals = splice.equals_of(document, [sibling.member])
    if isinstance(sibling.holder, Section):
        line = dotted(keys) + equals + render(value, document.newline)
        return [splice.line_after(document, sibling.member.value.end, line)]
    return with_member(splice.brackets_of(document, sibling.holder), dotted(keys) + equals + render(value))


def _line(document: Document, section: Section | None, key: str, value: JsonValue) -> Splice:
    section = section or document.sections[0]
    equals = splice.equals_of(document, section.entries)
    line = dotted((key,)) + equals + render(value, document.newline)
    if section.entries:
        return splice.line_after(document, section.entries[-1].value.end, line)
    if section is document.sections[0]:
        return splice.first_line(document, line)
    return splice.line_after(document, section.end, line)


def has(document: Document, path: Path) -> bool:
    """Tell whether anything stands at a path."""
    return raw_at(document.data, path) is not MISSING
