"""Change one item of a list by splicing its document's text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.jsonc.document import Document, Node, parse
from vgxness.setup.formats.jsonc.edit import remove_key, set_key, stays_on_one_line
from vgxness.setup.formats.jsonc.read import same, value_of
from vgxness.setup.formats.jsonc.rows import Splice, below, beside, last_comment, removal, rows_of, spliced
from vgxness.setup.formats.jsonc.style import indentation, render, starts_line, style_of
from vgxness.setup.formats.jsonc.undo import node_at

_HOLLOW: Final = re.compile(r"\ufeff?[ \t\r\n]*(?:\{[ \t\r\n]*\}[ \t\r\n]*)?")


def insert_item(text: str, path: Sequence[str], value: JsonValue, *, strict: bool = False) -> str:
    """Return the text with an item more at the end of the list at a path of keys; a missing list is made.

    `remove_item` of that item gives the text back byte for byte, and where the list was made, `undo_key`.

    Raises:
        ParseError: the text is not JSON with comments (or, where strict, not JSON).
        EditError: something on the way is not an object or stands there twice, or no list is there.
    """
    document = parse(text, strict=strict, along=path)
    node = _list_at(document, path)
    if node is None:
        return set_key(text, path, [value], strict=strict)
    style = style_of(document)
    if not node.items:
        return spliced(text, _first(document, node, value))
    last = rows_of(document, node)[-1]
    indent = indentation(text, last.start)
    inline = "\n" not in text[last.start : last.end] and "\r" not in text[last.start : last.end]
    if starts_line(text, last.start):
        return spliced(text, below(document, last, render(value, style, indent, inline=False), style))
    return spliced(text, beside(last, render(value, style, indent, inline=inline), style))


def replace_item(
    text: str, path: Sequence[str], index: int, value: JsonValue, *, strict: bool = False
) -> str:
    """Return the text with another value in an item's place; the same text where it stands there already.

    Objects are merged member by member, and lists of equal length in them item by item, so comments
    and key order inside them stay.

    Raises:
        ParseError: the text is not JSON with comments (or, where strict, not JSON).
        EditError: there is no such item, or a key on the way or in the item stands there twice.
    """
    document = parse(text, strict=strict, along=path)
    item = _item_at(document, path, index)
    standing = value_of(document, item)
    if same(standing, value):
        return text
    lead = indentation(text, item.start)
    old = text[item.start : item.end]
    if standing and isinstance(standing, Mapping) and isinstance(value, Mapping):
        # As a document of its own, at the indentation it has here.
        return spliced(
            text, [(item.start, item.end, _merged(lead + old, standing, value, strict=strict)[len(lead) :])]
        )
    inline = not starts_line(text, item.start) and "\n" not in old and "\r" not in old
    return spliced(text, [(item.start, item.end, render(value, style_of(document), lead, inline=inline))])


def remove_item(text: str, path: Sequence[str], index: int, *, strict: bool = False) -> str:
    """Return the text without one item; comments around it stay, and the list, empty if need be.

    Raises:
        ParseError: the text is not JSON with comments (or, where strict, not JSON).
        EditError: there is no such item, or a key on the way stands there twice.
    """
    document = parse(text, strict=strict, along=path)
    item = _item_at(document, path, index)
    node = node_at(document, path) or item
    rows = rows_of(document, node)
    row = rows[index]
    if len(rows) == 1 and (emptied := _emptied(document, node)) is not None:
        return spliced(text, emptied)
    if index == 0 and row.comma == row.end and len(rows) > 1:
        following = rows[1].start
        if not text[row.comma + 1 : following].strip(" \t"):
            return spliced(text, [(row.start, following, "")])
    return spliced(text, removal(document, node, rows, index))


def is_hollow(text: str) -> bool:
    """Tell whether nothing is left in a text: no key and no comment."""
    return _HOLLOW.fullmatch(text) is not None


def _list_at(document: Document, path: Sequence[str]) -> Node | None:
    node = node_at(document, path)
    if node is not None and node.kind != "array":
        name = f'"{".".join(path)}"' if path else "The document"
        raise EditError(f"{name} is not a list, so it can hold no item")
    if not path:
        raise EditError("an edit needs at least one key")
    return node


def _item_at(document: Document, path: Sequence[str], index: int) -> Node:
    node = _list_at(document, path)
    if node is None or not 0 <= index < len(node.items):
        raise EditError(f'"{".".join(path)}" has no item {index}')
    return node.items[index]


def _first(document: Document, node: Node, value: JsonValue) -> list[Splice]:
    """Place the first item so that `_emptied` finds again what white space was there alone."""
    text, style = document.text, style_of(document)
    inner = text[node.start + 1 : node.end - 1]
    has_lines = "\n" in inner or "\r" in inner
    outer = indentation(text, node.start)
    inline = render(value, style, outer, inline=True)
    if comment := last_comment(text, node.start + 1, node.end - 1):
        if not starts_line(text, node.end - 1):
            return [(comment.end(), comment.end(), " " + inline)]
        indent = outer + style.unit
        new = style.newline + indent + render(value, style, indent, inline=False)
        return [(comment.end(), comment.end(), new)]
    if has_lines:
        return [(node.end - 1, node.end - 1, render(value, style, outer, inline=False))]
    if inner or stays_on_one_line(document, node) or not _is_full(value):
        return [(node.end - 1, node.end - 1, inline + inner)]
    row = style.newline + outer + style.unit + render(value, style, outer + style.unit, inline=False)
    return [(node.end - 1, node.end - 1, row + style.newline + outer)]


def _is_full(value: JsonValue) -> bool:
    return bool(value) and isinstance(value, Mapping | list | tuple)


def _emptied(document: Document, node: Node) -> list[Splice] | None:
    """Return the splice that leaves a list without comments empty, or None where it has some."""
    text, row = document.text, rows_of(document, node)[0]
    end = row.comma + 1 if row.comma >= 0 else row.end
    before, after = text[node.start + 1 : row.start], text[end : node.end - 1]
    if (before + text[row.end : end].rstrip(",") + after).strip(" \t\r\n"):
        return None
    shares_its_line = before == after and "\n" not in before and "\r" not in before
    left = before if not after or shares_its_line else ""
    return [(node.start + 1, node.end - 1, left)]


def _merged(
    text: str, standing: Mapping[str, JsonValue], wanted: Mapping[str, JsonValue], *, strict: bool
) -> str:
    for key in standing:
        if key not in wanted:
            text = remove_key(text, (key,), strict=strict)
    for key, value in wanted.items():
        text = _put(text, (key,), standing.get(key), value, strict=strict)
    return text


def _put(text: str, path: tuple[str, ...], standing: JsonValue, value: JsonValue, *, strict: bool) -> str:
    if isinstance(standing, Mapping) and isinstance(value, Mapping) and standing.keys() == value.keys():
        for key, inner in value.items():
            text = _put(text, (*path, key), standing[key], inner, strict=strict)
        return text
    if _is_list(standing) and _is_list(value) and len(standing) == len(value):
        for index, item in enumerate(value):
            text = replace_item(text, path, index, item, strict=strict)
        return text
    return set_key(text, path, value, strict=strict)


def _is_list(value: JsonValue) -> TypeGuard[Sequence[JsonValue]]:
    return isinstance(value, list | tuple)
