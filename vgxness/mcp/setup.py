"""The tools with which an agent looks at providers' configuration; changing it is a person's.

What stands in a user's files may come from anybody: lines of it are redacted and returned in one fence.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from vgxness.contract.json_value import JsonObject, JsonValue
from vgxness.contract.provider import ConfigScope
from vgxness.mcp.memory import lean, text
from vgxness.memory.budget import leading, tokens
from vgxness.memory.recall import fence

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.contract.context import Context
    from vgxness.doctor import Diagnosis
    from vgxness.setup import ListedServers, Plan, PlannedTarget, ProviderStatus, Receipt, SetupService

ANSWER_TOKENS: Final = 1_100
"""What rows and quoted lines of an answer may cost together; with its frame it stays under 1,500."""

_QUOTED_TOKENS: Final = 500
_SCOPES: Final[tuple[ConfigScope, ...]] = ("user", "project")
_STARTS_PROGRAMS: Final = ("setup.live", "setup.versions", "mcp.start")
"""The checks that start a program; a tool that an agent calls freely leaves them to a person."""


def status(app: App, arguments: JsonObject) -> JsonObject:
    """Return how each provider's files stand against what was written."""
    chosen = _chosen(app, arguments)
    rows = [
        (provider, target)
        for scope in _scopes(arguments)
        for provider in app.setup.status(chosen, scope=scope)
        for target in (provider.targets or (None,))
        if scope == "user" or (target and target.drift != "absent")
    ]
    files: list[JsonObject] = []
    quoted: list[str] = []
    for provider, target in rows:
        row: dict[str, JsonValue] = {
            "provider": provider.provider,
            "client": _client(provider),
            "scope": provider.scope,
            "problem": provider.problem.message if provider.problem else None,
        }
        if target:
            row |= {"file": str(target.path), "state": target.drift}
            if target.drift not in ("in-sync", "absent"):
                row |= {"summary": target.summary, "next": target.hint}
                quoted += [f"{target.path}:", *(f"  {line}" for line in target.lines)] if target.lines else []
        files.append(lean(row))
    return _answer("files", files, quoted, rest="vgxness setup status")


def doctor(app: App, arguments: JsonObject) -> JsonObject:
    """Return what the checks of setup and of the clients find, the worst first."""
    from vgxness.doctor import Doctor

    provider = text(arguments, "provider")
    _chosen(app, arguments)
    ids = _checks_of(app, provider)
    context = cast("Context", _Narrowed(app, provider)) if provider else app
    report = Doctor(app.catalogue, context=context).examine(ids)
    order = ("error", "warning", "info", "ok", "skipped")
    found = sorted(report.diagnoses, key=lambda one: order.index(one.severity))
    quoted = [line for one in found if one.severity in order[:2] for line in _told(one)]
    rows = [lean({"id": one.id, "severity": one.severity, "next": one.hint}) for one in found]
    answer = _answer("checks", rows, quoted, rest="vgxness doctor")
    left = ", ".join(one for one in _STARTS_PROGRAMS)
    return {
        "healthy": report.is_healthy,
        **answer,
        "not_asked": f"{left}: they start programs; vgxness doctor",
    }


def change_plan(app: App, arguments: JsonObject) -> JsonObject:
    """Return what an apply would write, and the command with which a person may run it."""
    scope = cast("ConfigScope", text(arguments, "scope") or "user")
    plan = app.setup.plan(_chosen(app, arguments), scope=scope)
    quoted = [target.diff for target in plan.targets if target.diff]
    rows = [_target(target) for target in plan.targets]
    answer = _answer("targets", rows, quoted, rest="vgxness setup plan")
    head: dict[str, JsonValue] = {"digest": plan.digest, "scope": plan.scope, "notices": list(plan.notices)}
    return {**lean(head), **answer, **_step(plan)}


def _chosen(app: App, arguments: JsonObject) -> tuple[str, ...]:
    """Return the provider asked for, or none for all; raises `unknown_provider` with the known ones."""
    name = text(arguments, "provider")
    if not name:
        return ()
    app.setup.status((name,))
    return (name,)


