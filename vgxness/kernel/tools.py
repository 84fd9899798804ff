"""Calls an MCP tool: finds it, checks its arguments against the declared schema, runs its target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from vgxness.contract.context import Context
from vgxness.contract.json_value import JsonObject
from vgxness.contract.tool import Tool
from vgxness.errors import VgxnessError
from vgxness.kernel.catalogue import Catalogue, Offer
from vgxness.kernel.target import failed, resolve

Handler = Callable[[Context, JsonObject], JsonObject]
MAX_ARGUMENT_CHARACTERS: Final = 1_000_000


class Tools:
    """The tools of a catalogue, ready to be called."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._offers = {offer.value.name: offer for offer in catalogue.tools}
        self._validators: dict[str, Callable[[JsonObject], str]] = {}

    def call(self, context: Context, name: str, arguments: JsonObject) -> JsonObject:
        """Return the tool's answer.

        Raises:
            VgxnessError: `unknown_tool`; `usage` naming the argument that does not fit its schema;
                `too_large` for more than a million characters; `plugin_failed` where a stranger's
                tool raises something else; or the tool's own.
        """
        offer = self._offers.get(name)
        if offer is None:
            raise VgxnessError(
                "unknown_tool", f"No tool is named {name[:80]!r}.", hint="vgxness mcp tools --profile full"
            )
        self._validate(offer, arguments)
        handler = cast("Handler", resolve(offer.value.target, offer.plugin))
        return _run(handler, offer, context, arguments)

    def _validate(self, offer: Offer[Tool], arguments: JsonObject) -> None:
        if _size(arguments) > MAX_ARGUMENT_CHARACTERS:
            raise VgxnessError(
                "too_large",
                f"The arguments of {offer.value.name} are over {MAX_ARGUMENT_CHARACTERS:,} characters.",
                hint="Send less; nothing was stored.",
            )
        validator = self._validators.get(offer.value.name)
        if validator is None:
            validator = self._validators[offer.value.name] = _validator(offer.value)
        fault = validator(arguments)
        if fault:
            raise VgxnessError(
                "usage",
                f"{offer.value.name}: {fault}",
                hint=f"It takes: {', '.join(_properties(offer.value))}.",
            )


def _run(handler: Handler, offer: Offer[Tool], context: Context, arguments: JsonObject) -> JsonObject:
    try:
        answer = handler(context, arguments)
    except VgxnessError:
        raise
    except Exception as error:
        if offer.plugin.builtin:
            raise
        raise failed(offer.plugin, f"its tool {offer.value.name} raised", error) from error
    if not isinstance(answer, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] -- a stranger's handler may return anything
        what = TypeError(f"a {type(answer).__name__} instead of an object")
        raise failed(offer.plugin, f"its tool {offer.value.name} returned rubbish", what)
    return answer


def _validator(tool: Tool) -> Callable[[JsonObject], str]:
    """Return a function that says what about arguments does not fit the tool's schema, or ""."""
    from jsonschema import Draft202012Validator, exceptions

    # jsonschema ships without complete types; this function is its whole use here.
    choose = cast("Any", exceptions).best_match
    validator: Any = Draft202012Validator(dict(tool.input_schema))

    def fault(arguments: JsonObject) -> str:
        error = choose(validator.iter_errors(arguments))
        if error is None:
            return ""
        where = ".".join(str(part) for part in error.absolute_path)
        reason = _reason(str(error.validator), error.validator_value, error.message)
        return f"{where}: {reason}" if where else reason

    return fault


def _properties(tool: Tool) -> list[str]:
    properties = tool.input_schema.get("properties")
    return list(properties) if isinstance(properties, Mapping) else []


def _reason(rule: str, allowed: object, message: str) -> str:
    # jsonschema's own messages quote the value, which may be huge or secret; what is allowed is neither.
    if rule in _SAFE_RULES:
        return message[:200]
    return f"{_RULES.get(rule, rule)} {allowed}".strip()[:200]


_SAFE_RULES: Final = frozenset({"required", "additionalProperties", "dependentRequired"})
_RULES: Final = {
    "type": "must be of type",
    "enum": "must be one of",
    "minimum": "must be at least",
    "maximum": "must be at most",
    "minLength": "must be longer; least characters:",
    "maxLength": "must be shorter; most characters:",
    "pattern": "must match",
}


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        items = cast("Mapping[str, object]", value).items()
        return sum(len(key) + _size(item) for key, item in items)
    if isinstance(value, list | tuple):
        return sum(_size(item) for item in cast("list[object]", value))
    return 8
