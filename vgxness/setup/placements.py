"""What setup puts, or would put, before an agent in each provider: texts of every session, and a hook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import (
    ConfigScope,
    ConfigTarget,
    EnsureItem,
    ManagedBlock,
    ProviderAdapter,
    SetKey,
    WholeFile,
)
from vgxness.errors import VgxnessError
from vgxness.setup.entries import files_of
from vgxness.setup.models import Receipt
from vgxness.setup.receipts import History
from vgxness.setup.wishes import Wishes

_GREETING = "session-start"  # the event whose hook adds to an agent's context


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One provider in one config scope.

    Attributes:
        is_set_up: whether entries of ours stand there now.
        texts: what a client loads into every session: the file's path and our part of it.
        greets: whether a hook answers when a session starts.
    """

    provider: str
    title: str
    scope: ConfigScope
    is_set_up: bool
    texts: tuple[tuple[str, str], ...] = ()
    greets: bool = False


def list_placements(
    wishes: Wishes, providers: Sequence[str], scope: ConfigScope, receipts: Sequence[Receipt]
) -> tuple[Placement, ...]:
    """Return the placements of the named adapters that have a scope; one that fails is left out."""
    found: list[Placement] = []
    for adapter in wishes.adapters:
        if adapter.name in providers and scope in adapter.config_scopes:
            with suppress(
                VgxnessError
            ):  # how a provider stands, and why it can't be read, is status's to say
                found.append(_placement(wishes, adapter, scope, receipts))
    return tuple(found)


def _placement(
    wishes: Wishes, adapter: ProviderAdapter, scope: ConfigScope, receipts: Sequence[Receipt]
) -> Placement:
    history = History(receipts, wishes.party(adapter.name, scope))
    targets = tuple(files_of(wishes.targets(adapter, scope, "mcp", history)))
    return Placement(
        provider=adapter.name,
        title=adapter.title,
        scope=scope,
        is_set_up=bool(history.managed()),
        texts=texts_of(targets),
        greets=greets(targets),
    )


def texts_of(targets: Iterable[ConfigTarget]) -> tuple[tuple[str, str], ...]:
    """Return the managed blocks and Markdown files among targets, with their paths."""
    found: list[tuple[str, str]] = []
    for target in targets:
        for edit in target.edits:
            if isinstance(edit, ManagedBlock):
                found.append((str(target.path), edit.text))
            elif isinstance(edit, WholeFile) and target.path.suffix == ".md":
                found.append((str(target.path), edit.content.decode("utf-8", "replace")))
    return tuple(found)


def greets(targets: Iterable[ConfigTarget]) -> bool:
    """Whether an edit among targets hangs our command on the start of a session."""
    edits = [edit for target in targets for edit in target.edits]
    return any(isinstance(edit, SetKey | EnsureItem) and _names_event(edit.value) for edit in edits)


def _names_event(value: JsonValue) -> bool:
    if isinstance(value, str):
        return value.split()[-1:] == [_GREETING]
    if isinstance(value, Mapping):
        return any(map(_names_event, value.values()))
    return isinstance(value, Sequence) and any(map(_names_event, value))
