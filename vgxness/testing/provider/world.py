"""One adapter on a machine of its own, set up through the real service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vgxness.contract.provider import ConfigScope, ConfigTarget, ProviderAdapter, ServerCommand
from vgxness.errors import VgxnessError
from vgxness.setup import Outcome, Plan
from vgxness.testing.machine import SERVER, Machine
from vgxness.testing.provider.documents import existing, read

OTHER_SERVER = ServerCommand(command=("/srv/elsewhere/vgxness", "mcp", "serve"))
"""Where the same program stands after an update."""


@dataclass(frozen=True, slots=True)
class World:
    """An adapter, a scope and a machine."""

    adapter: ProviderAdapter
    scope: ConfigScope
    machine: Machine

    @property
    def label(self) -> str:
        """What a failure is headed with."""
        return f"{self.adapter.name}, {self.scope} scope"

    def targets(self, server: ServerCommand = SERVER) -> tuple[ConfigTarget, ...]:
        """Return the targets as the adapter names them on the machine as it stands."""
        return tuple(self.adapter.targets(self.machine.request(self.adapter, self.scope, server=server)))

    def seed(self, spelling: str, samples: Mapping[str, bytes]) -> bool:
        """Give the machine a user's files, with a mode of their own; tell whether there were any.

        Of the plain spelling, the author's samples take the place of ours. A format may not know a spelling.
        """
        seeded = False
        for target in self.targets():
            content = existing(target, spelling)
            if spelling == "plain":
                content = samples.get(target.id, content)
            if content is not None:
                put(target.path, content, 0o640)
                seeded = True
        return seeded

    def plan(self, server: ServerCommand = SERVER) -> Plan:
        """Return what an apply would do."""
        return self.machine.setup(self.adapter, server=server).plan([self.adapter.name], scope=self.scope)

    def apply(self, server: ServerCommand = SERVER) -> Outcome:
        """Write it; nothing may be held back."""
        service = self.machine.setup(self.adapter, server=server)
        outcome = service.apply([self.adapter.name], scope=self.scope)
        assert not outcome.plan.held_back, f"{self.label}: {outcome.plan.held_back}"
        return outcome

    def rollback(self) -> Outcome:
        """Take the newest apply back."""
        return self.machine.setup(self.adapter).rollback([self.adapter.name], scope=self.scope)

    def uninstall(self) -> Outcome:
        """Take everything back, as if the plugin were gone."""
        return self.machine.setup().uninstall([self.adapter.name], scope=self.scope)

    def refusal(self) -> str:
        """Return the code with which an apply refuses, or "" where it does not."""
        service = self.machine.setup(self.adapter)
        try:
            outcome = service.apply([self.adapter.name], scope=self.scope)
        except VgxnessError as error:
            return error.code
        problems = [target.problem.code for target in outcome.plan.held_back if target.problem]
        return problems[0] if problems else ""

    def state(self) -> Mapping[str, object]:
        """Return what stands on the machine, files of a client that rewrites them by what they say."""
        found: dict[str, object] = dict(self.machine.files())
        for target in self.targets():
            if target.writer == "client":
                content = target.path.read_bytes() if target.path.exists() else b""
                found.pop(str(target.path), None)
                found[f"{target.path} says"] = read(content, target.format)
        return found


def worlds(adapter: ProviderAdapter, root: Path, name: str = "machine") -> Iterator[World]:
    """Yield a fresh machine for each scope that the adapter has."""
    for scope in dict.fromkeys(adapter.config_scopes):
        yield World(adapter, scope, Machine(root=root / f"{name}-{scope}"))


def put(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a user's file, with the directories above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(mode)
