"""Loads plugins, calls each implementation by itself, and returns one frozen catalogue.

Anything a plugin does wrong, at import, at registration or at the call, becomes a state of its row.
It may catch every exception, because it stands between the host and code that the host did not write.
"""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, Final, cast

import pluggy

from vgxness.contract.check import Check
from vgxness.contract.command import Command
from vgxness.contract.prompt import Prompt
from vgxness.contract.provider import ProviderAdapter
from vgxness.contract.resource import Resource
from vgxness.contract.storage import StorageBackend
from vgxness.contract.tool import Tool
from vgxness.kernel import hookspecs
from vgxness.kernel.catalogue import Catalogue, Offer, Plugin, PluginState
from vgxness.kernel.discovery import Found
from vgxness.kernel.silence import stdout_to_stderr


@dataclass(frozen=True, slots=True)
class Hook:
    """How the host reads one hook: the type of its values and the attribute that names each."""

    type: type
    key: str
    field: str


HOOKS: Final[dict[str, Hook]] = {
    "vgxness_provider_adapters": Hook(ProviderAdapter, "name", "providers"),
    "vgxness_storage_backends": Hook(StorageBackend, "scheme", "storage_backends"),
    "vgxness_mcp_tools": Hook(Tool, "name", "tools"),
    "vgxness_mcp_resources": Hook(Resource, "name", "resources"),
    "vgxness_mcp_prompts": Hook(Prompt, "name", "prompts"),
    "vgxness_commands": Hook(Command, "name", "commands"),
    "vgxness_doctor_checks": Hook(Check, "id", "checks"),
}


@dataclass(slots=True)
class _Guest:
    """A plugin on its way into the catalogue."""

    row: Plugin
    implementations: dict[str, Callable[[], Iterable[object]]] = field(
        default_factory=dict[str, "Callable[[], Iterable[object]]"]
    )

    def fail(self, state: PluginState, problem: str, error: BaseException | None = None) -> None:
        trace = "".join(traceback.format_exception(error)) if error else ""
        self.row = replace(self.row, state=state, problem=problem, traceback=trace)


def build_catalogue(
    builtins: Sequence[Found], strangers: Sequence[Found], *, blocked: Callable[[str], bool]
) -> Catalogue:
    """Load the given plugins and return what they offer; never raises for a plugin's sake.

    Args:
        builtins: loaded first; they win every conflict of names.
        strangers: what discovery found.
        blocked: whether the user has switched a stranger's plugin off, by its name.
    """
    host = pluggy.PluginManager(hookspecs.PROJECT)
    host.add_hookspecs(hookspecs)
    guests = [_admit(host, found, builtin=True) for found in builtins]
    twins = _twins(strangers)
    with stdout_to_stderr() if strangers else nullcontext():
        guests += [
            _receive(host, found, is_blocked=blocked(found.name), twins=twins.get(found.name, ()))
            for found in strangers
        ]
        offers = {name: _collect(name, hook, guests) for name, hook in HOOKS.items()}
    rows = tuple(sorted((guest.row for guest in guests), key=lambda row: (row.name, row.distribution)))
    final = {id(guest): guest.row for guest in guests}
    tuples = {
        hook.field: tuple(Offer(value=value, plugin=final[id(guest)]) for value, guest in offers[name])
        for name, hook in HOOKS.items()
    }
    return Catalogue(plugins=rows, **cast("dict[str, Any]", tuples))


def _receive(host: pluggy.PluginManager, found: Found, *, is_blocked: bool, twins: Sequence[Found]) -> _Guest:
    guest = _Guest(_row(found, builtin=False))
    if is_blocked:
        guest.fail("blocked", "switched off by the user")
    elif found.error:
        guest.fail("wrong-api" if "plugin API" in found.error else "load-error", found.error)
    elif twins:
        others = " and ".join(f"{twin.distribution} {twin.version}" for twin in twins)
        guest.fail("conflict", f"{others} ship a plugin named {found.name!r}; none of them is loaded")
    else:
        return _admit(host, found, builtin=False)
    return guest


