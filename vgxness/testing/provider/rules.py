"""Rules that every target follows, each with a sentence for the author who broke it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Final, cast

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

NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EDITS: Final[Mapping[TargetFormat, tuple[type, ...]]] = {
    "jsonc": (SetKey, EnsureItem),
    "json": (SetKey, EnsureItem),
    "toml": (SetKey, EnsureItem),
    "yaml": (SetKey, EnsureItem),
    "markdown": (ManagedBlock,),
    "frontmatter": (SetKey, EnsureItem, ManagedBlock),
    "bytes": (WholeFile,),
    "tree": (OwnedTree,),
}


def faults_of(target: ConfigTarget) -> Iterator[str]:
    """Yield what the host could not work with, one sentence each."""
    where = target.id
    if not NAME.fullmatch(target.id):
        yield f"{where}: the id is not [a-z0-9-]"
    if not target.edits:
        yield f"{where}: it has no edits"
    for edit in target.edits:
        if type(edit) not in EDITS[target.format]:
            yield f"{where}: a {type(edit).__name__} can't be made in the format {target.format}"
        yield from (f"{where}: {fault}" for fault in _edit_faults(edit))
    places = [_place(edit) for edit in target.edits]
    if len(set(places)) < len(places):
        yield f"{where}: two edits have the same place"
    if target.format in ("bytes", "tree") and len(target.edits) > 1:
        yield f"{where}: the format {target.format} takes one edit"
    yield from (f"{where}: {fault}" for fault in _writer_faults(target))


def _writer_faults(target: ConfigTarget) -> Iterator[str]:
    if not 0o400 <= target.mode <= 0o777:
        yield f"the mode {target.mode:o} lets nobody read it"
    if (target.writer == "client") != (target.client is not None):
        yield "`client` is needed exactly where the writer is the client"
    only_keys = target.format in ("json", "jsonc") and all(isinstance(edit, SetKey) for edit in target.edits)
    if target.writer == "client" and not only_keys:
        yield "in a file that its client rewrites, only keys of json or jsonc can be set"


def _edit_faults(edit: Edit) -> Iterator[str]:
    match edit:
        case SetKey() | EnsureItem():
            if not edit.path or not all(isinstance(key, str) and key for key in edit.path):  # pyright: ignore[reportUnnecessaryIsInstance] -- an author's program may say anything
                yield f"the path {edit.path!r} is not made of keys"
            try:
                json.dumps(edit.value)
            except (TypeError, ValueError):
                yield f"the value at {'.'.join(edit.path)} is not JSON"
        case ManagedBlock():
            if not NAME.fullmatch(edit.name):
                yield f"the block's name {edit.name!r} is not [a-z0-9-]"
        case OwnedTree():
            for name in edit.files:
                parts = PurePosixPath(name)
                if (
                    parts.is_absolute()
                    or "\\" in name
                    or not set(name.split("/")).isdisjoint({"", ".", ".."})
                ):
                    yield f"{name!r} is no relative path with / between its parts"
        case WholeFile():
            pass


def _place(edit: Edit) -> tuple[object, ...]:
    match edit:
        case SetKey():
            return ("key", *edit.path)
        case EnsureItem():
            return ("item", *edit.path, edit.name)
        case ManagedBlock():
            return ("block", edit.name)
        case _:
            return ("all",)


def texts_of(edit: Edit) -> Iterator[str]:
    """Yield every text in an edit's value; of whole files every text in them, where they are JSON or TOML."""
    match edit:
        case SetKey() | EnsureItem():
            yield from _leaves(edit.value)
        case ManagedBlock():
            yield edit.text
        case WholeFile():
            yield from _leaves(_parsed(edit.content))
        case OwnedTree():
            for content in edit.files.values():
                yield from _leaves(_parsed(content))


def _parsed(content: bytes) -> object:
    text = content.decode(errors="replace")
    for parse in (json.loads, tomllib.loads):
        with suppress(ValueError):
            return cast("object", parse(text))
    return text


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in cast("Mapping[str, object]", value).values():
            yield from _leaves(item)
    elif isinstance(value, Sequence):
        for item in cast("Sequence[object]", value):
            yield from _leaves(item)
