"""A computer for one test: an empty home, a workspace, a PATH of its own, and what adapters are handed."""

from __future__ import annotations

import json
import os
import stat
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vgxness.contract.context import Context
from vgxness.contract.json_value import JsonObject
from vgxness.contract.provider import ConfigScope, ProviderAdapter, ServerCommand, SetupRequest
from vgxness.errors import VgxnessError

if TYPE_CHECKING:
    from vgxness.setup import SetupService

SERVER: Final = ServerCommand(
    command=("/opt/vgxness/bin/vgxness", "mcp", "serve"),
    environment={"VGXNESS_DB_PATH": "/data/memory.sqlite"},
)
"""A server that no machine has."""

WINDOWS_SERVER: Final = ServerCommand(
    command=("C:\\Program Files\\vgxness\\vgxness.exe", "mcp", "serve"),
    environment={"VGXNESS_DB_PATH": "C:\\Users\\Ann O'Dell\\new memory.sqlite"},
)
"""A server as Windows names it: blanks, backslashes that look like escapes, an apostrophe."""

NOW: Final = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

_PROGRAM: Final = """\
#!{python}
import json, os, sys
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]) + "\\n")
{body}
"""


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """It is always the same moment."""

    moment: datetime = NOW

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment


@dataclass(frozen=True, slots=True)
class Places:
    """Where vgxness keeps its own files: beside the home, so that a home holds what adapters put there."""

    home: Path
    config: Path
    state: Path
    data: Path


@dataclass(frozen=True, slots=True)
class Call:
    """One start of a fake program: its arguments, its environment, its working directory."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    directory: Path


@dataclass(frozen=True, slots=True)
class FakeProgram:
    """A program on the machine's PATH that writes down how it was called."""

    path: Path
    log: Path

    @property
    def calls(self) -> tuple[Call, ...]:
        """How it was called so far, oldest first."""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        rows = [json.loads(line) for line in lines]
        return tuple(Call(tuple(words), environ, Path(where)) for words, environ, where in rows)


@dataclass(slots=True, kw_only=True)
class Machine:
    """Satisfies `Context`; making one makes its directories, all below `root`.

    Attributes:
        variables: the environment that adapters are shown through the context; PATH holds `programs` alone.
        tools: what `call` answers, by a tool's name.
        plugin_settings: what `settings` answers, by a plugin's name.
    """

    root: Path
    variables: dict[str, str] = field(default_factory=dict[str, str])
    tools: dict[str, Callable[[JsonObject], JsonObject]] = field(
        default_factory=dict[str, "Callable[[JsonObject], JsonObject]"]
    )
    plugin_settings: dict[str, JsonObject] = field(default_factory=dict[str, JsonObject])
    clock: StoppedClock = field(default_factory=StoppedClock)
    client: str = ""
    project: str | None = None

    def __post_init__(self) -> None:
        """Make the directories, and let the variables name them."""
        for directory in (self.home, self.workspace, self.programs):
            directory.mkdir(parents=True, exist_ok=True)
        self.variables = {
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            "PATH": str(self.programs),
            **self.variables,
        }

    @property
    def home(self) -> Path:
        """The user's home, empty at first."""
        return self.root / "home"

    @property
    def workspace(self) -> Path:
        """The project's directory, empty at first and not below the home."""
        return self.root / "workspace"

    @property
    def programs(self) -> Path:
        """The one directory of the machine's PATH."""
        return self.root / "bin"

    @property
    def paths(self) -> Places:
        """Where vgxness keeps its own files."""
        own = self.root / "vgxness"
        return Places(home=self.home, config=own / "config", state=own / "state", data=own / "data")

    def settings(self, plugin: str) -> JsonObject:
        """Return a plugin's settings; empty where the test gave none."""
        return self.plugin_settings.get(plugin, {})

    def environment(self, name: str) -> str | None:
        """Return a variable of the machine, never one of the process."""
        return self.variables.get(name) or None

    def call(self, tool: str, arguments: JsonObject) -> JsonObject:
        """Return what the test's stand-in for a tool answers; raises `unknown_tool` where there is none."""
        if tool not in self.tools:
            raise VgxnessError("unknown_tool", f"No tool is named {tool!r}.", hint="machine.tools[…] = …")
        return self.tools[tool](arguments)

    def install(self, name: str, body: str = "") -> FakeProgram:
        """Put a program on the PATH; `body` is Python that it runs after it wrote down its call."""
        program = FakeProgram(path=self.programs / name, log=self.root / f"{name}.log")
        text = _PROGRAM.format(python=sys.executable, log=str(program.log), body=textwrap.dedent(body))
        program.path.write_text(text, encoding="utf-8")
        program.path.chmod(0o755)
        return program

    def request(
        self,
        adapter: ProviderAdapter,
        scope: ConfigScope = "user",
        *,
        server: ServerCommand = SERVER,
        instructions: str = "",
        managed: tuple[Path, ...] = (),
    ) -> SetupRequest:
        """Return what the host would ask an adapter with, after asking it to detect its client."""
        from vgxness.setup.server import hook_of

        return SetupRequest(
            scope=scope,
            mode="mcp",
            home=self.home,
            workspace=self.workspace,
            detection=adapter.detect(self),
            server=server,
            hook=hook_of(server),
            instructions=instructions,
            managed=managed,
        )

    def setup(self, *adapters: ProviderAdapter, server: ServerCommand = SERVER) -> SetupService:
        """Return the real setup service, working on this machine."""
        from vgxness.setup import SetupService

        context: Context = self
        return SetupService(adapters=adapters, context=context, server=server)

    def files(self) -> Mapping[str, str]:
        """Return everything in the home and the workspace: kind, permission bits and content, by path."""
        return snapshot(self.home, self.workspace)


def snapshot(*places: Path) -> Mapping[str, str]:
    """Return what stands below some directories, themselves included, as one comparable value."""
    found: dict[str, str] = {}
    for place in places:
        for path in (place, *sorted(place.rglob("*"))):
            found[str(path)] = _described(path)
    return found


def _described(path: Path) -> str:
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return f"link to {os.readlink(path)}"  # noqa: PTH115 -- the text of the link as it stands
    mode = f"{stat.S_IMODE(status.st_mode):o}"
    if stat.S_ISDIR(status.st_mode):
        return f"directory {mode}"
    return f"file {mode} {path.read_bytes()!r}"
