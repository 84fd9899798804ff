"""A home, a request, and a program that behaves as OpenCode does where the plugin looks."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from vgxness_opencode.adapter import OpenCodeAdapter

from vgxness.plugin import ConfigScope, JsonObject, ServerCommand, SetupRequest

SERVER = ServerCommand(command=("/opt/vgxness", "mcp", "serve"), environment={"VGXNESS_DB_PATH": "/db"})

OPENCODE = """\
    #!{python}
    import json, os, pathlib, re, sys, time
    home = pathlib.Path(os.environ["HOME"])
    (home / "asked").open("a").write(" ".join(sys.argv[1:]) + "\\n")
    (pathlib.Path({log!r})).open("a").write(json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]) + "\\n")
    assert sys.argv.pop(1) == "--pure"
    {behaviour}
    config = {{}}
    for place in (home / ".config/opencode", pathlib.Path(".")):
        for name in ("opencode.json", "opencode.jsonc"):
            if (place / name).exists():
                text = (place / name).read_text()
                config.update(json.loads(re.sub("(?m)^ *//.*", "", text)))
                (place / name).write_text(text + "\\n// OpenCode edits its own file")
    if sys.argv[1:] == ["debug", "config"]:
        print(json.dumps(config))
    else:
        off = json.loads(os.environ["OPENCODE_CONFIG_CONTENT"])["mcp"]
        for name in config.get("mcp", {{}}):
            state = "disabled" if name in off else {state!r}
            print("\\x1b[90m●\\x1b[0m \\x1b[32m✓\\x1b[0m " + name + " \\x1b[90m" + state + "\\x1b[0m")
"""


@dataclass
class Machine:
    """Enough of a host for an adapter."""

    home: Path
    workspace: Path
    variables: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def paths(self) -> Machine:
        return self

    @property
    def config(self) -> Path:
        return self.home / ".config" / "vgxness"

    state = data = config

    @property
    def clock(self) -> Machine:
        return self

    def now(self) -> datetime:
        return datetime.now(UTC)

    @property
    def client(self) -> str:
        return ""

    @property
    def project(self) -> str | None:
        return None

    def settings(self, plugin: str) -> JsonObject:
        return {}

    def environment(self, name: str) -> str | None:
        return self.variables.get(name) or None

    def call(self, tool: str, arguments: JsonObject) -> JsonObject:
        raise NotImplementedError

    def install(self, *, state: str = "connected", behaviour: str = "") -> None:
        """Put an `opencode` on the PATH."""
        program = self.home.parent / "bin" / "opencode"
        program.parent.mkdir(exist_ok=True)
        text = textwrap.dedent(OPENCODE).format(
            python=sys.executable, log=str(self.home.parent / "log"), behaviour=behaviour, state=state
        )
        program.write_text(text)
        program.chmod(0o755)
        self.variables["PATH"] = str(program.parent)

    def write(self, document: Mapping[str, object], name: str = "opencode.jsonc") -> Path:
        """Write OpenCode's global configuration."""
        path = self.home / ".config" / "opencode" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document))
        return path

    @property
    def log(self) -> list[tuple[list[str], dict[str, str], str]]:
        """What the program was asked, with which environment, where."""
        path = self.home.parent / "log"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def request_on(machine: Machine, scope: ConfigScope = "user", managed: tuple[Path, ...] = ()) -> SetupRequest:
    return SetupRequest(
        scope=scope,
        mode="mcp",
        home=machine.home,
        workspace=machine.workspace,
        detection=OpenCodeAdapter().detect(machine),
        server=SERVER,
        managed=managed,
    )
