"""Set one key of a YAML text, or take it out, by splicing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.brackets import Splice, line_start, spliced, with_member, without_member
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.values import same
from vgxness.setup.formats.yaml.layout import (
    brackets_of,
    colon_after,
    is_json,
    line_splice,
    value_splices,
    without_lines,
)
from vgxness.setup.formats.yaml.nodes import Document, Node, parse
from vgxness.setup.formats.yaml.read import pair_of, value_of
from vgxness.setup.formats.yaml.render import column, flow, key_text, pair, style_of

Pair: TypeAlias = tuple[Node, Node]


def put(text: str, path: Sequence[str], value: JsonValue) -> str:
    """Return the text with a value at a path; mappings are merged key by key.

    Raises:
        ParseError: the text is not YAML.
        EditError: something on the way is not a mapping, or is shared.
    """
    document = parse(text)
    node, holder, owner = document.root, None, None
    if node is None or node.is_empty:
        return _started(document, path, value)
    for depth, key in enumerate(path):
        if node.is_empty and holder and owner:
            return spliced(text, changed(document, holder, owner, nested(path[depth:], value)))
        if node.kind != "mapping":
            raise EditError("something on the way is not a mapping")
        found = pair_of(node, key)
        if found is None:
            new = nested(path[depth + 1 :], value)
            return spliced(text, _added(document, node, key, new))
        holder, owner, node = node, found, found[1]
    if holder is None or owner is None:
        raise EditError("an edit needs at least one key")
    return _replaced(document, holder, owner, path, value)


def nested(keys: Sequence[str], value: JsonValue) -> JsonValue:
    """Return a value wrapped in one mapping for each key."""
    for key in reversed(keys):
        value = {key: value}
    return value


def _started(document: Document, path: Sequence[str], value: JsonValue) -> str:
    """Begin the mapping of a text that has none yet, after whatever comments it has."""
    if document.is_closed:
        raise EditError("the document is marked as ended")
    text, style = document.text, style_of(document, None)
    lead = style.newline if text.strip("\ufeff") and not text.endswith("\n") else ""
    lines = pair(path[0], nested(path[1:], value), style)
    return text + lead + style.newline.join(lines) + style.newline


def _replaced(document: Document, holder: Node, owner: Pair, path: Sequence[str], value: JsonValue) -> str:
    text, node = document.text, owner[1]
    standing = value_of(node)
    if same(standing, value):
        return text
    if node.kind == "alias":
        raise EditError("an alias stands at the path, and what it stands for is shared")
    if isinstance(standing, Mapping) and isinstance(value, Mapping) and standing and value:
        for key, item in value.items():
            text = put(text, (*path, key), item)
        for key in standing:
            if key not in value:
                text = take_out(text, (*path, key))
        return text
    return spliced(text, changed(document, holder, owner, value))


def changed(document: Document, holder: Node, owner: Pair, value: JsonValue) -> list[Splice]:
    """Return the splices that give a key another value."""
    key, node = owner
    if not holder.is_flow:
        after = colon_after(document.text, key)
        style = style_of(document, holder)
        indent = column(document.text, key.start)
        return value_splices(document, after, node, value=value, indent=indent, style=style)
    new = flow(value, as_json=is_json(document.text, holder))
    if node.is_empty:
        after = colon_after(document.text, key)
        return [(after, after, f" {new}")]
    return [(node.start, node.end, new)]


def _added(document: Document, mapping: Node, key: str, value: JsonValue) -> list[Splice]:
    if mapping.is_flow:
        as_json = is_json(document.text, mapping)
        new = f"{key_text(key, as_json=as_json)}: {flow(value, as_json=as_json)}"
        return with_member(brackets_of(document, mapping), new)
    text, style = document.text, style_of(document, mapping)
    indent = _key_column(text, mapping.pairs[0][0])
    end = mapping.pairs[-1][1].end
    return [line_splice(text, end, pair(key, value, style), indent, style)]


def _key_column(text: str, key: Node) -> int:
    """Return the column where a key of a block begins, the question mark before it included."""
    start = line_start(text, key.start)
    lead = text[start : key.start]
    return column(text, start + lead.index("?") if lead.strip() == "?" else key.start)


def take_out(text: str, path: Sequence[str]) -> str:
    """Return the text without a key; the same text where there is none.

    Raises:
        EditError: something on the way is shared, or not in a place of its own.
    """
    document = parse(text)
    node = document.root
    for key in path[:-1]:
        found = pair_of(node, key)
        node = found[1] if found else None
    found = pair_of(node, path[-1])
    if node is None or found is None:
        return text
    if node.is_flow:
        return spliced(text, without_member(brackets_of(document, node), node.pairs.index(found)))
    return spliced(text, [without_lines(text, found[0].start, found[1].end)])
