"""Take an edit back out of a text that may have been edited since."""

from __future__ import annotations

from collections.abc import Sequence

from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.jsonc.document import Document, Node, parse
from vgxness.setup.formats.jsonc.edit import remove_key
from vgxness.setup.formats.jsonc.read import ambiguous, members_of
from vgxness.setup.formats.jsonc.rows import rows_of, spliced
from vgxness.setup.formats.jsonc.style import starts_line


def undo_key(text: str, before: str, path: Sequence[str], *, strict: bool = False) -> str:
    """Return the text with one key as it stood in `before`: its old spelling, or gone.

    Objects that were made for the key and hold nothing else go too; what else changed since stays. Where
    nothing else changed the answer is `before` itself.

    Raises:
        ParseError: either text does not parse.
        EditError: a key on the way stands there twice.
    """
    now, then = parse(text, strict=strict, along=path), parse(before, strict=strict, along=path)
    old = node_at(then, path)
    if old is not None:
        node = node_at(now, path)
        return text if node is None else spliced(text, [(node.start, node.end, before[old.start : old.end])])
    if node_at(now, path) is None:
        return text
    text = remove_key(text, path, strict=strict)
    for depth in range(len(path) - 1, -1, -1):
        now = parse(text, strict=strict, along=path)
        node = node_at(now, path[:depth])
        if node is None or node.kind != "object":
            return text
        was = node_at(then, path[:depth])
        if node.members or was is not None:
            return _settled(now, node, before[was.start : was.end] if was else "{}")
        if text[node.start + 1 : node.end - 1].strip():
            return text
        text = remove_key(text, path[:depth], strict=strict) if depth else _without_root(now, before)
    return text


def node_at(document: Document, path: Sequence[str]) -> Node | None:
    """Return the value's node at a path of keys, or None.

    Raises:
        EditError: a key on the way stands there twice.
    """
    node = document.root
    for key in path:
        found = members_of(node, key)
        if len(found) > 1:
            raise EditError(ambiguous(key))
        node = found[0].value if found else None
    return node


def _settled(document: Document, node: Node, was: str) -> str:
    """Give an object that held nothing before the white space back that it held."""
    text, rows = document.text, rows_of(document, node)
    if not rows:
        now = text[node.start : node.end]
        return spliced(text, [(node.start, node.end, was)]) if _alike(now, was) else text
    # Somebody wrote on the line of the first brace; the last one was moved down by us.
    start, end = max(rows[-1].end, rows[-1].comma + 1), node.end - 1
    is_moved = not text[start:end].strip() and starts_line(text, end) and not starts_line(text, rows[0].start)
    if was[1:-1].strip(" \t") or not is_moved:
        return text
    return spliced(text, [(start, end, was[1:-1])])


def _alike(left: str, right: str) -> bool:
    return "".join(left.split()) == "".join(right.split())


def _without_root(document: Document, before: str) -> str:
    root = document.root
    if root is None:
        return document.text
    rest = document.text[: root.start] + document.text[root.end :]
    return before if _alike(rest, before) else document.text
