"""Asks the real OpenCode whether the configuration does what was planned."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from vgxness.plugin import Context, JsonObject, LiveState, LiveVerdict
from vgxness_opencode.client import config_directory, run
from vgxness_opencode.names import SERVER_NAME

if TYPE_CHECKING:
    from collections.abc import Generator

_CONFIG_SECONDS: Final = 20.0
_LIST_SECONDS: Final = 40.0
_PROJECT_FILES: Final = ("opencode.json", "opencode.jsonc")
_LEFT_OUT: Final = shutil.ignore_patterns("node_modules", ".git")
_ANSI: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

Servers: TypeAlias = Mapping[str, JsonObject]


@dataclass(frozen=True, slots=True)
class Copy:
    """A throw-away home with copies of the configuration, and the program that is run in it."""

    program: Path
    home: Path
    project: Path
    path: str

    def servers(self) -> Servers:
        """Return the MCP servers as OpenCode resolves them; starts none."""
        resolved = json.loads(self._ask("debug", "config", seconds=_CONFIG_SECONDS))
        return cast("Servers", resolved.get("mcp") or {})

    def line_about_us(self, servers: Servers) -> str:
        """Return what `mcp list` says of our server, or ""; no other server is started."""
        others = {name: {"enabled": False} for name in servers if name != SERVER_NAME}
        inline = {"OPENCODE_CONFIG_CONTENT": json.dumps({"mcp": others})}
        output = self._ask("mcp", "list", seconds=_LIST_SECONDS, extra=inline)
        for line in _ANSI.sub("", output).splitlines():
            words = line.split()
            if SERVER_NAME in words:
                return " ".join(words[words.index(SERVER_NAME) :])
        return ""

    def _ask(self, *arguments: str, seconds: float, extra: Mapping[str, str] | None = None) -> str:
        return run(
            self.program,
            # The user's own plugins are neither installed from a registry nor run.
            ("--pure", *arguments),
            self.home,
            self.project,
            self.path,
            seconds=seconds,
            extra=extra or {},
        )


@contextmanager
def copied(context: Context, program: Path, *, with_project: bool) -> Generator[Copy]:
    """Copy the configuration into a throw-away home, which goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix="vgxness-opencode-", ignore_cleanup_errors=True) as scratch:
        home, project = Path(scratch) / "home", Path(scratch) / "project"
        destination = home / ".config" / "opencode"
        source = config_directory(context)
        if source.is_dir():
            shutil.copytree(source, destination, ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
        destination.mkdir(parents=True, exist_ok=True)
        project.mkdir()
        for name in _PROJECT_FILES if with_project else ():
            if (context.workspace / name).is_file():
                shutil.copyfile(context.workspace / name, project / name)
        yield Copy(program, home, project, context.environment("PATH") or "")


def verify(copy: Copy, planned: JsonObject) -> LiveVerdict:
    """Return whether OpenCode resolves our entry as planned and connects.

    It takes at most a minute.
    """
    try:
        return _asked(copy, planned)
    except subprocess.TimeoutExpired as problem:
        return _verdict("failed", f"OpenCode did not answer within {problem.timeout:.0f} s.")
    except subprocess.CalledProcessError as problem:
        return _refused(problem)
    except (OSError, ValueError) as problem:
        return _verdict("failed", "OpenCode could not be asked.", (type(problem).__name__,))


def _asked(copy: Copy, planned: JsonObject) -> LiveVerdict:
    servers = copy.servers()
    found = servers.get(SERVER_NAME)
    if found is None:
        return _verdict("skipped", f"OpenCode has no server named {SERVER_NAME}, so it was not asked.")
    if found.get("enabled") is False:
        return _verdict("failed", f'The {SERVER_NAME} entry is disabled; set its "enabled" to true.')
    if found != planned:
        differences = _differences(found, planned)
        return _verdict("failed", "OpenCode resolves another entry than planned.", differences)
    line = copy.line_about_us(servers)
    evidence = (
        f"debug config: mcp.{SERVER_NAME} resolves as planned",
        f"mcp list: {line or 'no such server'}",
    )
    if line != f"{SERVER_NAME} connected":
        return _verdict("failed", "OpenCode could not connect to the server.", evidence)
    return _verdict("connected", "OpenCode resolves the entry and is connected to the server.", evidence)


def _refused(problem: subprocess.CalledProcessError) -> LiveVerdict:
    # What OpenCode prints may echo the whole configuration: it is looked at and never shown.
    if "bad file reference" in str(problem.stderr):
        return _verdict("skipped", "The configuration refers to a file outside its directory; a copy can't.")
    return _verdict("failed", "OpenCode refuses its configuration.", (f"exit code {problem.returncode}",))


def _differences(found: JsonObject, planned: JsonObject) -> tuple[str, ...]:
    keys = sorted(key for key in {*found, *planned} if found.get(key) != planned.get(key))
    return tuple(f"mcp.{SERVER_NAME}.{key} differs" for key in keys)


def _verdict(state: LiveState, summary: str, evidence: tuple[str, ...] = ()) -> LiveVerdict:
    return LiveVerdict(state=state, summary=summary, evidence=evidence)
