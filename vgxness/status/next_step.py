"""Decides the one next step; the first rule that applies wins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vgxness.contract.storage import StoreStatus
from vgxness.status.models import MemoryLine, NextStep, ProviderLine

NOT_SET_UP: Final = "not set up"
_BY_HAND: Final = ("unreadable", "foreign", "disabled")
_UNWELL: Final = ("missing", "stale")


def next_step(
    *,
    database: StoreStatus,
    providers: Sequence[ProviderLine],
    memory: MemoryLine | None,
    broken_plugins: Sequence[str],
    switched_off: Sequence[str] = (),
) -> NextStep:
    """Return what a person should do now, or that nothing needs doing.

    `switched_off` names the plugins that the user disabled.
    """
    return (
        _database_step(database)
        or _provider_step(providers, switched_off)
        or _plugin_step(broken_plugins)
        or _memory_step(memory)
        or _edited_step(providers)
        or NextStep(summary="Nothing needs doing. Your agent remembers by itself.")
    )


def _database_step(database: StoreStatus) -> NextStep | None:
    if database.state == "outdated":
        return NextStep(summary="The database is behind this vgxness.", command="vgxness db upgrade")
    if database.state in ("newer", "foreign", "corrupt"):
        return NextStep(
            summary=f"The database is {database.state}: {database.note}", command="vgxness db status"
        )
    return None


def _provider_step(providers: Sequence[ProviderLine], switched_off: Sequence[str]) -> NextStep | None:
    lost = [name for name in switched_off if not providers or name in {line.name for line in providers}]
    if lost:
        return NextStep(
            summary=f"The plugin {lost[0]} is switched off.", command=f"vgxness plugins enable {lost[0]}"
        )
    if not providers:
        return NextStep(summary="No provider plugin is installed.", command="pip install vgxness-opencode")
    for line in providers:
        if line.state in _BY_HAND:
            command = f"vgxness setup status --provider {line.name} --config-scope {line.scope}"
            return NextStep(summary=line.detail, command=command)
        if line.state in _UNWELL:
            return NextStep(
                summary=f"{line.title}'s configuration is {line.state}.",
                command=f"vgxness setup diff --provider {line.name} --config-scope {line.scope}",
            )
    names = {line.name for line in providers if line.state != NOT_SET_UP}
    if names:
        return None
    return _first_plan(providers)


def _first_plan(providers: Sequence[ProviderLine]) -> NextStep:
    found = [line for line in providers if line.found]
    if not found and len(providers) > 1:
        summary = "No agent client was found here; the plan shows what would be written for each."
        return NextStep(summary=summary, command="vgxness setup plan --all")
    first = (found or list(providers))[0]
    summary = f"{first.title} is not set up yet; the plan shows what would be written."
    return NextStep(summary=summary, command=f"vgxness setup plan --provider {first.name}")


def _edited_step(providers: Sequence[ProviderLine]) -> NextStep | None:
    for line in providers:
        if line.state == "user-edited":
            return NextStep(
                summary=f"The vgxness entry of {line.title} was edited by hand; see whether it still works.",
                command=f"vgxness setup diff --provider {line.name} --config-scope {line.scope}",
            )
    return None


def _plugin_step(broken: Sequence[str]) -> NextStep | None:
    if not broken:
        return None
    return NextStep(summary=f"{len(broken)} plugin(s) are broken.", command="vgxness plugins list")


def _memory_step(memory: MemoryLine | None) -> NextStep | None:
    if memory is None or memory.project + memory.personal == 0:
        return NextStep(
            summary="Start your agent: it saves and recalls by itself. Or save something yourself.",
            command='vgxness memory save --title "…" --content "…"',
        )
    return None
