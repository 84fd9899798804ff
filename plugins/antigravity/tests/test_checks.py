"""What the doctor finds in Antigravity's files and places; it reads, and writes nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import vgxness_antigravity
from vgxness_antigravity.checks import documented, files, places

from vgxness.plugin import Finding
from vgxness.testing.machine import Machine

SERVER = {"command": "/opt/vgxness", "args": []}


def put(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def gemini(machine: Machine, *parts: str) -> Path:
    return machine.home.joinpath(".gemini", *parts)


def installed(machine: Machine, *, server: dict[str, Any] | None = None, **manifest: Any) -> None:
    plugin = gemini(machine, "config", "plugins", "vgxness")
    put(plugin / "plugin.json", {"name": "vgxness", **manifest})
    put(plugin / "mcp_config.json", {"mcpServers": {"vgxness": {**SERVER, **(server or {})}}})


def test_the_module_declares_both_questions() -> None:
    checks = vgxness_antigravity.vgxness_doctor_checks()
    assert [check.id for check in checks] == ["antigravity.files", "antigravity.places"]
    assert [check.target.rpartition(":")[2] for check in checks] == [files.__name__, places.__name__]


def test_without_files_there_is_nothing_to_read(machine: Machine) -> None:
    before = machine.files()
    assert files(machine).severity == "skipped"
    assert places(machine).severity == "ok"
    assert machine.files() == before


def test_what_a_setup_wrote_is_well(machine: Machine) -> None:
    installed(machine)
    assert (files(machine).severity, files(machine).summary) == (
        "ok",
        "Antigravity can read all of its JSON files (2).",
    )
    assert places(machine) == Finding(
        severity="ok", summary="Nothing stands in a wrong place, and nothing switches vgxness off."
    )


def test_a_comment_in_the_servers_is_an_error_with_its_place(machine: Machine) -> None:
    path = put(gemini(machine, "config", "mcp_config.json"), b'{\n  // mine\n  "mcpServers": {}\n}')
    found = files(machine)
    assert found == Finding(
        severity="error",
        summary=f"Antigravity does not take {path} as it stands.",
        evidence=(f"{path}, line 2, column 3: a comment; agy exits 1 and starts no session",),
        hint=f"edit {path}",
    )


def test_a_dropped_server_is_a_warning_without_content(machine: Machine) -> None:
    text = {"mcpServers": {"hush": {"command": "x", "env": {"TOKEN": 12345}}}}
    put(machine.workspace / ".agents" / "mcp_config.json", text)
    found = files(machine)
    assert found.severity == "warning"
    assert "that server is dropped without a word" in found.evidence[0]
    assert not {"hush", "TOKEN", "12345"} & set(repr(found).replace("'", " ").split())


def test_every_documented_file_is_read(machine: Machine) -> None:
    for root in (gemini(machine, "config"), machine.workspace / ".agents"):
        (root / "plugins" / "other").mkdir(parents=True)
    paths = [path for path, _ in documented(machine.home, machine.workspace)]
    assert len(set(paths)) == len(paths)
    for path in paths:
        put(path, b'{"a": 1,}')
    found = files(machine)
    assert [line.partition(",")[0] for line in found.evidence] == [str(path) for path in paths]
    assert {path.name for path in paths} == {
        "mcp_config.json", "hooks.json", "skills.json", "agents.json", "plugins.json",
        "plugin.json", "config.json", "settings.json",
    }  # fmt: skip


@pytest.mark.parametrize("bad", ["a directory", "a dangling link", "a huge file", "a pipe"])
def test_what_is_no_readable_file_is_named_and_not_waited_for(machine: Machine, bad: str) -> None:
    path = gemini(machine, "config", "mcp_config.json")
    path.parent.mkdir(parents=True)
    if bad == "a directory":
        path.mkdir()
    elif bad == "a dangling link":
        path.symlink_to("nowhere")
    elif bad == "a pipe":
        os.mkfifo(path)
    else:
        with path.open("wb") as file:
            file.truncate(17 * 1024 * 1024)
    found = files(machine)
    assert found.severity == "error"
    assert found.evidence[0].startswith(f"{path}: ")


def test_a_switched_off_plugin_is_explained(machine: Machine) -> None:
    installed(machine)
    config = put(gemini(machine, "config", "config.json"), {"plugins": {"vgxness": {"enabled": False}}})
    found = places(machine)
    assert (found.severity, found.hint) == ("warning", "agy plugin enable vgxness")
    assert found.summary == f"{config} switches the plugin vgxness off."


@pytest.mark.parametrize(("entry", "severity"), [(None, "warning"), (True, "ok"), (False, "warning")])
def test_what_config_json_says_wins_over_the_manifest(
    machine: Machine, entry: bool | None, severity: str
) -> None:
    installed(machine, disabled=True)
    if entry is not None:
        put(gemini(machine, "config", "config.json"), {"plugins": {"vgxness": {"enabled": entry}}})
    assert places(machine).severity == severity


def test_an_entry_that_an_uninstalled_plugin_left_is_nobodys_business(machine: Machine) -> None:
    put(gemini(machine, "config", "config.json"), {"plugins": {"vgxness": {"enabled": False}}})
    assert places(machine).severity == "ok"


def test_a_switched_off_server_is_explained(machine: Machine) -> None:
    installed(machine, server={"disabled": True})
    found = places(machine)
    assert found.severity == "warning"
    assert "switched off" in found.summary


@pytest.mark.parametrize("product", ["antigravity", "antigravity-cli", "antigravity-ide"])
def test_a_server_in_a_place_of_old_is_recognised_and_left_alone(machine: Machine, product: str) -> None:
    old = put(gemini(machine, product, "mcp_config.json"), {"mcpServers": {"vgxness": SERVER}})
    before = machine.files()
    found = places(machine)
    assert found.severity == "warning"
    assert found.summary == f"{old} has a server vgxness, and Antigravity 2.x does not read that file."
    assert machine.files() == before


def test_other_servers_in_a_place_of_old_are_mentioned(machine: Machine) -> None:
    put(gemini(machine, "antigravity", "mcp_config.json"), {"mcpServers": {"notes": SERVER}})
    assert places(machine).severity == "info"
    put(gemini(machine, "antigravity", "mcp_config.json"), {"mcpServers": {}})
    assert places(machine).severity == "ok"


def test_the_old_directory_of_a_workspace_is_mentioned(machine: Machine) -> None:
    (machine.workspace / ".agent").mkdir()
    assert ".agents" in places(machine).summary
    (machine.workspace / ".agents").mkdir()
    assert places(machine).severity == "ok"


@pytest.mark.parametrize(
    ("trusted", "severity"),
    [
        ([], "warning"),
        (["/elsewhere"], "warning"),
        (["HERE"], "ok"),
        (["ABOVE"], "ok"),
        (None, "ok"),
        (7, "ok"),
    ],
)
def test_a_workspace_that_agy_was_not_told_to_trust_is_explained(
    machine: Machine, trusted: Any, severity: str
) -> None:
    put(machine.workspace / ".agents" / "mcp_config.json", {"mcpServers": {"vgxness": SERVER}})
    names = {"HERE": str(machine.workspace), "ABOVE": str(machine.workspace.parent)}
    if isinstance(trusted, list):
        trusted = [names.get(name, name) for name in trusted]
    if trusted is not None:
        put(gemini(machine, "antigravity-cli", "settings.json"), {"trustedWorkspaces": trusted})
    assert places(machine).severity == severity


def test_trust_is_no_matter_where_nothing_of_ours_stands(machine: Machine) -> None:
    put(gemini(machine, "antigravity-cli", "settings.json"), {"trustedWorkspaces": []})
    assert places(machine).severity == "ok"


def test_files_that_do_not_parse_hide_nothing_else(machine: Machine) -> None:
    installed(machine)
    put(gemini(machine, "config", "config.json"), b"{")
    put(gemini(machine, "antigravity-cli", "settings.json"), b"[]")
    put(gemini(machine, "antigravity", "mcp_config.json"), {"mcpServers": {"vgxness": SERVER}})
    assert places(machine).severity == "warning"
