"""What JSON can say, and how a value of ours says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from pathlib import PurePath
from typing import TypeAlias, cast

JsonValue: TypeAlias = "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = "Mapping[str, JsonValue]"


def as_json(value: object) -> JsonValue:
    """Return the JSON form of a value: dataclasses by field name, dates as ISO 8601, paths as text.

    Raises:
        TypeError: the value is of a kind that has no JSON form.
    """
    if isinstance(value, Enum):
        return as_json(value.value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date | time | PurePath):
        return str(value) if isinstance(value, PurePath) else value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in cast("Mapping[object, object]", value).items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [as_json(item) for item in cast("Sequence[object]", value)]
    raise TypeError(f"{type(value).__name__} has no JSON form")