def _admit(host: pluggy.PluginManager, found: Found, *, builtin: bool) -> _Guest:
    guest = _Guest(_row(found, builtin=builtin))
    try:
        module = _load(found.module)
    except BaseException as error:  # noqa: BLE001 -- a plugin may raise anything at import
        _let_the_user_stop(error)
        guest.fail("load-error", f"importing it raised {_brief(error)}", error)
        return guest
    try:
        host.register(module, name=f"{found.distribution}:{found.name}")
        guest.implementations = _implementations(host, module)
        guest.row = replace(guest.row, hooks=tuple(sorted(guest.implementations)))
    except BaseException as error:  # noqa: BLE001 -- pluggy runs descriptors of the plugin's module
        _let_the_user_stop(error)
        guest.fail("load-error", f"registering it failed: {_brief(error)}", error)
    return guest


def _load(target: str) -> ModuleType:
    name, _, attribute = target.partition(":")
    module = importlib.import_module(name)
    return cast("ModuleType", getattr(module, attribute)) if attribute else module


def _implementations(
    host: pluggy.PluginManager, module: ModuleType
) -> dict[str, Callable[[], Iterable[object]]]:
    implementations: dict[str, Callable[[], Iterable[object]]] = {}
    for caller in host.get_hookcallers(module) or []:
        if caller.name not in HOOKS:
            raise pluggy.PluginValidationError(module, f"this vgxness has no hook named {caller.name}")
        for implementation in caller.get_hookimpls():
            if implementation.plugin is not module:
                continue
            if implementation.hookwrapper or implementation.wrapper:
                raise pluggy.PluginValidationError(module, f"{caller.name} is a wrapper, and none are taken")
            if implementation.tryfirst or implementation.trylast:
                raise pluggy.PluginValidationError(
                    module, f"{caller.name} asks for an order; order is by name"
                )
            implementations[caller.name] = cast("Callable[[], Iterable[object]]", implementation.function)
    return implementations


def _collect(name: str, hook: Hook, guests: list[_Guest]) -> list[tuple[object, _Guest]]:
    offered: dict[str, list[tuple[object, _Guest]]] = {}
    for guest in guests:
        for value in _call(name, hook, guest):
            offered.setdefault(getattr(value, hook.key), []).append((value, guest))
    return [winner for key in sorted(offered) if (winner := _winner(hook, key, offered[key]))]


def _call(name: str, hook: Hook, guest: _Guest) -> tuple[object, ...]:
    implementation = guest.implementations.get(name)
    if implementation is None:
        return ()
    try:
        # Materialised here: a generator's body runs only now, and must fail inside the guard.
        values = tuple(implementation())
    except BaseException as error:  # noqa: BLE001 -- a plugin may raise anything at the call
        _let_the_user_stop(error)
        guest.fail("call-error", f"{name} raised {_brief(error)}", error)
        return ()
    for value in values:
        if not isinstance(value, hook.type) or not isinstance(getattr(value, hook.key, None), str):
            guest.fail("call-error", f"{name} returned a {type(value).__name__}, not a {hook.type.__name__}")
            return ()
    return values


def _winner(hook: Hook, key: str, candidates: list[tuple[object, _Guest]]) -> tuple[object, _Guest] | None:
    if len(candidates) == 1:
        return candidates[0]
    winner = next((one for one in candidates if one[1].row.builtin), None)
    labels = " and ".join(dict.fromkeys(guest.row.label for _, guest in candidates))
    for candidate in candidates:
        if candidate is not winner and candidate[1].row.state == "ok":
            taken = "the built-in is used" if winner else "neither is used"
            candidate[1].fail("conflict", f"{hook.type.__name__} {key!r} is offered by {labels}; {taken}")
    return winner


def _twins(strangers: Sequence[Found]) -> dict[str, list[Found]]:
    named: dict[str, list[Found]] = {}
    for found in strangers:
        named.setdefault(found.name, []).append(found)
    return {name: group for name, group in named.items() if len(group) > 1}


def _row(found: Found, *, builtin: bool) -> Plugin:
    return Plugin(
        name=found.name,
        distribution=found.distribution,
        version=found.version,
        builtin=builtin,
        state="ok",
    )


def _let_the_user_stop(error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt):
        raise error


def _brief(error: BaseException) -> str:
    from vgxness.redaction import redact_secrets

    said = " ".join(str(error).split())[:240]
    return redact_secrets(f"{type(error).__name__}: {said}" if said else type(error).__name__)
