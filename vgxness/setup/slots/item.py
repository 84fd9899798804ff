"""An item of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.keyed import KeyedFormat
from vgxness.setup.formats.values import MISSING, Missing, same
from vgxness.setup.slots.values import ValueSlot


@dataclass(frozen=True, slots=True)
class ItemSlot(ValueSlot):
    """The item that equals a known value or, where it was edited, has the identity of one."""

    dialect: KeyedFormat
    path: tuple[str, ...]
    name: str
    identity: tuple[str | int, ...]
    known: tuple[JsonValue, ...]

    @property
    def label(self) -> str:
        """The list's keys and the item's name."""
        return f"{'.'.join(self.path)}[{self.name}]"

    def read(self, text: str) -> JsonValue | Missing:
        """Return the item."""
        items = self._items(text)
        index = self._index(items)
        return MISSING if index is None else items[index]

    def write(self, text: str, value: JsonValue) -> str:
        """Put the value in the item's place, or at the end of the list."""
        index = self._index(self._items(text))
        if index is None:
            return self.dialect.insert_item(text, self.path, value)
        return self.dialect.replace_item(text, self.path, index, value)

    def undo(self, text: str, before: str) -> str:
        """Give the item its old value back, or take it out, and its list where that was made for it."""
        now, then = self._items(text), self._items(before)
        index, old = self._index(now), self._index(then)
        if index is None:
            return text
        if old is not None:
            return self.dialect.replace_item(text, self.path, index, then[old])
        if len(now) == 1 and self.dialect.get(before, self.path) is MISSING:
            return self.dialect.undo_key(text, before, self.path)
        return self.dialect.remove_item(text, self.path, index)

    def _items(self, text: str) -> Sequence[JsonValue]:
        found = self.dialect.get(text, self.path)
        if found is MISSING:
            return ()
        if isinstance(found, str) or not isinstance(found, Sequence):
            raise EditError(f'"{".".join(self.path)}" is not a list, so it can hold no item')
        return found

    def _index(self, items: Sequence[JsonValue]) -> int | None:
        for value in self.known:
            for index, item in enumerate(items):
                if same(item, value):
                    return index
        named = [one for value in self.known if (one := _at(value, self.identity)) is not MISSING]
        for index, item in enumerate(items) if self.identity else ():
            told = _at(item, self.identity)
            if told is not MISSING and any(same(told, one) for one in named):
                return index
        return None


def _at(value: JsonValue, place: Sequence[str | int]) -> JsonValue | Missing:
    """Return what stands at a place inside a value, or `MISSING`."""
    for step in place:
        if isinstance(step, str):
            found = value.get(step, MISSING) if isinstance(value, Mapping) else MISSING
        else:
            found = value[step] if isinstance(value, list | tuple) and step < len(value) else MISSING
        if found is MISSING:
            return MISSING
        value = found
    return value
