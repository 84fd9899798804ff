"""Entries of ours that somebody switched off in the client's own way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.values import Missing, same

_SWITCHES: Final = ("enabled", "disabled")


def is_disabled(standing: JsonValue | Missing, ours: JsonValue) -> bool:
    """Tell whether somebody switched our entry off: its `enabled` to false, or a `disabled` added."""
    if not isinstance(standing, Mapping) or not isinstance(ours, Mapping):
        return False
    if standing.get("disabled") is True and ours.get("disabled") is not True:
        return True
    return standing.get("enabled") is False and ours.get("enabled") is True


def is_only_disabled(standing: JsonValue | Missing, ours: JsonValue) -> bool:
    """Tell whether an entry is ours but for being switched off, as in a copied configuration."""
    if not isinstance(standing, Mapping) or not isinstance(ours, Mapping):
        return False
    if not is_disabled(standing, ours):
        return False
    theirs = {key: value for key, value in standing.items() if key not in _SWITCHES}
    return same(theirs, {key: value for key, value in ours.items() if key not in _SWITCHES})
