"""What the installed adapters wish for: requests in, targets out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vgxness.contract.context import Context
from vgxness.contract.provider import (
    ConfigScope,
    ConfigTarget,
    ProviderAdapter,
    ServerCommand,
    SetupMode,
    SetupRequest,
)
from vgxness.errors import VgxnessError
from vgxness.setup.adapters import detect, no_provider, targets, unknown_provider
from vgxness.setup.instructions import INSTRUCTIONS
from vgxness.setup.models import Party, Receipt
from vgxness.setup.receipts import History, parties
from vgxness.setup.server import find_server, hook_of


@dataclass(frozen=True, slots=True)
class Wishes:
    """The installed adapters and what they are asked with."""

    adapters: tuple[ProviderAdapter, ...]
    context: Context
    given_server: ServerCommand | None = None
    server_environment: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the installed adapters."""
        return tuple(adapter.name for adapter in self.adapters)

    @property
    def home(self) -> Path:
        """The user's home directory."""
        return self.context.paths.home

    @property
    def server(self) -> ServerCommand:
        """The command that clients are told to start; raises `server_ephemeral`."""
        return self.given_server or find_server(self.home, self.server_environment)

    def find(self, name: str) -> ProviderAdapter | None:
        """Return the adapter of a name, or None."""
        return next((adapter for adapter in self.adapters if adapter.name == name), None)

    def require(self, name: str) -> ProviderAdapter:
        """Return the adapter of a name; raises `unknown_provider`, naming those there are."""
        adapter = self.find(name)
        if adapter is None:
            raise unknown_provider(name, self.names)
        return adapter

    def detected(self) -> tuple[str, ...]:
        """Return the providers whose client is installed; an adapter that fails finds nothing."""
        return tuple(adapter.name for adapter in self.adapters if self._finds(adapter))

    def _finds(self, adapter: ProviderAdapter) -> bool:
        try:
            return detect(adapter, self.context).found
        except VgxnessError:
            return False

    def chosen(self, names: Sequence[str], scope: ConfigScope) -> tuple[str, ...]:
        """Return the named providers, or where none is named the installed clients that have the scope.

        Raises:
            VgxnessError: `unknown_provider`; `usage` where none is named and none is installed.
        """
        if not self.adapters:
            raise no_provider()
        for name in names:
            self.require(name)
        able = {adapter.name for adapter in self.adapters if scope in adapter.config_scopes}
        chosen = tuple(dict.fromkeys(names)) or tuple(name for name in self.detected() if name in able)
        if not chosen:
            raise VgxnessError(
                "usage",
                "No client was found on this machine, so name the provider to set up.",
                cause=f"Known: {', '.join(self.names)}.",
                hint=f"vgxness setup plan --provider {self.names[0]}",
            )
        return chosen

    def party(self, name: str, scope: ConfigScope) -> Party:
        """Return the party that a provider is in a scope, in this workspace."""
        workspace = str(self.context.workspace) if scope == "project" else ""
        return Party(provider=name, scope=scope, workspace=workspace)

    def recorded(self, scope: ConfigScope, receipts: Sequence[Receipt]) -> tuple[Party, ...]:
        """Return the parties of a scope, in this workspace, that have receipts."""
        return tuple(party for party in parties(receipts) if party == self.party(party.provider, scope))

    def known(
        self, names: Sequence[str], scope: ConfigScope, receipts: Sequence[Receipt]
    ) -> tuple[Party, ...]:
        """Return the named parties, or all of them; receipts are enough where the plugin is gone.

        Raises:
            VgxnessError: `unknown_provider`, neither a plugin nor a receipt bears the name.
        """
        every = dict.fromkeys([*self.names, *(party.provider for party in self.recorded(scope, receipts))])
        for name in names:
            if name not in every:
                raise unknown_provider(name, list(every))
        return tuple(self.party(name, scope) for name in dict.fromkeys(names or every))

    def request(
        self, adapter: ProviderAdapter, scope: ConfigScope, mode: SetupMode, history: History
    ) -> SetupRequest:
        """Return what an adapter is asked with.

        Raises:
            VgxnessError: `usage` for a scope it does not have, `server_ephemeral`, `plugin_failed`.
        """
        if scope not in adapter.config_scopes:
            raise VgxnessError(
                "usage",
                f"{adapter.title} has no {scope} scope.",
                hint=f"--config-scope {' or '.join(adapter.config_scopes)}",
            )
        server = self.server
        return SetupRequest(
            scope=scope,
            mode=mode,
            home=self.home,
            workspace=self.context.workspace,
            detection=detect(adapter, self.context),
            server=server,
            hook=hook_of(server),
            instructions=INSTRUCTIONS,
            managed=history.managed(),
        )

    def targets(
        self, adapter: ProviderAdapter, scope: ConfigScope, mode: SetupMode, history: History
    ) -> tuple[ConfigTarget, ...]:
        """Return an adapter's targets; raises what `request` raises."""
        return targets(adapter, self.request(adapter, scope, mode, history))
