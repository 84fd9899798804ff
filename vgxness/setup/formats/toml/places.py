"""What stands at a path of keys: one value, a table in pieces, or an array of tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.toml.document import Document, Member, Node, Path, Section, starts_with

Holder: TypeAlias = Section | Node
"""What a key stands in: a section, or an inline table."""


@dataclass(slots=True, eq=False, repr=False)
class Value:
    """A key with its value, and what it stands in."""

    holder: Holder
    member: Member


@dataclass(slots=True, eq=False, repr=False)
class Dotted:
    """A dotted key that leads into a table; `base` is the path of what it stands in."""

    holder: Holder
    base: Path
    member: Member


@dataclass(slots=True, eq=False, repr=False)
class Table:
    """A table in all its pieces.

    Attributes:
        header: its own section, if it has one.
        sections: its own and all below it.
        dotted: keys elsewhere that lead into it.
    """

    header: Section | None = None
    sections: list[Section] = field(default_factory=list[Section])
    dotted: list[Dotted] = field(default_factory=list[Dotted])


@dataclass(slots=True, eq=False, repr=False)
class Tables:
    """An array of tables: of each item, its sections in order."""

    items: list[list[Section]]


Place: TypeAlias = Value | Table | Tables


def locate(document: Document, path: Path) -> Place | None:
    """Return what stands at a path, or None.

    Raises:
        EditError: something on the way is a list or a plain value.
    """
    table, items = Table(), list[list[Section]]()
    for section in document.sections:
        if section.list_path is not None and starts_with(path, section.list_path):
            if section.list_path != path:
                raise EditError(f'On the way, "{section.list_path[-1]}" is a list of tables')
            _collect(items, section)
            continue
        if starts_with(section.keys, path):
            table.sections.append(section)
            table.header = section if section.keys == path else table.header
        if len(section.keys) < len(path) and starts_with(path, section.keys):
            value = _among(section.entries, section, section.keys, path, table)
            if value:
                return value
    if items:
        return Tables(items)
    return table if table.sections or table.dotted else None


def _collect(items: list[list[Section]], section: Section) -> None:
    if section.is_item and section.keys == section.list_path:
        items.append([section])
    else:
        items[-1].append(section)


def _among(members: Iterable[Member], holder: Holder, base: Path, path: Path, table: Table) -> Value | None:
    for member in members:
        full = base + member.keys
        if full == path:
            return Value(holder, member)
        if starts_with(full, path):
            table.dotted.append(Dotted(holder, base, member))
        elif starts_with(path, full):
            if member.value.kind != "inline":
                raise EditError(f'On the way, "{full[-1]}" is not a table')
            found = _among(member.value.members, member.value, full, path, table)
            if found:
                return found
    return None
