"""A machine with a program on it that behaves as OpenCode does where the plugin looks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from vgxness_opencode.adapter import OpenCodeAdapter

from vgxness.plugin import ConfigScope, ServerCommand, SetupRequest
from vgxness.testing import machine

SERVER = ServerCommand(command=("/opt/vgxness", "mcp", "serve"), environment={"VGXNESS_DB_PATH": "/db"})

OPENCODE = """\
    import pathlib, re, time
    home = pathlib.Path(os.environ["HOME"])
    (home / "asked").open("a").write(" ".join(sys.argv[1:]) + "\\n")
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


class Machine(machine.Machine):
    """A machine that may have OpenCode."""

    def install_opencode(self, *, state: str = "connected", behaviour: str = "") -> None:
        """Put an `opencode` on the PATH."""
        self.install("opencode", OPENCODE.format(behaviour=behaviour, state=state))

    def write(self, document: Mapping[str, object], name: str = "opencode.jsonc") -> Path:
        """Write OpenCode's global configuration."""
        path = self.home / ".config" / "opencode" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document))
        return path

    @property
    def log(self) -> tuple[machine.Call, ...]:
        """What the program was asked, with which environment, where."""
        return machine.FakeProgram(self.programs / "opencode", self.root / "opencode.log").calls


def request_on(
    computer: Machine, scope: ConfigScope = "user", managed: tuple[Path, ...] = ()
) -> SetupRequest:
    return computer.request(OpenCodeAdapter(), scope, server=SERVER, managed=managed)
