"""The steps of the demo, each with what it proved; a step that proves nothing raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from vgxness.demo.stage import Stage
from vgxness.errors import VgxnessError

PROVIDER: Final = "opencode"
_TITLE: Final = "Prices are integer cents"
_CONTENT: Final = "Floats lost a cent in the March invoice. Decided: store prices as integer cents."
_QUESTION: Final = "why did we stop using floats for prices?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step that succeeded.

    Attributes:
        title: what was done, as a command where it was one.
        proved: what its outcome shows, one sentence.
        shown: lines worth a look, such as a diff.
    """

    title: str
    proved: str
    shown: tuple[str, ...] = ()


def play(stage: Stage) -> Iterator[Step]:
    """Play the main job on the stage, step by step.

    Raises:
        VgxnessError: `internal_error` naming the step whose outcome was not as promised.
    """
    stage.build()
    before = stage.fingerprint()
    with_provider = any(plugin["name"] == PROVIDER for plugin in stage.run("plugins", "list"))
    if with_provider:
        yield from _set_up(stage, before)
    else:
        yield Step(
            title="setup",
            proved="Skipped: no provider plugin is installed.",
            shown=("pip install vgxness-opencode",),
        )
    yield from _remember(stage)
    yield _examine(stage)
    if with_provider:
        yield _roll_back(stage, before)


def _set_up(stage: Stage, before: dict[str, str]) -> Iterator[Step]:
    plan = stage.run("setup", "plan", "--provider", PROVIDER)
    _hold(stage.fingerprint() == before, "the plan changed a file")
    shown = tuple(line for target in plan["targets"] for line in target["diff"].splitlines()[2:])
    yield Step(title="vgxness setup plan", proved="A diff and a digest; not a byte was written.", shown=shown)
    stage.run("setup", "apply", "--provider", PROVIDER, "--yes", "--plan-digest", plan["digest"])
    written = stage.config.read_text(encoding="utf-8")
    _hold('"vgxness"' in written, "the entry is missing")
    _hold("// easy on the eyes" in written, "the user's comment is gone")
    yield Step(
        title="vgxness setup apply --yes",
        proved="Written as planned, bound to the digest; the user's settings and comments are still there.",
    )


def _remember(stage: Stage) -> Iterator[Step]:
    import asyncio

    first, second = asyncio.run(_sessions(stage))
    saved, tools, protocol = first["saved"], len(first["tools"]), first["protocol"]
    yield Step(
        title="an MCP client starts `vgxness mcp serve` and saves",
        proved=f"{tools} tools over protocol {protocol}; a decision is kept as {saved['id']}.",
    )
    hits = second["found"]["hits"]
    _hold(bool(hits) and hits[0]["id"] == saved["id"], "the second session did not find the decision")
    _hold(_CONTENT in str(second["got"]), "the decision came back changed")
    yield Step(
        title=f"a second client asks: {_QUESTION}",
        proved="Found first, in a new process, by a question in other words; read back whole.",
        shown=(f"{hits[0]['title']}  ({hits[0]['id']})",),
    )
    yield Step(
        title="the session ends with a summary", proved=f"Kept for the next one as {second['ended']['id']}."
    )


async def _sessions(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    import sys

    from vgxness.mcp.client import connect

    command = (sys.executable, "-m", "vgxness", *stage.options, "mcp", "serve")
    async with connect(command, environment=stage.variables, directory=stage.workspace) as client:
        first: dict[str, Any] = {
            "protocol": client.protocol_version,
            "tools": await client.tools(),
            "saved": await client.call(
                "vgxness_memory_save", title=_TITLE, content=_CONTENT, kind="decision"
            ),
        }
    async with connect(command, environment=stage.variables, directory=stage.workspace) as client:
        found = await client.call("vgxness_memory_search", query=_QUESTION)
        second = {
            "found": found,
            "got": await client.call("vgxness_memory_get", id=first["saved"]["id"]),
            "ended": await client.call(
                "vgxness_session_end", summary="Settled how prices are stored. Next: invoices."
            ),
        }
    return first, second


def _examine(stage: Stage) -> Step:
    # Not setup.live: a real client on this machine would take longer than the whole demo.
    files = ("setup.drift", "setup.files", "setup.interrupted", "setup.server")
    report = stage.run("doctor", "plugins", "storage", "project", "memory", "mcp", *files)
    _hold(bool(report["healthy"]), "doctor found an error")
    count = len(report["checks"])
    return Step(title="vgxness doctor", proved=f"{count} checks, no error.")


def _roll_back(stage: Stage, before: dict[str, str]) -> Step:
    stage.run("setup", "rollback", "--provider", PROVIDER, "--yes")
    _hold(stage.fingerprint() == before, "the home differs from before")
    return Step(
        title="vgxness setup rollback --yes",
        proved="The user's home is byte for byte what it was, modes included.",
    )


def _hold(is_true: bool, otherwise: str) -> None:  # noqa: FBT001 -- reads as an assertion
    if not is_true:
        raise VgxnessError("internal_error", f"The demo did not hold: {otherwise}.", hint="vgxness doctor")
