"""Values of a parsed document, and the key on a path."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.values import MISSING, Missing
from vgxness.setup.formats.yaml.nodes import Document, Node

_MAX_DEPTH: Final = 64
_MOST_NODES: Final = 20_000
_STR: Final = "tag:yaml.org,2002:str"
_TAGS: Final = {"mapping": "tag:yaml.org,2002:map", "sequence": "tag:yaml.org,2002:seq"}
_CONSTANTS: Final[dict[str, JsonValue]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
# Octal with a plain zero, underscores, base 60, binary, dates, infinities: programs differ on each.
_DISPUTED: Final = re.compile(
    r"[-+]?0[0-9_][0-9_.]*|[-+]?[0-9][0-9]*_[0-9_.]*(?:[eE][-+]?[0-9]+)?|[-+]?0[xob][0-9a-fA-F_]+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


def value_at(document: Document, path: Sequence[str]) -> JsonValue | Missing:
    """Return the value at a path of keys, `MISSING` where there is none.

    Raises:
        EditError: a key on the way stands there twice, an alias or a merge key is on the way, or JSON can't
            say the value.
    """
    node = node_at(document, path)
    return MISSING if node is None else value_of(node)


def node_at(document: Document, path: Sequence[str]) -> Node | None:
    """Return the value's node at a path of keys, or None.

    Raises:
        EditError: a key on the way stands there twice, or an alias or a merge key is on the way.
    """
    node = document.root
    for key in path:
        if node is not None and node.kind == "alias":
            raise EditError("an alias stands on the way, and what it stands for is shared")
        pair = pair_of(node, key)
        if pair is None:
            return None
        node = pair[1]
    return node


def pair_of(node: Node | None, key: str) -> tuple[Node, Node] | None:
    """Return a key with its value, or None.

    Raises:
        EditError: it stands there twice, or the mapping merges another one or has a key that is no text.
    """
    if node is None or node.kind != "mapping":
        return None
    found = None
    for pair in node.pairs:
        name = pair[0]
        if name.kind != "scalar":
            raise EditError("a mapping on the way has a key that is a list, a mapping or an alias")
        if name.value == "<<" and name.is_plain:
            raise EditError("a mapping on the way merges another one with <<")
        if name.value != key:
            continue
        if found is not None:
            raise EditError(f'The key "{key}" stands there more than once, and programs differ on it')
        if not isinstance(scalar_of(name), str):
            raise EditError(f'The key "{key}" stands there as a number, truth value or null, not as text')
        found = pair
    return found


class _Budget:
    """What an alias may unfold to in all: a few lines can say a billion values."""

    def __init__(self) -> None:
        self._left = _MOST_NODES

    def take(self, depth: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise EditError(f"the value has more than {_MOST_NODES:,} parts")
        if depth > _MAX_DEPTH:
            raise EditError(f"the value is nested deeper than {_MAX_DEPTH} levels")


def value_of(node: Node) -> JsonValue:
    """Return what a node says, aliases unfolded.

    Raises:
        EditError: JSON can't say it, programs differ on what it says, or it is too large or deep.
    """
    return _value(node, 0, _Budget())


def _value(node: Node, depth: int, budget: _Budget) -> JsonValue:
    budget.take(depth)
    if node.kind == "scalar":
        return scalar_of(node)
    if node.target is not None:
        return _value(node.target, depth + 1, budget)
    if node.tag not in (None, _TAGS[node.kind]):
        raise EditError("the value has a tag of its own")
    if node.kind == "sequence":
        return [_value(item, depth + 1, budget) for item in node.items]
    found: dict[str, JsonValue] = {}
    for key, item in node.pairs:
        name = scalar_of(key) if key.kind == "scalar" else None
        if not isinstance(name, str) or name in found or (name == "<<" and key.is_plain):
            raise EditError("the value has a key that is no text, stands twice, or merges another mapping")
        found[name] = _value(item, depth + 1, budget)
    return found


def scalar_of(node: Node) -> JsonValue:
    """Return what a scalar says, as YAML 1.2 has it.

    Raises:
        EditError: JSON can't say it, or programs differ on what it says.
    """
    if node.tag not in (None, "!", _STR):
        raise EditError("the value has a tag of its own")
    raw = node.value
    if not node.is_plain or node.tag is not None:
        return raw
    if raw in _CONSTANTS:
        return _CONSTANTS[raw]
    try:
        if _INT.fullmatch(raw):
            return int(raw)
        if _BASED.fullmatch(raw):
            return int(raw, 0)
    except ValueError:
        raise EditError("a number has too many digits") from None
    if _FLOAT.fullmatch(raw) and math.isfinite(float(raw)):
        return float(raw)
    if _FLOAT.fullmatch(raw) or _DISPUTED.fullmatch(raw):
        raise EditError("the value is a date or a number that programs read differently; quotes help")
    return raw
