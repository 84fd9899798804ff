"""Items of a sequence, in block or in flow style."""

from __future__ import annotations

from collections.abc import Sequence

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.brackets import spliced, with_member, without_member
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.values import same
from vgxness.setup.formats.yaml.edit import changed, put
from vgxness.setup.formats.yaml.layout import (
    brackets_of,
    dash_column,
    dashes_of,
    is_json,
    item_end,
    line_splice,
    lines_below,
    without_lines,
)
from vgxness.setup.formats.yaml.nodes import Document, Node, parse
from vgxness.setup.formats.yaml.read import node_at, pair_of, value_of
from vgxness.setup.formats.yaml.render import dashed, flow, style_of


def insert(text: str, path: Sequence[str], value: JsonValue) -> str:
    """Return the text with an item more at a list's end; a missing list is made."""
    document = parse(text)
    node = node_at(document, path)
    if node is None or node.is_empty:
        return put(text, path, [value])
    _check_list(node)
    if node.is_flow:
        new = flow(value, as_json=is_json(text, node))
        return spliced(text, with_member(brackets_of(document, node), new))
    dashes, style = dashes_of(text, node), style_of(document, node)
    end, indent = item_end(dashes[-1], node.items[-1]), dash_column(text, dashes[0])
    return spliced(text, [line_splice(text, end, dashed(value, style), indent, style)])


def replace(text: str, path: Sequence[str], index: int, value: JsonValue) -> str:
    """Return the text with another value in an item's place."""
    document = parse(text)
    node = _list_at(document, path, index)
    item = node.items[index]
    if item.kind != "alias" and same(value_of(item), value):
        return text
    if node.is_flow:
        slot = brackets_of(document, node).slots[index]
        return spliced(text, [(slot.start, slot.end, flow(value, as_json=is_json(text, node)))])
    dash, style = dashes_of(text, node)[index], style_of(document, node)
    first, *rest = dashed(value, style)
    new = first + lines_below(rest, dash_column(text, dash), style)
    return spliced(text, [(dash, item_end(dash, item), new)])


def remove(text: str, path: Sequence[str], index: int) -> str:
    """Return the text without one item; a list that becomes empty stays, empty."""
    document = parse(text)
    node = _list_at(document, path, index)
    if node.is_flow:
        return spliced(text, without_member(brackets_of(document, node), index))
    if len(node.items) == 1:
        holder = node_at(document, path[:-1])
        owner = pair_of(holder, path[-1])
        if holder is None or owner is None:
            raise EditError("there is no list at the path")
        return spliced(text, changed(document, holder, owner, []))
    dash = dashes_of(text, node)[index]
    return spliced(text, [without_lines(text, dash, item_end(dash, node.items[index]))])


def _list_at(document: Document, path: Sequence[str], index: int) -> Node:
    node = node_at(document, path)
    if node is None:
        raise EditError("there is no list at the path")
    _check_list(node)
    if not 0 <= index < len(node.items):
        raise EditError("the list has no such item")
    return node


def _check_list(node: Node) -> None:
    if node.kind != "sequence":
        raise EditError("what stands at the path is no list, or is shared")
