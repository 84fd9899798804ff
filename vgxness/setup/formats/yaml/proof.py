"""Whether two documents differ at one path only."""

from __future__ import annotations

from collections.abc import Sequence

from vgxness.setup.formats.yaml.nodes import Node


def differ_only_at(before: Node | None, after: Node | None, path: Sequence[str]) -> bool:
    """Tell whether two documents say the same but for a path, aliases and anchors included.

    Mappings on the way to the path may come and go where they hold nothing else.
    """
    return _Comparison().along(before, after, path)


class _Comparison:
    """Walks two trees together, and knows which node of one is which of the other."""

    def __init__(self) -> None:
        self._twins: dict[int, Node] = {}

    def along(self, left: Node | None, right: Node | None, path: Sequence[str]) -> bool:
        if not path:
            return True
        if _is_bare(left) or _is_bare(right):
            return _is_chain(left, path) and _is_chain(right, path)
        if left is None or right is None or not self._alike(left, right) or left.kind != "mapping":
            return False
        # What is on the way says something else now, and so does an alias of it.
        del self._twins[id(left)]
        one, two = _split(left, path[0]), _split(right, path[0])
        if one[1] is None or two[1] is None:
            present = one[1] or two[1]
            chain = present is None or _is_chain(present[1], path[1:])
            return chain and self._all(one[0] + one[2], two[0] + two[2])
        return (
            self._all(one[0], two[0])
            and self._same(one[1][0], two[1][0])
            and self.along(one[1][1], two[1][1], path[1:])
            and self._all(one[2], two[2])
        )

    def _all(self, left: Sequence[tuple[Node, Node]], right: Sequence[tuple[Node, Node]]) -> bool:
        pairs = zip(left, right, strict=False)
        return len(left) == len(right) and all(
            self._same(a, b) for one, two in pairs for a, b in zip(one, two, strict=True)
        )

    def _same(self, left: Node, right: Node) -> bool:
        waiting = [(left, right)]
        while waiting:
            one, two = waiting.pop()
            if not self._alike(one, two):
                return False
            first, second = one.children(), two.children()
            if len(first) != len(second):
                return False
            waiting.extend(reversed(list(zip(first, second, strict=True))))
        return True

    def _alike(self, left: Node, right: Node) -> bool:
        self._twins[id(left)] = right
        if left.target is not None and self._twins.get(id(left.target)) is not right.target:
            return False
        return (left.kind, left.tag, left.anchor, left.value, left.is_plain) == (
            right.kind,
            right.tag,
            right.anchor,
            right.value,
            right.is_plain,
        )


_Pairs = list[tuple[Node, Node]]


def _split(node: Node, key: str) -> tuple[_Pairs, tuple[Node, Node] | None, _Pairs]:
    for index, pair in enumerate(node.pairs):
        if pair[0].kind == "scalar" and pair[0].value == key:
            return node.pairs[:index], pair, node.pairs[index + 1 :]
    return node.pairs, None, []


def _is_bare(node: Node | None) -> bool:
    if node is None or (node.kind == "mapping" and not node.pairs and not node.anchor):
        return True
    return node.is_empty


def _is_chain(node: Node | None, path: Sequence[str]) -> bool:
    """Tell whether a node holds nothing but what stands at a path below it."""
    while path and node is not None and not _is_bare(node):
        if node.kind != "mapping" or len(node.pairs) != 1 or node.pairs[0][0].value != path[0]:
            return False
        node, path = node.pairs[0][1], path[1:]
    return True
