"""Change one key of a document by splicing its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.jsonc.document import Document, Member, Node, parse
from vgxness.setup.formats.jsonc.read import ambiguous, members_of, same, value_of
from vgxness.setup.formats.jsonc.rows import Row, Splice, below, beside, removal, rows_of, spliced
from vgxness.setup.formats.jsonc.style import Style, indentation, quote, render, starts_line, style_of


def set_key(text: str, path: Sequence[str], value: JsonValue, *, strict: bool = False) -> str:
    """Return the text with a value at a path of keys; the same text where it stands there already.

    Objects are merged member by member, so comments and key order inside them stay.

    Raises:
        ParseError: the text is not JSON with comments (or, where strict, not JSON).
        EditError: something on the way is not an object, or stands there twice.
    """
    document = parse(text, strict=strict, along=path)
    if document.root is None:
        return _start(document, path, value)
    node = document.root
    for depth, key in enumerate(path):
        if node.kind != "object":
            raise EditError(_not_an_object(path[:depth]))
        found = members_of(node, key)
        if not found:
            new = nested(path[depth + 1 :], value)
            return spliced(text, _insertion(document, node, key, new))
        if depth == len(path) - 1:
            return _put(document, found, path, value)
        if len(found) > 1:
            raise EditError(ambiguous(key))
        node = found[0].value
    raise EditError("an edit needs at least one key")


def remove_key(text: str, path: Sequence[str], *, strict: bool = False) -> str:
    """Return the text without the key at a path; the same text where there is none.

    Comments around the key stay.

    Raises:
        ParseError: the text is not JSON with comments (or, where strict, not JSON).
        EditError: a key on the way stands there twice.
    """
    document = parse(text, strict=strict, along=path)
    node = document.root
    for depth, key in enumerate(path):
        found = members_of(node, key)
        if not found or node is None:
            return text
        if len(found) > 1:
            raise EditError(ambiguous(key))
        if depth == len(path) - 1:
            return spliced(text, _removal(document, node, node.members.index(found[0])))
        node = found[0].value
    return text


def nested(keys: Sequence[str], value: JsonValue) -> JsonValue:
    """Return the value inside one object for each key."""
    for key in reversed(keys):
        value = {key: value}
    return value


def _not_an_object(path: Sequence[str]) -> str:
    name = f'"{".".join(path)}"' if path else "The document"
    return f"{name} is not an object, so no key can be set in it"


def _start(document: Document, path: Sequence[str], value: JsonValue) -> str:
    text, style = document.text, style_of(document)
    lead = style.newline if text.strip("\ufeff") and not text.endswith(("\n", "\r")) else ""
    return text + lead + render(nested(path, value), style, "", inline=False) + style.newline


def _put(document: Document, found: list[Member], path: Sequence[str], value: JsonValue) -> str:
    standing = [value_of(document, member.value) for member in found]
    if all(same(one, value) for one in standing):
        return document.text
    if len(found) > 1:
        raise EditError(ambiguous(path[-1]))
    if isinstance(standing[0], Mapping) and isinstance(value, Mapping):
        return _merge(document, path, standing[0], value)
    node, style = found[0].value, style_of(document)
    indent = indentation(document.text, node.start)
    inline = not starts_line(document.text, found[0].start)
    return spliced(document.text, [(node.start, node.end, render(value, style, indent, inline=inline))])


def _merge(
    document: Document,
    path: Sequence[str],
    standing: Mapping[str, JsonValue],
    wanted: Mapping[str, JsonValue],
) -> str:
    text = document.text
    for key in standing.keys() - wanted.keys():
        text = remove_key(text, (*path, key), strict=document.strict)
    for key, value in wanted.items():
        text = set_key(text, (*path, key), value, strict=document.strict)
    return text


def _insertion(document: Document, node: Node, key: str, value: JsonValue) -> list[Splice]:
    style = style_of(document)
    if not node.members:
        return [_first_member(document, node, style, key, value)]
    text, last = document.text, rows_of(document, node)[-1]
    if not starts_line(text, last.start):
        return beside(last, _member(key, value, style, "", inline=True), style)
    indent = indentation(text, last.start)
    return below(document, last, _member(key, value, style, indent, inline=False), style)


def _first_member(document: Document, node: Node, style: Style, key: str, value: JsonValue) -> Splice:
    text = document.text
    inner = text[node.start + 1 : node.end - 1]
    at = node.start + 1 + len(inner.rstrip(" \t\r\n"))
    rest = text[at : node.end - 1]
    if stays_on_one_line(document, node):
        pad = " " if rest else ""
        return at, at, pad + _member(key, value, style, "", inline=True)
    outer = indentation(text, node.start)
    indent = outer + style.unit
    new = style.newline + indent + _member(key, value, style, indent, inline=False)
    close = "" if starts_line(text, node.end - 1) else style.newline + outer
    return at, at, new + close


def stays_on_one_line(document: Document, node: Node) -> bool:
    """Tell whether a document, of which a container is only a part, has no line end in it."""
    root, text = document.root, document.text
    if root is None or root is node:
        return False
    return not any(char in text[root.start : root.end] for char in "\r\n")


def _member(key: str, value: JsonValue, style: Style, indent: str, *, inline: bool) -> str:
    return quote(key) + style.colon + render(value, style, indent, inline=inline)


def _removal(document: Document, node: Node, index: int) -> list[Splice]:
    rows = rows_of(document, node)
    if len(rows) == 1 and not document.text[node.start + 1 : rows[0].start].strip(" \t\r\n"):
        return _emptied(document, node, rows[0])
    return removal(document, node, rows, index)


def _emptied(document: Document, node: Node, row: Row) -> list[Splice]:
    end = row.comma + 1 if row.comma >= 0 else row.end
    between = document.text[row.end : end].strip(" \t\r\n,")
    after = document.text[end : node.end - 1].strip(" \t\r\n")
    if between or after:
        splices: list[Splice] = [(node.start + 1, row.end, "")]
        return splices + ([(row.comma, row.comma + 1, "")] if row.comma >= 0 else [])
    return [(node.start + 1, node.end - 1, "")]
