"""TOML: set, undo and read one value by splicing; each edit is proved to change nothing else.

The text is checked by the standard library's reader before and after. No writer of whole documents is in
between: the best of them moves comments to other tables, and mixes line ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.toml import edit, items, undo
from vgxness.setup.formats.toml.document import Path, parse
from vgxness.setup.formats.toml.places import locate
from vgxness.setup.formats.toml.read import differ_only_at, value_at
from vgxness.setup.formats.toml.render import check
from vgxness.setup.formats.values import MISSING, Missing, same

__all__ = ["get", "insert_item", "is_hollow", "remove_item", "replace_item", "set_key", "undo_key"]


def get(text: str, path: Sequence[str]) -> JsonValue | Missing:
    """Return the value at a path of keys, or `MISSING`.

    Raises:
        ParseError: the text is not TOML.
        EditError: JSON can't say the value: a date, a time, nan, inf.
    """
    return value_at(parse(text).data, path)


def set_key(text: str, path: Sequence[str], value: JsonValue) -> str:
    """Return the text with a value at a path of keys; the same text where an equal one stands there.

    Raises:
        ParseError: the text is not TOML.
        EditError: TOML can't say the value, or something on the way is not a table.
    """
    check(value)
    changed = _proved(text, path, lambda keys: edit.put(text, keys, value))
    standing = value_at(parse(changed).data, path)
    if standing is MISSING or not same(standing, value):
        raise EditError("the value would not read back as it is")
    return changed


def undo_key(text: str, before: str, path: Sequence[str]) -> str:
    """Return the text with one key as it stood in `before`, tables made for it gone.

    Raises:
        ParseError: either text is not TOML.
        EditError: something on the way is not a table.
    """
    return _proved(text, path, lambda keys: undo.undo(text, before, keys))


def insert_item(text: str, path: Sequence[str], value: JsonValue) -> str:
    """Return the text with an item more at the end of an array or array of tables.

    Raises:
        ParseError: the text is not TOML.
        EditError: TOML can't say the value, or what stands there is no list that it fits in.
    """
    check(value)
    return _proved(text, path, lambda keys: items.insert(text, keys, value))


def replace_item(text: str, path: Sequence[str], index: int, value: JsonValue) -> str:
    """Return the text with another value in an item's place.

    Raises:
        ParseError: the text is not TOML.
        EditError: TOML can't say the value, or there is no such item.
    """
    check(value)
    return _proved(text, path, lambda keys: items.replace(text, keys, index, value))


def remove_item(text: str, path: Sequence[str], index: int) -> str:
    """Return the text without one item; a list that becomes empty stays, empty.

    Raises:
        ParseError: the text is not TOML.
        EditError: there is no such item.
    """
    return _proved(text, path, lambda keys: items.remove(text, keys, index))


def is_hollow(text: str) -> bool:
    """Tell whether a text has no key, no table and no comment."""
    return not text.strip("\ufeff \t\r\n")


def _proved(text: str, path: Sequence[str], change: Callable[[Path], str]) -> str:
    keys = tuple(path)
    if not keys:
        raise EditError("an edit needs at least one key")
    document = parse(text)
    locate(document, keys)
    try:
        changed = change(keys)
        if changed != text and not differ_only_at(document.data, parse(changed).data, keys):
            raise EditError("the edit would change something else too")
    except ParseError as problem:
        raise EditError("the edit would leave a text that does not parse") from problem
    except RecursionError:
        raise EditError("the text is nested too deep") from None
    return changed
