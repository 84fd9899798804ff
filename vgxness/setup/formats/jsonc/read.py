"""Values of a parsed document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.jsonc.document import Document, Member, Node, decode_string, parse
from vgxness.setup.formats.values import MISSING, Missing, same

_MAX_DEPTH: Final = 64


def get(document: Document, path: Sequence[str]) -> JsonValue | Missing:
    """Return the value at a path of keys; of equal duplicates the one value, `MISSING` where there is none.

    Raises:
        EditError: a key on the way stands there twice with different values, or the value is
            nested deeper than 64 levels.
    """
    node = document.root
    for index, key in enumerate(path):
        found = members_of(node, key)
        if not found:
            return MISSING
        if len(found) > 1 and index < len(path) - 1:
            raise EditError(ambiguous(key))
        if any(not same(value_of(document, found[0].value), value_of(document, m.value)) for m in found[1:]):
            raise EditError(ambiguous(key))
        node = found[-1].value
    return MISSING if node is None else value_of(document, node)


def members_of(node: Node | None, key: str) -> list[Member]:
    """Return the members of an object that bear a key: none, one, or its duplicates."""
    if node is None or node.kind != "object":
        return []
    return [member for member in node.members if member.key == key]


def ambiguous(key: str) -> str:
    """Return the sentence for a key that stands there twice."""
    return f'The key "{key}" stands there more than once, and programs differ on which one counts'


def value_of(document: Document, node: Node, depth: int = 0) -> JsonValue:
    """Return what a node says; of duplicate keys inside it the last one counts.

    Raises:
        EditError: it is nested deeper than 64 levels.
    """
    if depth > _MAX_DEPTH:
        raise EditError(f"the value is nested deeper than {_MAX_DEPTH} levels")
    if not node.is_read:
        document = parse(document.text[node.start : node.end], strict=document.strict)
        node = document.root or node
    if node.kind == "object":
        return {member.key: value_of(document, member.value, depth + 1) for member in node.members}
    if node.kind == "array":
        return [value_of(document, item, depth + 1) for item in node.items]
    raw = document.text[node.start : node.end]
    if raw.startswith('"'):
        return decode_string(document.text, node.start, node.end)
    return _scalar(raw)


def _scalar(raw: str) -> JsonValue:
    try:
        loaded: JsonValue = json.loads(raw)
    except ValueError as problem:
        # An integer of more digits than Python converts.
        raise EditError("a number has too many digits") from problem
    return loaded
