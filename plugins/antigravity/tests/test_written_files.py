"""What the host really writes for Antigravity is what its vendor documents, and goes again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from vgxness_antigravity.adapter import AntigravityAdapter
from vgxness_antigravity.checks import files

from plugins.antigravity.tests.documented import Manifest, Servers, rule, strict
from vgxness.plugin import ConfigScope, ConfigTarget, OwnedTree, ServerCommand, SetupRequest, WholeFile
from vgxness.testing.machine import SERVER, WINDOWS_SERVER, Machine

SCOPES: tuple[ConfigScope, ...] = ("user", "project")


class Talkative(AntigravityAdapter):
    """The adapter, asked with instructions whether the host has some or not."""

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        from dataclasses import replace

        return super().targets(replace(request, instructions="# VGXNESS\n\nSearch memory first — always.\n"))


def apply(machine: Machine, scope: ConfigScope, server: ServerCommand = SERVER) -> None:
    outcome = machine.setup(Talkative(), server=server).apply(["antigravity"], scope=scope)
    assert not outcome.plan.held_back, outcome.plan.held_back


@pytest.mark.parametrize("server", [SERVER, WINDOWS_SERVER], ids=["posix", "windows"])
def test_the_plugin_is_as_documented(machine: Machine, server: ServerCommand) -> None:
    apply(machine, "user", server)
    plugin = machine.home / ".gemini" / "config" / "plugins" / "vgxness"
    manifest = Manifest.model_validate(strict((plugin / "plugin.json").read_bytes()))
    assert manifest.name == plugin.name
    servers = Servers.model_validate(strict((plugin / "mcp_config.json").read_bytes())).mcpServers
    assert (servers["vgxness"].command, *servers["vgxness"].args) == server.command
    assert servers["vgxness"].env == dict(server.environment)
    assert (plugin / "rules" / "AGENTS.md").read_text(
        "utf-8"
    ) == "# VGXNESS\n\nSearch memory first — always.\n"
    assert sorted(file.name for file in plugin.rglob("*") if file.is_file()) == [
        "AGENTS.md",
        "mcp_config.json",
        "plugin.json",
    ]


@pytest.mark.parametrize("server", [SERVER, WINDOWS_SERVER], ids=["posix", "windows"])
def test_the_project_s_files_are_as_documented(machine: Machine, server: ServerCommand) -> None:
    apply(machine, "project", server)
    root = machine.workspace / ".agents"
    servers = Servers.model_validate(strict((root / "mcp_config.json").read_bytes())).mcpServers
    assert (servers["vgxness"].command, *servers["vgxness"].args) == server.command
    head, body = rule((root / "rules" / "vgxness.md").read_bytes())
    assert head.trigger == "always_on"
    assert body.strip() == "# VGXNESS\n\nSearch memory first — always."


@pytest.mark.parametrize("scope", SCOPES)
def test_the_doctor_has_no_fault_to_find_in_what_was_written(machine: Machine, scope: ConfigScope) -> None:
    apply(machine, scope)
    assert files(machine).severity == "ok"


@pytest.mark.parametrize("scope", SCOPES)
def test_no_file_of_the_user_s_is_edited_in_the_user_scope_and_all_goes_again(
    machine: Machine, scope: ConfigScope
) -> None:
    for path in (
        machine.home / ".gemini" / "config" / "mcp_config.json",
        machine.home / ".gemini" / "antigravity" / "mcp_config.json",
        machine.home / ".gemini" / "antigravity-cli" / "mcp_config.json",
        machine.workspace / ".agents" / "mcp_config.json",
        machine.workspace / ".agent" / "rules" / "mine.md",
        machine.workspace / "AGENTS.md",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b'{\r\n\t"mcpServers": {"notes": {"command": "notes"}}}')
    before = machine.files()
    apply(machine, scope)
    changed = {path for path, text in machine.files().items() if before.get(path, text) != text}
    assert {path for path in changed if Path(path).is_file()} == (
        {str(machine.workspace / ".agents" / "mcp_config.json")} if scope == "project" else set()
    )
    machine.setup(Talkative()).uninstall(["antigravity"], scope=scope)
    assert machine.files() == before


def test_what_the_app_adds_to_our_server_survives_the_next_apply(machine: Machine) -> None:
    apply(machine, "user")
    path = machine.home / ".gemini" / "config" / "plugins" / "vgxness" / "mcp_config.json"
    document = json.loads(path.read_text())
    document["mcpServers"]["vgxness"]["disabled"] = True
    path.write_text(json.dumps(document))
    apply(machine, "user", ServerCommand(command=("/srv/elsewhere/vgxness", "mcp", "serve")))
    server = json.loads(path.read_text())["mcpServers"]["vgxness"]
    assert (server["command"], server["disabled"]) == ("/srv/elsewhere/vgxness", True)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_rule_never_reaches_the_length_at_which_it_is_cut(machine: Machine, scope: ConfigScope) -> None:
    adapter = AntigravityAdapter()
    for length in (1, 11_900, 11_998, 11_999, 12_000, 50_000):
        for target in adapter.targets(machine.request(adapter, scope, instructions="é" * length)):
            for edit in target.edits:
                contents = list(edit.files.values()) if isinstance(edit, OwnedTree) else []
                contents += [edit.content] if isinstance(edit, WholeFile) else []
                assert all(len(content.decode()) < 12_000 for content in contents)
