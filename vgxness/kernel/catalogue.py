"""What all plugins together offer, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from vgxness.contract.check import Check
from vgxness.contract.command import Command
from vgxness.contract.prompt import Prompt
from vgxness.contract.provider import ProviderAdapter
from vgxness.contract.resource import Resource
from vgxness.contract.storage import StorageBackend
from vgxness.contract.tool import Tool

T = TypeVar("T")
PluginState = Literal["ok", "blocked", "wrong-api", "load-error", "call-error", "conflict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One plugin as the host knows it: a row in a table, broken or not.

    Attributes:
        distribution: who ships it; "vgxness" for a built-in.
        hooks: the hooks it implements, by name.
        problem: one sentence, or "" when its state is "ok".
        traceback: of the failure, redacted, for `-v`; "" when there was none.
    """

    name: str
    distribution: str
    version: str
    builtin: bool
    state: PluginState
    hooks: tuple[str, ...] = ()
    problem: str = ""
    traceback: str = ""

    @property
    def label(self) -> str:
        """The plugin's name with who ships it, as messages show it."""
        return f"{self.name} ({self.distribution} {self.version})".replace(" )", ")")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Generic[T]):
    """One contribution and the plugin that made it."""

    value: T
    plugin: Plugin


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every plugin and every contribution, each tuple ordered by name."""

    plugins: tuple[Plugin, ...]
    providers: tuple[Offer[ProviderAdapter], ...]
    storage_backends: tuple[Offer[StorageBackend], ...]
    tools: tuple[Offer[Tool], ...]
    resources: tuple[Offer[Resource], ...]
    prompts: tuple[Offer[Prompt], ...]
    commands: tuple[Offer[Command], ...]
    checks: tuple[Offer[Check], ...]

    @property
    def problems(self) -> tuple[Plugin, ...]:
        """The plugins that are neither well nor blocked by the user."""
        return tuple(plugin for plugin in self.plugins if plugin.state not in ("ok", "blocked"))
