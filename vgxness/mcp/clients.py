"""What each client does to a server's list before its model sees it, as measured on the real clients.

A client that is not in the table gets the form that most share: the tool's name behind the server's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vgxness.contract.tool import Profile, Tool
from vgxness.kernel.catalogue import Catalogue
from vgxness.mcp.instructions import INSTRUCTIONS
from vgxness.mcp.listing import selected, wire_tool
from vgxness.tokens import Form

LONGEST_NAME: Final = 64
"""Models refuse a tool whose name is longer; clients pass such names on."""

_SERVER: Final = "vgxness"
_COMBINATORS: Final = ("anyOf", "oneOf", "allOf")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRules:
    """How one client hands an MCP server to its model.

    Attributes:
        title: the client's own name.
        prefix: before a tool's name; `{server}` is the server's.
        schema_key: what the schema is called in the request.
        cut: characters after which a description, or the instructions, are cut; None for never.
        drops_combinators: whether a tool whose schema has a combinator on top is left out in silence.
        needs_object: whether one schema without `type: object` costs the server all its tools.
        note: what a reader of the count should know.
    """

    title: str
    prefix: str = "{server}_"
    schema_key: str = "input_schema"
    cut: int | None = None
    drops_combinators: bool = False
    needs_object: bool = False
    note: str = ""


CLIENTS: Final[Mapping[str, ClientRules]] = {
    "antigravity": ClientRules(
        title="Antigravity",
        prefix="mcp_{server}_",
        schema_key="parameters",
        note="It keeps tool schemas in files and loads them when they are wanted, so a session pays less.",
    ),
    "claude-code": ClientRules(
        title="Claude Code",
        prefix="mcp__{server}__",
        cut=2_048,
        drops_combinators=True,
        needs_object=True,
        note="With its tool search on, only the tools' names are loaded until one is wanted.",
    ),
    "gemini-cli": ClientRules(title="Gemini CLI", prefix="mcp_{server}_", schema_key="parameters"),
    "opencode": ClientRules(title="OpenCode", schema_key="parameters"),
}
_ANY: Final = ClientRules(title="")


def rules_of(provider: str) -> ClientRules:
    """Return how a provider's client hands servers on."""
    return CLIENTS.get(provider, _ANY)


def name_before_model(rules: ClientRules, server: str, tool: str) -> str:
    """Return the name under which a model knows a tool."""
    return re.sub(r"[^a-zA-Z0-9_-]", "_", rules.prefix.format(server=server) + tool)


def form_of(catalogue: Catalogue, provider: str) -> Form:
    """Return what a client puts before its model of our server."""
    rules = rules_of(provider)
    profiles: tuple[Profile, ...] = ("core", "full")
    lists = {
        profile: compact([_sent(rules, offer.value) for offer in selected(catalogue, profile)])
        for profile in profiles
    }
    return Form(tools=lists, instructions=_cut(rules, INSTRUCTIONS), note=rules.note)


def compact(value: object) -> str:
    """Return a value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def client_faults(tool: Tool) -> Iterable[str]:
    """Yield what each client would do to a tool's declaration that its author did not mean."""
    for rules in CLIENTS.values():
        yield from _faults(rules, tool)


def _faults(rules: ClientRules, tool: Tool) -> Iterable[str]:
    schema = tool.input_schema
    if rules.needs_object and schema.get("type") != "object":
        yield f"{rules.title} loses all tools of the server for {tool.name}: its schema's type is not object"
    combinators = [word for word in _COMBINATORS if word in schema]
    if rules.drops_combinators and combinators:
        yield f"{rules.title} drops {tool.name} in silence: its schema has {combinators[0]} on top"
    if rules.cut is not None and len(tool.description) > rules.cut:
        yield f"{rules.title} cuts the description of {tool.name} after {rules.cut:,} characters"
    named = name_before_model(rules, _SERVER, tool.name)
    if len(named) > LONGEST_NAME:
        yield f"{rules.title} calls it {named}: models refuse names of over {LONGEST_NAME} characters"


def _sent(rules: ClientRules, tool: Tool) -> dict[str, Any]:
    return {
        "name": name_before_model(rules, _SERVER, tool.name),
        "description": _cut(rules, tool.description),
        rules.schema_key: wire_tool(tool)["inputSchema"],
    }


def _cut(rules: ClientRules, text: str) -> str:
    return text if rules.cut is None else text[: rules.cut]
