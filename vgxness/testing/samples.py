"""Arguments made from a tool's schema: right ones, wrong ones and hostile ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from vgxness.contract.json_value import JsonObject

Schema = Mapping[str, Any]

_HOSTILE: Final = (
    "",
    " ",
    "\0",
    "../../../etc/passwd",
    "'; DROP TABLE notes; --",
    '"\n---\n{}',
    "\u202e\ufeff\u0000",
    "\udcff",
    "x" * 20_000,
)
_WRONG: Final[Mapping[str, object]] = {
    "string": 7,
    "integer": "seven",
    "number": "seven",
    "boolean": "yes",
    "array": "one",
    "object": "one",
}


def right(schema: Schema) -> JsonObject:
    """Return arguments with every required property and nothing else."""
    properties = _properties(schema)
    return {
        name: _value(properties.get(name, {})) for name in cast("Sequence[str]", schema.get("required", ()))
    }


def wrong(schema: Schema, sample: JsonObject) -> Iterator[JsonObject]:
    """Yield arguments that the schema refuses, each for one reason."""
    for name, one in _properties(schema).items():
        kind = one.get("type")
        if isinstance(kind, str) and kind in _WRONG:
            yield {**sample, name: cast("Any", _WRONG[kind])}
    for name in cast("Sequence[str]", schema.get("required", ())):
        yield {key: value for key, value in sample.items() if key != name}
    if schema.get("additionalProperties") is False:
        yield {**sample, "no_such_argument": 1}


def hostile(schema: Schema, sample: JsonObject) -> Iterator[JsonObject]:
    """Yield arguments whose texts are what nobody expects, one text at a time; the schema may refuse them."""
    for name, one in _properties(schema).items():
        if one.get("type") == "string":
            for text in _HOSTILE:
                yield {**sample, name: text}


def _properties(schema: Schema) -> Mapping[str, Schema]:
    return cast("Mapping[str, Schema]", schema.get("properties", {}))


def _value(schema: Schema) -> Any:  # noqa: ANN401 -- any JSON
    if "default" in schema or schema.get("enum"):
        return schema.get("default", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "array":
            return [_value(schema.get("items", {}))] * schema.get("minItems", 0)
        case "object":
            return right(schema)
        case kind:
            return False if kind == "boolean" else "text".ljust(schema.get("minLength", 0), "x")
