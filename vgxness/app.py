"""The composition root: the only place that marries parts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from vgxness import __version__
from vgxness.contract.context import Clock
from vgxness.contract.json_value import JsonObject
from vgxness.errors import VgxnessError
from vgxness.kernel.catalogue import Catalogue
from vgxness.kernel.clock import SystemClock, stamp
from vgxness.kernel.config import Config, read_config
from vgxness.kernel.discovery import Found
from vgxness.kernel.log import write_log
from vgxness.kernel.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from vgxness.contract.storage import Engine
    from vgxness.doctor import Doctor
    from vgxness.hook import HookService
    from vgxness.kernel.tools import Tools
    from vgxness.memory import MemoryService
    from vgxness.projects import ProjectService
    from vgxness.setup import Placement, SetupService
    from vgxness.status import StatusService
    from vgxness.storage.location import Location
    from vgxness.tokens import TokenService

BUILTINS: Final = (
    "doctor",
    "hook",
    "kernel",
    "mcp",
    "memory",
    "projects",
    "session",
    "setup",
    "status",
    "storage",
    "tokens",
)
"""The built-in plugins: modules of `vgxness.builtin`, loaded by the same loader as entry points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked of every command.

    Attributes:
        db: `--db`, a path or `scheme:rest`.
        workspace: `--workspace`, else the current directory.
        project: `--project`, an id or name.
        plugins: False for `--no-plugins`.
        strict: True for `--strict-plugins`.
    """

    db: str | None = None
    workspace: Path | None = None
    project: str | None = None
    plugins: bool = True
    strict: bool = False


class App:
    """Every service, made when it is first asked for; satisfies `Context`.

    Attributes:
        client: the name of the MCP client that asks, as it gave it; "" on the command line.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        clock: Clock | None = None,
        parent: App | None = None,
    ) -> None:
        self.options = options or Options()
        self.environ = os.environ if environ is None else environ
        self.clock = clock or SystemClock()
        self.paths = Paths(self.environ)
        self.client = parent.client if parent else ""
        self._parent = parent
        self._workspace: Path | None = None

    def at(self, workspace: Path, project: str | None = None) -> App:
        """Return an app for another workspace that shares this one's plugins and database."""
        options = replace(self.options, workspace=workspace, project=project or self.options.project)
        return App(options, environ=self.environ, clock=self.clock, parent=self)

    def remade(self, options: Options) -> App:
        """Return an app for other options; the plugins are loaded again only where the options say so."""
        app = App(options, environ=self.environ, clock=self.clock)
        if (options.plugins, options.strict) == (self.options.plugins, self.options.strict):
            app.catalogue = self.catalogue
        return app

    def close(self) -> None:
        """Give back the database, where it was opened; the app may be used again afterwards."""
        if "engine" in vars(self) and self._parent is None:
            self.engine.close()

    @property
    def project(self) -> str | None:
        """The id of the workspace's project; None where it is not known yet."""
        found = self.projects.find(self.workspace, project=self.options.project)
        return found.id if found else None

    def settings(self, plugin: str) -> JsonObject:
        """Return the table `[plugin.NAME]` of config.toml; empty where there is none."""
        return self.config.plugin_settings.get(plugin, {})

    def environment(self, name: str) -> str | None:
        """Return an environment variable's value, or None where it is unset or empty."""
        return self.environ.get(name) or None

    def call(self, tool: str, arguments: JsonObject) -> JsonObject:
        """Call a tool of any plugin by its public name."""
        return self.tools.call(self, tool, arguments)

    @property
    def workspace(self) -> Path:
        """The directory that is worked in; absolute, symbolic links resolved.

        Raises:
            VgxnessError: `usage` where it is no directory.
        """
        if self._workspace is None:
            self._workspace = (self.options.workspace or Path.cwd()).expanduser().resolve()
        if not self._workspace.is_dir():
            raise VgxnessError(
                "usage", f"The workspace {self._workspace} is not a directory.", hint="--workspace DIR"
            )
        return self._workspace

    @cached_property
    def config(self) -> Config:
        """The user's settings; the defaults where no home is known."""
        try:
            directory = self.paths.config
        except VgxnessError:
            return Config()
        return read_config(directory)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What all plugins offer; raises `plugin_failed` under `--strict-plugins` when one is broken."""
        if self._parent:
            return self._parent.catalogue
        from vgxness.kernel.discovery import scan
        from vgxness.kernel.manager import build_catalogue

        strangers = scan() if self.options.plugins else ()
        catalogue = build_catalogue(_builtins(), strangers, blocked=self.is_blocked)
        if self.options.strict and catalogue.problems:
            plugin = catalogue.problems[0]
            raise VgxnessError(
                "plugin_failed",
                f"Plugin {plugin.label} is broken.",
                cause=plugin.problem,
                hint=f"vgxness plugins info {plugin.name}",
            )
        return catalogue

    def is_blocked(self, name: str) -> bool:
        """Whether the user switched a plugin off, in config.toml or VGXNESS_DISABLE_PLUGINS."""
        listed = self.environ.get("VGXNESS_DISABLE_PLUGINS", "").replace(",", " ").split()
        return name in listed or name in self.config.disabled_plugins

    def log(self, text: str) -> None:
        """Append to the log file in the state directory; without a home there is none."""
        with suppress(VgxnessError):  # no home, no log: what is told on stderr is all there can be
            write_log(self.paths.state, stamp(self.clock.now()), text)

    @cached_property
    def tools(self) -> Tools:
        """The MCP tools, ready to be called."""
        if self._parent:
            return self._parent.tools
        from vgxness.kernel.tools import Tools

        return Tools(self.catalogue)

    @cached_property
    def location(self) -> Location:
        """Where the database is, and who said so."""
        from vgxness.storage.location import resolve

        return resolve(self.options.db, self.environ)

    @cached_property
    def engine(self) -> Engine:
        """The database at `location`; nothing is touched until it is used."""
        if self._parent:
            return self._parent.engine
        from vgxness.kernel.target import resolve

        location = self.location
        for offer in self.catalogue.storage_backends:
            if offer.value.scheme == location.scheme:
                make = cast("Callable[[str, Clock], Engine]", resolve(offer.value.target, offer.plugin))
                return make(location.rest, self.clock)
        raise VgxnessError(
            "unknown_scheme",
            f"No storage backend serves {location.scheme!r}.",
            hint="vgxness plugins list",
        )

    @cached_property
    def projects(self) -> ProjectService:
        """Who a project is."""
        from vgxness.projects import ProjectService
        from vgxness.projects.store import ProjectStore

        return ProjectService(store=ProjectStore(self.engine), clock=self.clock)

    @cached_property
    def memory(self) -> MemoryService:
        """What is remembered, for this workspace's project."""
        from vgxness.memory import MemoryService

        return MemoryService(engine=self.engine, clock=self.clock, place=_Place(self))

    @cached_property
    def hook(self) -> HookService:
        """What the events of agent clients do."""
        from vgxness.hook import HookService

        return HookService(memory=self.memory, workspace=self.workspace)

    @cached_property
    def setup(self) -> SetupService:
        """Providers' configuration."""
        from vgxness.setup import SetupService

        adapters = tuple(offer.value for offer in self.catalogue.providers)
        return SetupService(adapters=adapters, context=self)

    @cached_property
    def doctor(self) -> Doctor:
        """The checks of all plugins."""
        from vgxness.doctor import Doctor

        return Doctor(self.catalogue, context=self)

    @cached_property
    def tokens(self) -> TokenService:
        """What stands in an agent's context because of us."""
        from vgxness.memory.service.context import MAX_TOKENS
        from vgxness.tokens import TokenService, best_tokenizer

        return TokenService(tokenizer=best_tokenizer(), placements=_Placed(self.setup), greeting=MAX_TOKENS)

    @cached_property
    def status(self) -> StatusService:
        """One screen about everything."""
        from vgxness.status import StatusService

        return StatusService(
            workspace=self.workspace,
            project=self.options.project,
            catalogue=self.catalogue,
            engine=self.engine,
            projects=self.projects,
            memory=self.memory,
            setup=self.setup,
        )


class _Place:
    """Whose memory is meant; the port that memory asks."""

    def __init__(self, app: App) -> None:
        self._app = app

    def reading(self, project: str | None = None) -> tuple[str, ...]:
        """Return the ids of a project's family, its own first; () where it is not known yet."""
        found = self._app.projects.find(self._app.workspace, project=project or self._app.options.project)
        return self._app.projects.family(found.id) if found else ()

    def writing(self) -> tuple[str, ...]:
        """Return the ids of the current project's family, recorded on demand, the one to write to first."""
        own = self._app.projects.ensure(self._app.workspace, project=self._app.options.project)
        return self._app.projects.family(own.id)


class _Placed:
    """What setup places; the port that the ledger asks."""

    def __init__(self, setup: SetupService) -> None:
        self._setup = setup

    def placed(self) -> tuple[Placement, ...]:
        """Return the user's placements, and the project's where it has any."""
        project = [one for one in self._setup.placements(scope="project") if one.is_set_up]
        return (*self._setup.placements(), *project)


def _builtins() -> tuple[Found, ...]:
    return tuple(
        Found(name=name, module=f"vgxness.builtin.{name}", distribution="vgxness", version=__version__)
        for name in BUILTINS
    )
