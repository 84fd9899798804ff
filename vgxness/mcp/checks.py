"""The doctor's question about the MCP surface."""

from __future__ import annotations

from typing import Protocol

from vgxness.contract.check import Finding
from vgxness.contract.tool import Profile
from vgxness.kernel.catalogue import Catalogue
from vgxness.mcp.instructions import INSTRUCTIONS
from vgxness.mcp.listing import (
    CORE_TOKEN_BUDGET,
    FULL_TOKEN_BUDGET,
    schema_faults,
    selected,
    tokens,
    wire_tool,
)


class HasCatalogue(Protocol):
    """What this check needs of the host."""

    @property
    def catalogue(self) -> Catalogue:
        """What all plugins offer."""
        ...


def tools(host: HasCatalogue) -> Finding:
    """Find tools that clients drop, and a list that costs an agent more context than promised."""
    faults = [fault for offer in host.catalogue.tools for fault in schema_faults(offer.value)]
    budgets: tuple[tuple[Profile, int], ...] = (("core", CORE_TOKEN_BUDGET), ("full", FULL_TOKEN_BUDGET))
    evidence: list[str] = []
    for profile, budget in budgets:
        offers = selected(host.catalogue, profile)
        cost = cost_of_profile(host.catalogue, profile)
        evidence.append(f"{profile}: {len(offers)} tools, about {cost} of {budget} tokens")
        if cost > budget:
            faults.append(f"the {profile} profile costs about {cost} tokens, over its budget of {budget}")
    if faults:
        return Finding(
            severity="warning",
            summary="Some tools will be dropped or cost too much.",
            evidence=(*faults, *evidence),
            hint="vgxness mcp tools --profile full",
        )
    core = cost_of_profile(host.catalogue, "core")
    return Finding(
        severity="ok",
        summary=f"Clients accept every tool; the core list costs an agent about {core} tokens.",
        evidence=tuple(evidence),
    )


def cost_of_profile(catalogue: Catalogue, profile: Profile) -> int:
    """Return the estimated tokens of a profile's tool list and the server's instructions together."""
    listed = [wire_tool(offer.value) for offer in selected(catalogue, profile)]
    return tokens({"tools": listed}) + tokens(INSTRUCTIONS)
