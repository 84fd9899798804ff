"""What the server lists: chosen from the catalogue, in the protocol's own shape; no SDK is needed for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from vgxness.contract.json_value import JsonObject
from vgxness.contract.tool import Profile, Tool
from vgxness.errors import VgxnessError
from vgxness.kernel.catalogue import Catalogue, Offer
from vgxness.tokens.tokenizer import ESTIMATE

CORE_TOKEN_BUDGET: Final = 2_000
FULL_TOKEN_BUDGET: Final = 8_000

WORKSPACE: Final = "workspace"
"""The argument that the host adds to every tool: which directory the call is about."""


def selected(catalogue: Catalogue, profile: Profile, names: Sequence[str] = ()) -> tuple[Offer[Tool], ...]:
    """Return the tools that are served: those named, else those of the profile.

    Raises:
        VgxnessError: `unknown_tool` for a name that no plugin offers.
    """
    offers = {offer.value.name: offer for offer in catalogue.tools}
    unknown = [name for name in names if name not in offers]
    if unknown:
        raise VgxnessError(
            "unknown_tool", f"No tool is named {unknown[0]!r}.", hint="vgxness mcp tools --profile full"
        )
    if names:
        return tuple(offers[name] for name in sorted(set(names)))
    return tuple(offer for offer in catalogue.tools if profile == "full" or offer.value.profile == "core")


def wire_tool(tool: Tool) -> dict[str, Any]:
    """Return a tool as `tools/list` sends it; false hints are left out, they are the protocol's default."""
    hints = {
        "readOnlyHint": tool.read_only,
        # A tool that is not read-only counts as destructive unless it says otherwise.
        **({} if tool.read_only else {"destructiveHint": tool.destructive}),
        **({"idempotentHint": True} if tool.idempotent else {}),
        "openWorldHint": False,
    }
    return {
        "name": tool.name,
        "description": tool.description,
        "inputSchema": _with_workspace(tool.input_schema),
        "annotations": hints,
    }


def _with_workspace(schema: JsonObject) -> dict[str, Any]:
    own = cast("JsonObject", schema.get("properties", {}))
    return {**schema, "properties": {WORKSPACE: {"type": "string"}, **own}}


def takes_workspace(tool: Tool) -> bool:
    """Whether the tool itself declares the argument that the host would otherwise keep from it."""
    return WORKSPACE in cast("JsonObject", tool.input_schema.get("properties", {}))


def tokens(value: object) -> int:
    """Return what a value costs an agent's context, estimated at four bytes of compact JSON a token."""
    return ESTIMATE.count(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def schema_faults(tool: Tool) -> Iterable[str]:
    """Yield what clients would refuse about a tool's declaration, one sentence each."""
    schema = tool.input_schema
    if schema.get("type") != "object":
        yield f"{tool.name}: the schema's type is not object, for which a client drops the whole server"
    for keyword in ("anyOf", "oneOf", "allOf"):
        if keyword in schema:
            yield f"{tool.name}: a top-level {keyword}, for which a client drops the tool"
    if len(tool.name) > 50 or not tool.name.replace("_", "").isalnum():
        yield f"{tool.name}: the name is not 1 to 50 letters, digits and underscores"
