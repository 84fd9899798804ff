"""The values of the overview."""

from __future__ import annotations

from dataclasses import dataclass

from vgxness.contract.provider import ConfigScope
from vgxness.contract.storage import StoreStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderLine:
    """One provider in one config scope.

    Attributes:
        found: whether its client is on this machine.
        version: of the client, or "".
        state: "not set up", or the worst drift of its files.
        detail: why, for a state that asks for something; else "".
    """

    name: str
    title: str
    scope: ConfigScope
    found: bool
    version: str
    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """The project of the workspace."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryLine:
    """How much is remembered.

    Attributes:
        project: observations of this workspace's project.
        personal: observations that hold in every project.
    """

    project: int
    personal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What to do now.

    Attributes:
        command: what to type, or "" when nothing needs doing.
    """

    summary: str
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The whole screen.

    Attributes:
        project: None where nothing was saved from this workspace yet.
        memory: None where there is no readable database.
        broken_plugins: one line each.
    """

    version: str
    workspace: str
    project: ProjectLine | None
    database: StoreStatus
    providers: tuple[ProviderLine, ...]
    memory: MemoryLine | None
    broken_plugins: tuple[str, ...]
    next: NextStep
