"""YAML: set, undo and read one value by splicing; each edit is proved to change nothing else.

Values are read as YAML 1.2 has them, and written so that readers of 1.1 say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.values import MISSING, Missing, same
from vgxness.setup.formats.yaml import edit, items, undo
from vgxness.setup.formats.yaml.nodes import parse
from vgxness.setup.formats.yaml.proof import differ_only_at
from vgxness.setup.formats.yaml.read import node_at, value_at
from vgxness.setup.formats.yaml.render import check
from vgxness.setup.formats.yaml.undo import is_hollow

__all__ = ["get", "insert_item", "is_hollow", "remove_item", "replace_item", "set_key", "undo_key"]


def get(text: str, path: Sequence[str]) -> JsonValue | Missing:
    """Return the value at a path of keys, or `MISSING`; aliases inside the value are unfolded.

    Raises:
        ParseError: the text is not YAML.
        EditError: JSON can't say the value, programs differ on it, or something on the way is shared.
    """
    return value_at(parse(text), path)


def set_key(text: str, path: Sequence[str], value: JsonValue) -> str:
    """Return the text with a value at a path of keys; the same text where an equal one stands there.

    Raises:
        ParseError: the text is not YAML.
        EditError: something on the way is not a mapping, is shared, or stands there twice.
    """
    check(value)
    changed = _proved(text, path, lambda: edit.put(text, path, value))
    standing = value_at(parse(changed), path)
    if standing is MISSING or not same(standing, value):
        raise EditError("the value would not read back as it is")
    return changed


def undo_key(text: str, before: str, path: Sequence[str]) -> str:
    """Return the text with one key as it stood in `before`, mappings made for it gone.

    Raises:
        ParseError: either text is not YAML.
        EditError: something on the way is shared.
    """
    parse(before)
    return _proved(text, path, lambda: undo.undo(text, before, path))


def insert_item(text: str, path: Sequence[str], value: JsonValue) -> str:
    """Return the text with an item more at the end of a list.

    Raises:
        ParseError: the text is not YAML.
        EditError: what stands at the path is no list, or is shared.
    """
    check(value)
    return _proved(text, path, lambda: items.insert(text, path, value))


def replace_item(text: str, path: Sequence[str], index: int, value: JsonValue) -> str:
    """Return the text with another value in an item's place.

    Raises:
        ParseError: the text is not YAML.
        EditError: there is no such item.
    """
    check(value)
    return _proved(text, path, lambda: items.replace(text, path, index, value))


def remove_item(text: str, path: Sequence[str], index: int) -> str:
    """Return the text without one item; a list that becomes empty stays, empty.

    Raises:
        ParseError: the text is not YAML.
        EditError: there is no such item.
    """
    return _proved(text, path, lambda: items.remove(text, path, index))


def _proved(text: str, path: Sequence[str], change: Callable[[], str]) -> str:
    if not path:
        raise EditError("an edit needs at least one key")
    document = parse(text)
    node_at(document, path)
    if "\r" in text.replace("\r\n", ""):
        raise EditError("lines end in carriage returns alone, which the edit can't keep apart")
    try:
        changed = change()
        if changed != text and not differ_only_at(document.root, parse(changed).root, path):
            raise EditError("the edit would change something else too")
    except ParseError as problem:
        raise EditError("the edit would leave a text that does not parse") from problem
    return changed
