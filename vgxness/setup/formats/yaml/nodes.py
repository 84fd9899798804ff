"""Where every key, item and value of a YAML text stands; aliases are noted and never followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from vgxness.setup.formats.brackets import BOM, after_space
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.yaml.events import events_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LEVELS: Final = 500
_NOT_TEXT: Final = re.compile(r"(?:[-+.0-9~].*)?|null|true|false", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """One value with its extent, its anchor and tag included; `end` is exclusive.

    Attributes:
        value: of a scalar, what it says.
        is_plain: a scalar without quotes or block.
        is_flow: a collection in brackets.
        pairs: of a mapping, its keys with their values.
        items: of a sequence.
        target: of an alias, the node that bears the anchor.
    """

    kind: Literal["scalar", "mapping", "sequence", "alias"]
    start: int
    end: int
    value: str = ""
    tag: str | None = None
    anchor: str | None = None
    is_plain: bool = False
    is_flow: bool = False
    pairs: list[tuple[Node, Node]] = field(default_factory=list["tuple[Node, Node]"])
    items: list[Node] = field(default_factory=list["Node"])
    target: Node | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written where the value would stand."""
        return self.kind == "scalar" and self.start == self.end

    @property
    def is_bare(self) -> bool:
        """Whether neither an anchor nor a tag stands before the value."""
        return self.anchor is None and self.tag is None

    def children(self) -> list[Node]:
        """Return the nodes right below, in order."""
        return self.items or [node for pair in self.pairs for node in pair]


@dataclass(slots=True, eq=False, repr=False)
class Document:
    """A text and its one document; `root` is None where there is none.

    Attributes:
        is_closed: an explicit end follows.
    """

    text: str
    root: Node | None = None
    is_closed: bool = False


@lru_cache(maxsize=4)
def parse(text: str) -> Document:
    """Return a text's document; it must not be changed.

    The last few are kept: an edit asks for the same text several times, and 30,000 lines take a second.

    Raises:
        ParseError: with line and column, and nothing of the text; also where a key stands twice.
        EditError: there are several documents, or it is declared as YAML 1.1.
    """
    return _Composer(text).run()


class _Composer:
    """Builds the tree without recursion, and stops at a depth."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = 1 if text.startswith(BOM) else 0
        self._document = Document(text)
        self._open: list[Node] = []
        self._anchors: dict[str, Node] = {}
        self._keys: list[Node | None] = []
        self._seen = 0

    def run(self) -> Document:
        for event in events_of(self._text):
            self._take(type(event).__name__, event)
        return self._document

    def _take(self, name: str, event: Any) -> None:  # noqa: ANN401 - ruamel types its events loosely
        if name == "DocumentStartEvent":
            self._start_document(event)
        elif name == "DocumentEndEvent":
            self._document.is_closed = bool(event.explicit)
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            self._enter("mapping" if name.startswith("M") else "sequence", event)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self._leave(event.end_mark.index + self._offset)
        elif name in ("ScalarEvent", "AliasEvent"):
            self._attach(self._leaf(name, event))

    def _start_document(self, event: Any) -> None:  # noqa: ANN401 - ruamel types its events loosely
        self._seen += 1
        if self._seen > 1:
            raise EditError("there are several documents in the text")
        if event.version not in (None, (1, 2)):
            raise EditError("the text is declared as another YAML than 1.2")

    def _enter(self, kind: Literal["mapping", "sequence"], event: Any) -> None:  # noqa: ANN401 - as above
        start = event.start_mark.index + self._offset
        if len(self._open) >= MOST_LEVELS:
            raise EditError(f"the text is nested deeper than {MOST_LEVELS} levels")
        node = Node(kind, start, -1, tag=_tag(event), anchor=event.anchor, is_flow=bool(event.flow_style))
        self._name(node)
        self._attach(node)
        self._open.append(node)
        self._keys.append(None)

    def _leave(self, end: int) -> None:
        node = self._open.pop()
        self._keys.pop()
        self._check_keys(node)
        bracket = "}" if node.kind == "mapping" else "]"
        if node.is_flow and self._text[end - 1 : end] == bracket:
            node.end = end
            return
        # A block ends for the reader where the next thing starts; here, where its last child does.
        last = node.children()[-1:]
        node.end = last[0].end if last else end

    def _check_keys(self, mapping: Node) -> None:
        """Refuse a key that stands twice: most programs refuse the file for it, the others differ."""
        seen = set[tuple[str, bool]]()
        for key, _ in mapping.pairs:
            if key.kind != "scalar" or (key.is_plain and key.value == "<<"):
                continue
            # 1 and "1" are two keys, a and "a" are one.
            name = key.value, key.is_plain and _NOT_TEXT.fullmatch(key.value) is not None
            if name in seen:
                raise ParseError("a key that stands there already", *place(self._text, key.start))
            seen.add(name)

    def _leaf(self, name: str, event: Any) -> Node:  # noqa: ANN401 - ruamel types its events loosely
        start, end = event.start_mark.index + self._offset, event.end_mark.index + self._offset
        if name == "AliasEvent":
            target = self._anchors.get(event.anchor)
            if target is None:
                raise ParseError("an alias without its anchor", *place(self._text, start))
            return Node("alias", start, end, target=target)
        if event.style in ("|", ">"):
            end = _block_end(self._text, start, end)
        node = Node("scalar", start, end, str(event.value), _tag(event), event.anchor)
        node.is_plain = event.style is None
        self._name(node)
        return node

    def _name(self, node: Node) -> None:
        if node.anchor:
            self._anchors[node.anchor] = node

    def _attach(self, node: Node) -> None:
        if not self._open:
            self._document.root = node
            return
        parent = self._open[-1]
        if parent.kind == "sequence":
            parent.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = node
        else:
            if node.is_empty:
                node.start = node.end = self._behind_colon(key)
            parent.pairs.append((key, node))
            self._keys[-1] = None

    def _behind_colon(self, key: Node) -> int:
        """Return where a missing value would stand; for the reader, that is where the next thing starts."""
        at = after_space(self._text, key.end)
        return at + 1 if self._text.startswith(":", at) else key.end


def _tag(event: Any) -> str | None:  # noqa: ANN401 - ruamel types its events loosely
    return None if event.tag is None else str(event.tag)


def _block_end(text: str, start: int, end: int) -> int:
    """Return where a block scalar's last line ends; with `+`, blank lines after it are part of it."""
    raw = text[start:end]
    header = raw.split("\n", 1)[0].split("#", 1)[0]
    if "+" in header.split()[-1]:
        return end - (2 if raw.endswith("\r\n") else 1 if raw.endswith("\n") else 0)
    return start + len(raw.rstrip("\r\n"))


def place(text: str, position: int) -> tuple[int, int]:
    """Return line and column of a position, both from 1."""
    start = text.rfind("\n", 0, position) + 1
    bom = 1 if start == 0 and text.startswith(BOM) else 0
    return text.count("\n", 0, position) + 1, max(position - start - bom, 0) + 1


def walk(root: Node | None) -> Iterator[Node]:
    """Yield a node and all below it, in order; aliases are not followed."""
    waiting = [root] if root else []
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children()))
