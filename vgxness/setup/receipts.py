"""Receipts: one JSON file an apply, in the state directory, checked when it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from vgxness.contract.json_value import as_json
from vgxness.errors import VgxnessError
from vgxness.kernel.paths import make_private
from vgxness.setup.atomic import write_durably
from vgxness.setup.models import FileRecord, OwnedEntry, Party, Place, Receipt

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


class ReceiptStore:
    """The receipts of one state directory; making one touches nothing."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def all(self) -> tuple[Receipt, ...]:
        """Return every receipt, oldest first.

        Raises:
            VgxnessError: `config_blocked`, a receipt is damaged; without it nothing is safely undone.
        """
        return tuple(load(Receipt, path) for path in self._files())

    def next_id(self, now: datetime) -> str:
        """Return the id for a new receipt: a number, then the time. Call it under the lock."""
        last = max((int(path.name[:4]) for path in self._files()), default=0)
        return f"{last + 1:04d}-{now:%Y%m%dT%H%M%SZ}"

    def holds(self, id: str) -> bool:
        """Return whether the receipt of an id was written."""
        return (self._directory / f"{id}.json").exists()

    def write(self, receipt: Receipt) -> None:
        """Keep a receipt, durably; writing the same one twice is no error."""
        make_private(self._directory)
        write_durably(self._directory / f"{receipt.id}.json", dump(receipt))

    def _files(self) -> list[Path]:
        return sorted(self._directory.glob("[0-9][0-9][0-9][0-9]-*.json"))


class History:
    """What the receipts say about one party."""

    def __init__(self, receipts: Iterable[Receipt], party: Party) -> None:
        self._party = party
        self.receipts = tuple(r for r in receipts if any(file.party == party for file in r.files))

    @property
    def standing(self) -> tuple[Receipt, ...]:
        """The applies that were not taken back, oldest first."""
        undone = {one for receipt in self.receipts for one in receipt.undoes}
        return tuple(r for r in self.receipts if r.kind == "apply" and r.id not in undone)

    def files(self, receipts: Iterable[Receipt]) -> dict[Path, list[FileRecord]]:
        """Return the party's records in receipts, by path, oldest first."""
        found: dict[Path, list[FileRecord]] = {}
        for receipt in receipts:
            for file in receipt.files:
                if file.party == self._party:
                    found.setdefault(file.path, []).append(file)
        return found

    def latest(self, before: str | None = None) -> dict[Path, FileRecord]:
        """Return the newest record of each path, of all receipts or of those older than one."""
        older = [r for r in self.receipts if before is None or r.id < before]
        return {path: records[-1] for path, records in self.files(older).items()}

    def owned(self, path: Path) -> dict[Place, OwnedEntry]:
        """Return what is ours in a file, by its place."""
        record = self.latest().get(path)
        return {entry.place: entry for entry in record.entries} if record else {}

    def managed(self) -> tuple[Path, ...]:
        """Return the files that hold entries of ours."""
        return tuple(path for path, record in self.latest().items() if record.entries)


def parties(receipts: Sequence[Receipt]) -> tuple[Party, ...]:
    """Return every party that has receipts, each once."""
    return tuple(dict.fromkeys(file.party for receipt in receipts for file in receipt.files))


def dump(value: object) -> bytes:
    """Return a value of setup as the JSON text it is kept as."""
    return (json.dumps(as_json(value), ensure_ascii=True, indent=1) + "\n").encode()


def load(kind: type[T], path: Path) -> T:
    """Return a value of setup from its file.

    Raises:
        VgxnessError: `config_blocked`, it can't be read or does not hold what we write.
    """
    from pydantic import ValidationError

    try:
        # Not validate_json: it refuses the lone surrogates that a JSON value may hold.
        kept: T = _adapter(kind).validate_python(_as_of_today(json.loads(path.read_bytes())))
    except (OSError, ValueError, TypeError, AttributeError, ValidationError) as problem:
        raise VgxnessError(
            "config_blocked",
            f"{path} is damaged, so setup can't tell what it wrote.",
            cause="It is not a receipt of a version this program knows.",
            hint=f"Move it away: mv {path} {path}.damaged",
        ) from problem
    return kept


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Return what checks a kind of value; making one takes as long as reading a hundred receipts."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _as_of_today(document: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """Return what version 1 kept, which knew no entries but keys, in the present shape."""
    if not isinstance(document, dict):
        return document
    kept = cast("dict[str, Any]", document)
    if "receipt" in kept:
        return {**kept, "receipt": _as_of_today(kept["receipt"])}
    if kept.get("version") != 1 or not isinstance(kept.get("files"), list):
        return kept
    return {**kept, "version": 2, "files": [_file_as_of_today(file) for file in kept["files"]]}


def _file_as_of_today(file: dict[str, Any]) -> dict[str, Any]:
    keys = file.get("keys", [])
    rest = {name: value for name, value in file.items() if name != "keys"}
    return {**rest, "entries": [{"kind": "key", **key} for key in keys]}
