"""Makes a target's edits in its text, and takes them out again; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import Edit, TargetFormat
from vgxness.errors import VgxnessError
from vgxness.redaction import redact_json
from vgxness.setup.diff import printable
from vgxness.setup.formats import jsonc
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.jsonc.document import place
from vgxness.setup.formats.jsonc.read import same
from vgxness.setup.merge import MergeConflict, merge
from vgxness.setup.models import OwnedKey

Owned = Mapping[tuple[str, ...], OwnedKey]


@dataclass(frozen=True, slots=True)
class Edited:
    """A text with the edits made, and which keys in it are ours."""

    text: str
    keys: tuple[OwnedKey, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration file's text, read for editing; "" stands for no file too.

    Raises:
        VgxnessError: on every use, `config_unparsable` with line and column, or `config_blocked` where a
            key has no single right place.
    """

    path: Path
    text: str
    format: TargetFormat

    @property
    def is_strict(self) -> bool:
        """Whether comments are errors in it."""
        return self.format == "json"

    def get(self, path: Sequence[str]) -> JsonValue | jsonc.Missing:
        """Return the value at a path of keys, or `MISSING`."""
        with _manners(self.path):
            return jsonc.get(jsonc.parse(self.text, strict=self.is_strict, along=path), path)

    def edited(self, edits: Sequence[Edit], owned: Owned) -> Edited:
        """Return the text with all edits made; `owned` is what we wrote there before.

        Raises:
            VgxnessError: also `config_conflict`, where what stands there is not ours.
        """
        text, keys = self.text, dict[tuple[str, ...], OwnedKey]()
        for edit in edits:
            ours = owned.get(edit.path)
            standing = self.get(edit.path)
            value = self._value(edit, ours, standing)
            if value is jsonc.MISSING:
                continue
            with _manners(self.path):
                text = jsonc.set_key(text, edit.path, value, strict=self.is_strict)
            # An equal entry that stood there before us stays the user's.
            if ours or standing is jsonc.MISSING:
                keys[edit.path] = OwnedKey(
                    path=edit.path, value=edit.value, only_if_absent=edit.only_if_absent
                )
        return Edited(text, tuple(keys.values()))

    def _value(
        self, edit: Edit, ours: OwnedKey | None, standing: JsonValue | jsonc.Missing
    ) -> JsonValue | jsonc.Missing:
        if standing is jsonc.MISSING:
            return edit.value
        if edit.only_if_absent:
            is_ours = ours is not None and same(standing, ours.value)
            return edit.value if is_ours else jsonc.MISSING
        if ours is None:
            if same(standing, edit.value):
                return edit.value
            raise self._conflict(edit, standing, "It was not written by vgxness.")
        try:
            return merge(ours.value, standing, edit.value)
        except MergeConflict as problem:
            raise self._conflict(
                edit, standing, "It was edited since, where setup has to change it."
            ) from problem

    def _conflict(self, edit: Edit, standing: JsonValue, why: str) -> VgxnessError:
        name = ".".join(edit.path)
        shown = printable(json.dumps(redact_json(standing), ensure_ascii=False)[:400])
        return VgxnessError(
            "config_conflict",
            f"{self.path} already holds {name}; it was left untouched.",
            cause=f"{why} It is {shown}.",
            hint=f"Rename or remove {name} in that file, then run setup again.",
        )

    def without(self, keys: Sequence[OwnedKey], before: str) -> str:
        """Return the text with our keys as they stood in `before`: their old spelling, or gone.

        A key that was only set because it was absent, and has another value now, is the user's: it stays.
        """
        text = self.text
        for key in reversed(keys):
            standing = self.get(key.path)
            if key.only_if_absent and standing is not jsonc.MISSING and not same(standing, key.value):
                continue
            with _manners(self.path):
                text = jsonc.undo_key(text, before, key.path, strict=self.is_strict)
        return text

    def is_hollow(self) -> bool:
        """Whether nothing is left in it: no key and no comment."""
        return not self.text.strip("\ufeff \t\r\n{}")


class _manners:  # noqa: N801 -- reads as a clause: with _manners(path)
    """Turns what the pure editors raise into errors with a code, a place and a next step."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> None:
        if isinstance(problem, ParseError):
            raise unparsable(self._path, problem.reason, problem.line, problem.column) from problem
        if isinstance(problem, EditError):
            raise VgxnessError(
                "config_blocked",
                f"{self._path} can't be edited; it was left untouched.",
                cause=f"{problem}.",
                hint="Mend the file by hand, then run setup again.",
            ) from problem


def is_disabled(standing: JsonValue | jsonc.Missing, ours: JsonValue) -> bool:
    """Tell whether somebody set the `enabled` of our entry to false."""
    if not isinstance(standing, Mapping) or not isinstance(ours, Mapping):
        return False
    return standing.get("enabled") is False and ours.get("enabled") is True


def is_only_disabled(standing: JsonValue | jsonc.Missing, ours: JsonValue) -> bool:
    """Tell whether an entry is ours but for its `enabled`, as in a copied configuration."""
    if standing is jsonc.MISSING or not isinstance(ours, Mapping) or not is_disabled(standing, ours):
        return False
    disabled: dict[str, JsonValue] = {**ours, "enabled": False}
    return same(standing, disabled)


def decode(path: Path, content: bytes | None) -> str:
    """Return a file's text, a byte-order mark kept; "" where there is no file.

    Raises:
        VgxnessError: `config_unparsable`, the bytes are not UTF-8.
    """
    try:
        return (content or b"").decode("utf-8")
    except UnicodeDecodeError as problem:
        good = (content or b"")[: problem.start].decode("utf-8")
        raise unparsable(path, "the text is not UTF-8", *place(good, len(good))) from problem


def unparsable(path: Path, reason: str, line: int, column: int) -> VgxnessError:
    """Return the error for a file that does not parse; it names the place and quotes nothing."""
    return VgxnessError(
        "config_unparsable",
        f"{path} does not parse; it was left untouched.",
        cause=f"Line {line}, column {column}: {reason}.",
        hint="Mend the file there, then run the command again.",
        details={"line": line, "column": column},
    )
