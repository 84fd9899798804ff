"""Puts the overview together. It only reads, and a part that can't be read is told, not raised."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vgxness import __version__
from vgxness.contract.provider import ConfigScope
from vgxness.contract.storage import Engine, StoreStatus
from vgxness.errors import VgxnessError
from vgxness.kernel.catalogue import Catalogue
from vgxness.memory import MemoryService
from vgxness.projects import ProjectService
from vgxness.setup import SetupService
from vgxness.setup.models import Drift, ProviderStatus
from vgxness.status.models import MemoryLine, Overview, ProjectLine, ProviderLine
from vgxness.status.next_step import NOT_SET_UP, next_step

_SCOPES: Final[tuple[ConfigScope, ...]] = ("user", "project")
_WORST_FIRST: Final[tuple[Drift, ...]] = (
    "unreadable",
    "foreign",
    "disabled",
    "missing",
    "stale",
    "user-edited",
    "in-sync",
)


class StatusService:
    """Reads every part for one workspace."""

    def __init__(
        self,
        *,
        workspace: Path,
        project: str | None,
        catalogue: Catalogue,
        engine: Engine,
        projects: ProjectService,
        memory: MemoryService,
        setup: SetupService,
    ) -> None:
        self._workspace = workspace
        self._project = project
        self._catalogue = catalogue
        self._engine = engine
        self._projects = projects
        self._memory = memory
        self._setup = setup

    def overview(self) -> Overview:
        """Return the whole screen. Writes nothing and starts no provider's client."""
        database = self._engine.status()
        is_readable = database.state == "ready"
        providers = self._providers()
        memory = self._remembered() if is_readable else None
        broken = tuple(f"{plugin.label}: {plugin.problem}" for plugin in self._catalogue.problems)
        return Overview(
            version=__version__,
            workspace=str(self._workspace),
            project=self._found_project() if is_readable else None,
            database=database,
            providers=providers,
            memory=memory,
            broken_plugins=broken,
            next=next_step(
                database=database,
                providers=providers,
                memory=memory,
                broken_plugins=broken,
                switched_off=[one.name for one in self._catalogue.plugins if one.state == "blocked"],
            ),
        )

    def database(self) -> StoreStatus:
        """Return how the database stands."""
        return self._engine.status()

    def _found_project(self) -> ProjectLine | None:
        found = self._projects.find(self._workspace, project=self._project)
        return ProjectLine(id=found.id, name=found.name) if found else None

    def _remembered(self) -> MemoryLine:
        counts = self._memory.stats().observations
        by_scope = {"project": 0, "personal": 0}
        for key, count in counts.items():
            by_scope[key.partition("/")[0]] += count
        return MemoryLine(project=by_scope["project"], personal=by_scope["personal"])

    def _providers(self) -> tuple[ProviderLine, ...]:
        lines: list[ProviderLine] = []
        for scope in _SCOPES:
            try:
                found = self._setup.status(scope=scope)
            except VgxnessError:
                found = ()  # no home: `doctor` says so; the rest of the screen still helps
            lines += [_line(one) for one in found if scope == "user" or _is_set_up(one)]
        return tuple(sorted(lines, key=lambda line: (line.name, line.scope != "user")))


def _is_set_up(status: ProviderStatus) -> bool:
    return any(target.drift not in ("absent", "foreign") for target in status.targets)


def _line(status: ProviderStatus) -> ProviderLine:
    drifts = {target.drift: target.summary for target in status.targets}
    worst = next((drift for drift in _WORST_FIRST if drift in drifts), None)
    return ProviderLine(
        name=status.provider,
        title=status.title,
        scope=status.scope,
        found=status.found,
        version=status.version,
        state=worst or NOT_SET_UP,
        detail=drifts[worst] if worst and worst != "in-sync" else "",
    )
