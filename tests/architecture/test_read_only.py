"""What is said to read only writes nothing: every such command and tool, run on an empty home."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import click
import pytest

from tests.conftest import Cli
from vgxness.app import App, Options
from vgxness.errors import VgxnessError
from vgxness.kernel.target import resolve

OBSERVATION = "obs_00000000000000000000000000"
READS: dict[str, tuple[str, ...]] = {
    "db check": (),
    "db path": (),
    "db status": (),
    "doctor": (),
    "init": (),
    "mcp tools": ("--profile", "full"),
    "memory conflicts": (),
    "memory context": (),
    "memory export": (),
    "memory get": (OBSERVATION,),
    "memory list": (),
    "memory revisions": (OBSERVATION,),
    "memory search": ("anything",),
    "memory session list": (),
    "memory stats": (),
    "next": (),
    "plugins check": ("opencode",),
    "plugins info": ("memory",),
    "plugins list": ("--all",),
    "project list": (),
    "project show": (),
    "setup diff": ("--provider", "opencode"),
    "setup plan": ("--provider", "opencode"),
    "setup status": (),
    "status": (),
    "tokens": (),
}
# Each of these writes; what it writes, and that it asks for consent where it must, is its own room's test.
WRITES = {
    "db backup",
    "db restore",
    "db upgrade",
    "demo",
    "hook",
    "mcp serve",
    "memory forget",
    "memory import",
    "memory relate",
    "memory restore",
    "memory save",
    "memory session draft",
    "memory session end",
    "memory session start",
    "memory update",
    "plugins disable",
    "plugins enable",
    "plugins install",
    "plugins new",
    "plugins uninstall",
    "project merge",
    "project rename",
    "project undo",
    "setup apply",
    "setup rollback",
    "setup uninstall",
    "verify",
}


def leaves() -> set[str]:
    """Return every command that does something, by the words that call it."""
    found: set[str] = set()

    def walk(command: click.Command, words: str) -> None:
        if isinstance(command, click.Group):
            for name, child in command.commands.items():
                walk(child, f"{words} {name}")
        else:
            found.add(words)

    for offer in App(Options(plugins=False)).catalogue.commands:
        command = resolve(offer.value.target, offer.plugin)
        assert isinstance(command, click.Command)
        walk(command, offer.value.name)
    return found


def tree(*places: Path) -> dict[str, tuple[int, float]]:
    """Return every entry below the places with its mode and time of change."""
    return {
        str(path): (stat.S_IMODE(path.lstat().st_mode), path.lstat().st_mtime)
        for place in places
        for path in [place, *place.rglob("*")]
    }


def test_every_command_is_known_to_read_or_to_write() -> None:
    assert leaves() == set(READS) | WRITES


@pytest.fixture
def traps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Providers' programs that leave a trace when they are started."""
    programs = tmp_path / "programs"
    programs.mkdir()
    trace = tmp_path / "trace"
    for name in ("opencode", "claude", "agy", "gemini"):
        program = programs / name
        program.write_text(f"#!{sys.executable}\nopen({str(trace)!r}, 'a').write('{name} was started')\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return trace


@pytest.mark.parametrize("words", sorted(READS), ids=lambda words: words.replace(" ", "-"))
def test_a_read_only_command_leaves_an_empty_home_empty(
    cli: Cli, home: Path, workspace: Path, traps: Path, words: str
) -> None:
    before = tree(home, workspace)
    ran = cli(*words.split(), *READS[words], "--json")
    assert tree(home, workspace) == before
    assert ran.document["ok"] in (True, False)
    assert "Traceback" not in ran.err
    if words != "doctor":  # the one command whose work it is to ask the client, on a copy
        assert not traps.exists(), traps.read_text()


def read_only_tools() -> list[str]:
    return [
        offer.value.name for offer in App(Options(plugins=False)).catalogue.tools if offer.value.read_only
    ]


def test_a_read_only_tool_leaves_an_empty_home_empty(home: Path, workspace: Path, traps: Path) -> None:
    names = read_only_tools()
    assert len(names) >= 8
    arguments = {"id": OBSERVATION, "query": "anything"}
    app = App()
    for offer in app.catalogue.tools:
        tool = offer.value
        if tool.name in names:
            properties = tool.input_schema.get("properties")
            assert isinstance(properties, dict)
            given = {key: value for key, value in arguments.items() if key in properties}
            before = tree(home, workspace)
            try:
                app.call(tool.name, given)
            except VgxnessError as error:
                assert error.code in ("unknown_observation", "unknown_project", "store_missing")  # noqa: PT017 -- most tools answer, some can't
            assert tree(home, workspace) == before, tool.name
    assert not traps.exists()