def _scopes(arguments: JsonObject) -> tuple[ConfigScope, ...]:
    asked = text(arguments, "scope")
    return (cast("ConfigScope", asked),) if asked else _SCOPES


def _client(provider: ProviderStatus) -> str:
    return f"{provider.title} {provider.version}".strip() if provider.found else f"{provider.title} not found"


def _checks_of(app: App, provider: str) -> list[str]:
    """Return the ids of setup's checks and of those that come from provider plugins, or from one."""
    plugins = {
        offer.plugin.name for offer in app.catalogue.providers if not provider or offer.value.name == provider
    }
    return [
        offer.value.id
        for offer in app.catalogue.checks
        if (offer.value.id.startswith("setup.") or offer.plugin.name in plugins)
        and offer.value.id not in _STARTS_PROGRAMS
    ]


def _told(one: Diagnosis) -> tuple[str, ...]:
    """Return all that a finding says; its sentences name servers and files as strangers named them."""
    return (f"{one.id}: {one.summary}", *(f"  {line}" for line in (*one.evidence, *one.quotes)))


def _target(target: PlannedTarget) -> JsonObject:
    problem = target.problem
    row: dict[str, JsonValue] = {
        "provider": target.party.provider,
        "file": str(target.path),
        "action": target.action,
        "reason": target.reason,
        "not_expressed": list(target.not_expressed),
    }
    if problem:
        row["problem"] = {"code": problem.code, "cause": problem.cause, "next": problem.hint}
    return lean(row)


def _step(plan: Plan) -> JsonObject:
    if not plan.changes:
        return {"next": "Nothing to write."}
    names = sorted({change.party.provider for change in plan.changes})
    words = ["vgxness", "setup", "apply", *(word for name in names for word in ("--provider", name))]
    words += ["--config-scope", plan.scope, "--plan-digest", plan.digest]
    return {"next": "Nothing was written. Ask the user to run this command.", "command": shlex.join(words)}


def _fitting(rows: Sequence[JsonObject], room: int) -> list[JsonObject]:
    """Return the leading rows that fit into so many tokens, one at least where there is one."""
    kept: list[JsonObject] = []
    for row in rows:
        room -= tokens(json.dumps(row, ensure_ascii=False))
        if room < 0 and kept:
            break
        kept.append(row)
    return kept


def _answer(
    name: str, rows: Sequence[JsonObject], quoted: Sequence[str], *, rest: str
) -> dict[str, JsonValue]:
    """Return rows and what they quote, both as far as there is room; `rest` is where the whole stands."""
    room = ANSWER_TOKENS - min(_QUOTED_TOKENS, tokens("\n".join(quoted)))
    kept = _fitting(rows, room)
    answer: dict[str, JsonValue] = {name: kept}
    if left_out := len(rows) - len(kept):
        answer["left_out"] = left_out
    if quoted:
        whole = "\n".join(quoted)
        shown = leading(whole, _QUOTED_TOKENS)
        answer["quoted"] = fence(shown if shown == whole else f"{shown}\n… the rest: {rest}")
    return answer


class _Narrowed:
    """The app with one provider's setup only, for checks that look at all of them."""

    def __init__(self, app: App, provider: str) -> None:
        self._app = app
        self.setup = _OneProvider(app.setup, provider)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the app has of this name
        return getattr(self._app, name)


class _OneProvider:
    """What checks ask of setup, about one provider."""

    def __init__(self, setup: SetupService, provider: str) -> None:
        self._setup = setup
        self._names = (provider,)
        self.providers = self._names

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- what is not about providers
        return getattr(self._setup, name)

    def status(self, *, scope: ConfigScope = "user") -> tuple[ProviderStatus, ...]:
        return self._setup.status(self._names, scope=scope)

    def receipts(self, *, scope: ConfigScope = "user") -> tuple[Receipt, ...]:
        return self._setup.receipts(self._names, scope=scope)

    def servers(self) -> ListedServers:
        return self._setup.servers(self._names)
