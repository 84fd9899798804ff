"""An MCP tool, as a plugin declares it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vgxness.contract.json_value import JsonObject

Profile = Literal["core", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool of the MCP server: `tools/list` is made of these declarations alone.

    Attributes:
        name: unique, `[a-z0-9_]`, at most 50 characters (a client puts the server's name before it
            and models refuse names over 64).
        description: says *when* to use the tool; the first 200 characters matter most.
        input_schema: a flat JSON schema object (`type: object`, no top-level anyOf, oneOf or allOf);
            the host validates arguments against it before the target is imported.
        target: `"pkg.mod:attr"`, called with `(context, arguments)`; returns a JSON object that stands
            alone, or raises `VgxnessError`.
        profile: "core" is served by default and must stay small; "full" holds everything.
        read_only: it writes nothing, anywhere, not even a database file.
        destructive: it may remove or overwrite what a user can't get back.
        idempotent: calling it again with the same arguments changes nothing more.
    """

    name: str
    description: str
    input_schema: JsonObject
    target: str
    profile: Profile = "full"
    read_only: bool = False
    destructive: bool = False
    idempotent: bool = False
