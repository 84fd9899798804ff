"""An adapter's edits as entries: what would be ours, and the value it is to have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from vgxness.blobs import digest_of
from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import (
    ConfigTarget,
    Edit,
    EnsureItem,
    ManagedBlock,
    OwnedTree,
    SetKey,
    TargetFormat,
    WholeFile,
)
from vgxness.setup.models import OwnedEntry

_KEYED: Final[frozenset[TargetFormat]] = frozenset({"json", "jsonc", "toml", "yaml", "frontmatter"})
_TAKES: Final[dict[type, frozenset[TargetFormat]]] = {
    SetKey: _KEYED,
    EnsureItem: _KEYED,
    ManagedBlock: frozenset({"markdown", "frontmatter"}),
    WholeFile: frozenset({"bytes"}),
    OwnedTree: frozenset({"tree"}),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """An entry as it would be recorded, and the value that its place is to have."""

    entry: OwnedEntry
    value: JsonValue


def wish_of(edit: Edit) -> Wish:
    """Return the wish of an edit; a tree is told apart into its files first."""
    match edit:
        case SetKey():
            entry = OwnedEntry(
                kind="key", path=edit.path, value=edit.value, only_if_absent=edit.only_if_absent
            )
            return Wish(entry, edit.value)
        case EnsureItem():
            entry = OwnedEntry(
                kind="item", path=edit.path, name=edit.name, value=edit.value, identity=edit.identity
            )
            return Wish(entry, edit.value)
        case ManagedBlock():
            lines = edit.text.strip("\n")
            return Wish(OwnedEntry(kind="block", path=(edit.name,), value=lines), lines)
        case WholeFile():
            entry = OwnedEntry(kind="file", path=(), value=digest_of(edit.content))
            return Wish(entry, edit.content.decode("latin-1"))
        case OwnedTree():
            raise TypeError("a tree has no entry of its own")


def files_of(targets: Sequence[ConfigTarget]) -> Iterator[ConfigTarget]:
    """Yield the targets, each tree as one target a file."""
    for target in targets:
        if target.format != "tree":
            yield target
            continue
        for edit in target.edits:
            for name, content in sorted(edit.files.items()) if isinstance(edit, OwnedTree) else ():
                yield replace(
                    target,
                    id=f"{target.id}/{name}",
                    path=target.path.joinpath(*PurePosixPath(name).parts),
                    format="bytes",
                    edits=(WholeFile(content=content),),
                    writer="us",
                )


def fault_of(target: ConfigTarget) -> str:
    """Return what is wrong with a target's declaration, or ""."""
    if not (target.path.is_absolute() and target.root.is_absolute()):
        return "a path is not absolute"
    faults = (_fault_of_edit(edit, target.format) for edit in target.edits)
    return next(filter(None, faults), "") or _fault_of_writer(target) or _fault_of_places(target)


def _fault_of_edit(edit: Edit, format: TargetFormat) -> str:
    if format not in _TAKES.get(type(edit), frozenset()):
        return f"a file of the format {format} takes no {type(edit).__name__}"
    if isinstance(edit, SetKey | EnsureItem) and not edit.path:
        return "an edit needs at least one key"
    return _fault_of_tree(edit) if isinstance(edit, OwnedTree) else ""


def _fault_of_writer(target: ConfigTarget) -> str:
    if (target.writer == "client") != (target.client is not None):
        return 'a target has a client writer exactly where its writer is "client"'
    is_simple = target.format in ("json", "jsonc") and all(isinstance(edit, SetKey) for edit in target.edits)
    return "" if is_simple or not target.client else "beside its own program only keys of JSON can be set"


def _fault_of_places(target: ConfigTarget) -> str:
    if target.format == "tree":
        return "" if len(target.edits) == 1 else "a tree is one edit"
    places = [wish_of(edit).entry.place for edit in target.edits]
    return "" if len(set(places)) == len(places) else "two edits have the same place"


def _fault_of_tree(tree: OwnedTree) -> str:
    for name in tree.files:
        parts = name.split("/")
        if "\\" in name or ":" in name or "\0" in name or any(part in ("", ".", "..") for part in parts):
            return "the name of a file in a tree leaves it"
    folded = [str(Path(name.casefold())) for name in tree.files]
    return "" if len(set(folded)) == len(folded) else "two files of a tree have the same name"
