"""The doctor's questions about the MCP surface."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from vgxness.contract.check import Finding
from vgxness.contract.tool import Profile
from vgxness.kernel.catalogue import Catalogue
from vgxness.mcp.asking import SECONDS, Unheard, ask
from vgxness.mcp.clients import client_faults
from vgxness.mcp.instructions import INSTRUCTIONS
from vgxness.mcp.listing import (
    CORE_TOKEN_BUDGET,
    FULL_TOKEN_BUDGET,
    schema_faults,
    selected,
    tokens,
    wire_tool,
)
from vgxness.setup import SetupService
from vgxness.setup.programs import own_commands

SLOW_SECONDS: Final = 5.0
"""From a server's start to its list; some clients show an agent no tools that come later."""

_MOST_STARTED: Final = 3


class HasCatalogue(Protocol):
    """What this check needs of the host."""

    @property
    def catalogue(self) -> Catalogue:
        """What all plugins offer."""
        ...


class HasSetup(Protocol):
    """What the check of the server's start needs of the host."""

    @property
    def setup(self) -> SetupService:
        """Providers' configuration."""
        ...

    def environment(self, name: str) -> str | None:
        """Return an environment variable's value, or None where it is unset or empty."""
        ...


def tools(host: HasCatalogue) -> Finding:
    """Find tools that clients drop, and a list that costs an agent more context than promised."""
    faults = [
        fault
        for offer in host.catalogue.tools
        for fault in (*schema_faults(offer.value), *client_faults(offer.value))
    ]
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


def start(host: HasSetup) -> Finding:
    """Start the server as each client would, in a throw-away home, and time it until its tools are listed."""
    # Only what setup wrote is started: a file that came with a project may name any program `vgxness`.
    commands = sorted(one for one in own_commands(host.setup) if one[-2:] == ("mcp", "serve"))[:_MOST_STARTED]
    if not commands:
        return Finding(severity="skipped", summary="No client was told to start vgxness.")
    evidence: list[str] = []
    slow, deaf = False, False
    for command in commands:
        try:
            seconds = _seconds_to_list(command, host.environment("PATH") or os.defpath)
            slow = slow or seconds > SLOW_SECONDS
            evidence.append(f"{command[0]}: its tools were listed after {seconds:.1f} s")
        except Unheard as outcome:
            deaf = True
            evidence.append(f"{command[0]}: {outcome}")
    if deaf:
        hint = "vgxness setup apply; the server's own words are in vgxness.log in the state directory"
        summary = f"The server does not list its tools within {SECONDS:.0f} s."
        return Finding(severity="error", summary=summary, evidence=tuple(evidence), hint=hint)
    return Finding(
        severity="warning" if slow else "ok",
        summary=f"{'The server is slow: ' if slow else ''}{evidence[0].partition(': ')[2]}"
        f" (a warning over {SLOW_SECONDS:.0f} s).".capitalize(),
        evidence=tuple(evidence),
        hint="Look for a slow disk, a virus scanner or many plugins: vgxness plugins list" if slow else "",
    )


def _seconds_to_list(command: Sequence[str], path: str) -> float:
    with tempfile.TemporaryDirectory(prefix="vgxness-start-", ignore_cleanup_errors=True) as scratch:
        home = Path(scratch)
        return ask(command, environment=isolated(home, path), directory=home).seconds


def isolated(home: Path, path: str) -> Mapping[str, str]:
    """Return an environment in which a server of ours reads and writes nothing outside a home."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "LANG") if name in os.environ}
    return {
        **kept,
        "PATH": path,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home),
        "LOCALAPPDATA": str(home),
        "TMPDIR": str(home),
        "VGXNESS_DB_PATH": str(home / "memory.sqlite"),
    }


def cost_of_profile(catalogue: Catalogue, profile: Profile) -> int:
    """Return the estimated tokens of a profile's tool list and the server's instructions together."""
    listed = [wire_tool(offer.value) for offer in selected(catalogue, profile)]
    return tokens({"tools": listed}) + tokens(INSTRUCTIONS)
