"""Reads a JSON file as Claude Code does: strictly, a byte order mark apart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from vgxness.plugin import JsonObject, JsonValue

_MOST_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file.

    Attributes:
        value: its table; empty where there is none.
        problem: why it can't be read, naming the place and never the content; "" where it can.
    """

    path: Path
    exists: bool = True
    value: JsonObject = field(default_factory=dict[str, JsonValue])
    problem: str = ""


def read(path: Path) -> Document:
    """Return a file's table, or what is wrong with the file."""
    try:
        if not path.is_file():
            return Document(path=path, exists=path.exists(), problem=_odd(path))
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        return Document(path=path, problem=f"it can't be read ({error.strerror})")
    if len(raw) > _MOST_BYTES:
        return Document(path=path, problem="it has over 64 MiB")
    return _parsed(path, raw)


def _odd(path: Path) -> str:
    return "it is not a file" if path.exists() else ""


def _parsed(path: Path, raw: bytes) -> Document:
    try:
        value: JsonValue = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        return Document(path=path, problem=f"byte {error.start} is not UTF-8")
    except json.JSONDecodeError as error:
        return Document(path=path, problem=f"line {error.lineno}, column {error.colno}: {error.msg}")
    except RecursionError:
        return Document(path=path, problem="it is nested too deeply")
    except ValueError as error:
        return Document(path=path, problem=str(error))
    if not isinstance(value, Mapping):
        return Document(path=path, problem="it holds no table")
    return Document(path=path, value=value)


def _no_constant(name: str) -> JsonValue:
    raise ValueError(f"{name} is no JSON")


def table(value: JsonObject, *keys: str) -> JsonObject:
    """Return the table that keys lead to; empty where any of them leads elsewhere."""
    for key in keys:
        inner = value.get(key)
        if not isinstance(inner, Mapping):
            return {}
        value = inner
    return value


def items(value: JsonValue) -> Sequence[JsonValue]:
    """Return a list's items; none where it is no list."""
    return cast("Sequence[JsonValue]", value) if isinstance(value, list) else ()
