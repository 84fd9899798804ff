"""The live check, with a program that answers as `agy` is reported to.

`agy` comes from its vendor's site only, so the real one can't be had here; this stands in for it at that edge
and nowhere else. It says what others measured of 1.1.26: a listing of what is configured, no connections.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vgxness_antigravity import agy
from vgxness_antigravity.adapter import AntigravityAdapter
from vgxness_antigravity.server import entry

from vgxness.plugin import ConfigScope, LiveVerdict
from vgxness.testing.machine import SERVER, FakeProgram, Machine

AGY = """\
import json, pathlib
home = pathlib.Path(os.environ["HOME"])
words = sys.argv[1:]
BEHAVIOUR
if words == ["--version"]:
    print("1.1.26")
elif words[:2] == ["plugin", "validate"]:
    json.loads((pathlib.Path(words[2]) / "plugin.json").read_text())
else:
    assert words == ["mcp", "list"]
    servers = json.loads((home / ".gemini/config/mcp_config.json").read_text())["mcpServers"]
    for name, server in servers.items():
        print(name, "stdio", "disabled" if server.get("disabled") else "enabled")
"""


def install(machine: Machine, behaviour: str = "") -> FakeProgram:
    return machine.install("agy", AGY.replace("BEHAVIOUR", behaviour))


def put(path: Path, document: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def set_up(machine: Machine, scope: ConfigScope = "user", **more: Any) -> Path:
    directory = machine.workspace / ".agents"
    if scope == "user":
        directory = machine.home / ".gemini" / "config" / "plugins" / "vgxness"
        put(directory / "plugin.json", {"name": "vgxness"})
    return put(directory / "mcp_config.json", {"mcpServers": {"vgxness": {**entry(SERVER), **more}}})


def verdict(machine: Machine, scope: ConfigScope = "user") -> LiveVerdict:
    adapter = AntigravityAdapter()
    return adapter.verify_live(machine, machine.request(adapter, scope))


def test_without_agy_it_is_skipped_with_the_reason(machine: Machine) -> None:
    set_up(machine)
    found = verdict(machine)
    assert (found.state, found.summary) == (
        "skipped",
        "There is no agy here, and neither the app nor the IDE can be asked.",
    )


def test_without_our_entry_agy_is_not_asked(machine: Machine) -> None:
    program = install(machine)
    assert verdict(machine).state == "skipped"
    assert program.calls == ()


def test_agy_is_asked_on_a_copy_and_what_it_does_not_say_is_not_claimed(machine: Machine) -> None:
    program = install(machine)
    set_up(machine)
    before = machine.files()
    found = verdict(machine)
    assert found.state == "skipped"
    assert found.summary == "agy takes what was written, and does not say whether it reaches a server."
    assert found.evidence == (
        "agy 1.1.26",
        "plugin validate: exit code 0",
        "mcp list: exit code 0, lists vgxness",
    )
    assert machine.files() == before
    for call in program.calls:
        assert call.environment["HOME"] == str(call.directory)
        told = [*call.arguments, *call.environment.values()]
        assert not any(str(machine.home) in word for word in told)
        assert not call.directory.exists()


def test_a_listing_that_says_connected_is_believed(machine: Machine) -> None:
    install(machine, 'words == ["mcp", "list"] and sys.exit(print("vgxness: stdio, connected"))')
    set_up(machine)
    assert verdict(machine).state == "connected"


def test_a_listing_that_says_disconnected_is_not_mistaken(machine: Machine) -> None:
    install(machine, 'words == ["mcp", "list"] and sys.exit(print("vgxness stdio disconnected"))')
    set_up(machine)
    assert verdict(machine).state == "skipped"


def test_the_project_scope_asks_about_its_own_entry(machine: Machine) -> None:
    program = install(machine)
    set_up(machine, "project")
    assert verdict(machine, "project").evidence == ("agy 1.1.26", "mcp list: exit code 0, lists vgxness")
    assert [call.arguments for call in program.calls] == [("--version",), ("mcp", "list")]


def test_the_users_other_servers_are_switched_off_in_the_copy(machine: Machine) -> None:
    seen = machine.root / "seen.json"
    look = f'pathlib.Path({str(seen)!r}).write_text((home / ".gemini/config/mcp_config.json").read_text())'
    install(machine, f'words == ["mcp", "list"] and {look}')
    set_up(machine)
    theirs = {"mcpServers": {"notes": {"command": "rm"}, "odd": 3}, "other": 1}
    put(machine.home / ".gemini" / "config" / "mcp_config.json", theirs)
    assert verdict(machine).state == "skipped"
    notes = {"command": "rm", "disabled": True}
    assert json.loads(seen.read_text()) == {
        "mcpServers": {"notes": notes, "vgxness": entry(SERVER)},
        "other": 1,
    }


def test_a_file_of_the_users_that_agy_refuses_is_a_failure_and_never_echoed(machine: Machine) -> None:
    install(machine)
    set_up(machine)
    put(machine.home / ".gemini" / "config" / "mcp_config.json", '{"sk-secret": 1,}')
    found = verdict(machine)
    assert (found.state, found.summary) == ("failed", "agy refuses its configuration.")
    assert "sk-secret" not in repr(found)


@pytest.mark.parametrize(
    ("behaviour", "summary"),
    [
        ('words[:1] == ["plugin"] and sys.exit("sk-secret")', "agy refuses the plugin vgxness."),
        ('words == ["mcp", "list"] and sys.exit(0)', "agy drops the entry without a word."),
    ],
)
def test_what_agy_refuses_or_drops_is_a_failure(machine: Machine, behaviour: str, summary: str) -> None:
    install(machine, behaviour)
    set_up(machine)
    found = verdict(machine)
    assert (found.state, found.summary) == ("failed", summary)
    assert "sk-secret" not in repr(found)


@pytest.mark.parametrize(
    "answer",
    ['sys.exit(print("1.107.0\\n" + "a" * 40 + "\\nx64"))', 'sys.exit(print("no number"))', "sys.exit(3)"],
    ids=["an-editor", "something-else", "a-failure"],
)
def test_an_alias_of_the_ide_is_recognised_and_asked_nothing_more(machine: Machine, answer: str) -> None:
    program = install(machine, answer)
    set_up(machine)
    assert verdict(machine).state == "skipped"
    assert [call.arguments for call in program.calls] == [("--version",)]


def test_another_entry_than_planned_and_a_disabled_one_are_failures(machine: Machine) -> None:
    program = install(machine)
    set_up(machine, command="/dead")
    assert verdict(machine).evidence == ("mcpServers.vgxness.command differs",)
    set_up(machine, disabled=True)
    assert "disabled" in verdict(machine).summary
    set_up(machine, timeoutSeconds=9)
    assert verdict(machine).state == "skipped", "a key that the user added is no difference"
    assert program.calls


def test_an_agy_that_hangs_is_ended(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agy, "SECONDS", 1.0)
    install(machine, "import signal; signal.pause()")
    set_up(machine)
    assert verdict(machine).summary == "agy did not answer within 1 s."
