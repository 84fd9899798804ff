"""The values of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ChargeKind = Literal["tools-core", "tools-full", "instructions", "block", "session-start"]
ServerState = Literal["counted", "failed", "off", "remote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What of our server a client puts before its model, in the client's own form.

    Attributes:
        tools: the tool list as JSON, by profile: "core" and "full".
        instructions: of the server, as far as the client passes them on.
        note: what else the client does with the list, one sentence, or "".
    """

    tools: Mapping[str, str]
    instructions: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One thing that costs an agent context.

    Attributes:
        what: which kind of thing.
        where: the file that holds it, or "".
        tokens: by the ledger's tokenizer.
        at_most: whether it is a bound, and the real cost is lower.
    """

    what: ChargeKind
    where: str
    tokens: int
    at_most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCharges:
    """What we cost in one provider.

    Attributes:
        is_set_up: whether that is so now, or would be after a setup.
        charges: of both profiles; one of the two is served.
        core: what a session costs with the core profile, everything together.
        full: the same with the full profile.
        note: what the client does with the list, or "".
    """

    provider: str
    title: str
    scope: str
    is_set_up: bool
    charges: tuple[Charge, ...]
    core: int
    full: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerForm:
    """One of the user's other servers, as it was asked.

    Attributes:
        client: whose configuration names it, with the scope.
        name: as it stands there.
        state: "counted" where it answered.
        listing: what it answered: its tools and instructions as one JSON text; "" where it did not.
        tools: how many it lists.
        seconds: from its start to its answer.
        reason: why there is no count, or "".
    """

    client: str
    name: str
    state: ServerState
    listing: str = ""
    tools: int = 0
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerCharge:
    """What one of the user's other servers costs; the fields are those of `ServerForm`."""

    client: str
    name: str
    state: ServerState
    tools: int
    tokens: int
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All of it.

    Attributes:
        tokenizer: which one counted.
        exact: whether it is a real one.
        note: what its count is worth.
        servers: None where nobody asked for them.
    """

    tokenizer: str
    exact: bool
    note: str
    providers: tuple[ProviderCharges, ...]
    servers: tuple[ServerCharge, ...] | None = None
