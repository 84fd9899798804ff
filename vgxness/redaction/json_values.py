"""The helpers for JSON values: secrets out, output of commands out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from vgxness.redaction.scanner import REDACTED, redact_secrets

if TYPE_CHECKING:  # the contract costs more to import than all of this room
    from vgxness.contract.json_value import JsonValue

OMITTED: Final = "[omitted by default]"

_OUTPUT_FIELDS: Final = frozenset({"stdout", "stderr"})
# Deeper than any value of ours; Python itself can't walk a value of a thousand levels.
_DEEPEST: Final = 200


def redact_json(value: JsonValue) -> JsonValue:
    """Return the value with secrets redacted in strings and keys, and `[REDACTED]` at keys named like one.

    Such a key matches `token|secret|password|api.?key|authorization|credential` in any case; what it holds is
    replaced whole, whatever its type. Below 200 levels everything is replaced.
    """
    return _redacted(value, depth=0)


def redact_strings(value: JsonValue) -> JsonValue:
    """Return the value with secrets redacted in its strings alone; for answers whose keys are our own.

    `redact_json` would take `tokens: 1200` for a secret by its key.
    """
    if isinstance(value, str):
        return redact_secrets(value)
    if isinstance(value, Mapping):
        return {key: redact_strings(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [redact_strings(item) for item in value]
    return value


def omit_sensitive_command_output(value: JsonValue) -> JsonValue:
    """Return the value with `[omitted by default]` in `stdout` and `stderr` fields, down to 200 levels."""
    return _omitted(value, depth=0)


@cache
def _secret_key() -> re.Pattern[str]:
    return re.compile("(token|secret|password|api.?key|authorization|credential)", re.IGNORECASE)


def _redacted(value: JsonValue, *, depth: int) -> JsonValue:
    if isinstance(value, str):
        return redact_secrets(value)
    if depth > _DEEPEST and isinstance(value, Mapping | Sequence):
        return REDACTED
    if isinstance(value, Mapping):
        return _redacted_object(value, depth=depth)
    if isinstance(value, Sequence):
        return [_redacted(item, depth=depth + 1) for item in value]
    return value


def _redacted_object(value: Mapping[str, JsonValue], *, depth: int) -> JsonValue:
    result: dict[str, JsonValue] = {}
    for key, item in value.items():
        name = _free_name(redact_secrets(key), result)
        secret = _secret_key().search(key) is not None
        result[name] = REDACTED if secret else _redacted(item, depth=depth + 1)
    return result


def _free_name(name: str, taken: Mapping[str, JsonValue]) -> str:
    """Return the name, numbered where two secret keys became the same one: no entry is lost."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free


def _omitted(value: JsonValue, *, depth: int) -> JsonValue:
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return value
    if depth > _DEEPEST:
        return OMITTED
    if isinstance(value, Mapping):
        return {
            key: OMITTED if key in _OUTPUT_FIELDS else _omitted(item, depth=depth + 1)
            for key, item in value.items()
        }
    return [_omitted(item, depth=depth + 1) for item in value]
