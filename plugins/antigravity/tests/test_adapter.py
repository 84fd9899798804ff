"""What the adapter declares: which files, which edits."""

from __future__ import annotations

import pytest
import vgxness_antigravity
from vgxness_antigravity.adapter import RULE_CHARACTERS, RULE_HEAD, AntigravityAdapter

from vgxness.plugin import (
    ConfigScope,
    ConfigTarget,
    ListsServers,
    OwnedTree,
    ProviderAdapter,
    ServerCommand,
    SetKey,
    WholeFile,
)
from vgxness.testing.machine import SERVER, Machine


def targets(machine: Machine, scope: ConfigScope = "user", text: str = "") -> dict[str, ConfigTarget]:
    adapter = AntigravityAdapter()
    found = adapter.targets(machine.request(adapter, scope, instructions=text))
    return {target.id: target for target in found}


def test_the_module_offers_one_adapter_that_lists_servers() -> None:
    (adapter,) = vgxness_antigravity.vgxness_provider_adapters()
    assert isinstance(adapter, ProviderAdapter)
    assert isinstance(adapter, ListsServers)
    assert (adapter.name, adapter.config_scopes) == ("antigravity", ("user", "project"))


def test_the_user_scope_is_one_directory_of_our_own(machine: Machine) -> None:
    plugin = machine.home / ".gemini" / "config" / "plugins" / "vgxness"
    found = targets(machine, text="Use memory.")
    assert {target.path for target in found.values()} == {
        plugin / "plugin.json",
        plugin / "mcp_config.json",
        plugin / "rules",
    }
    assert all(target.root == machine.home for target in found.values())
    assert found["rules"].edits == (OwnedTree(files={"AGENTS.md": b"Use memory.\n"}),)


def test_the_server_is_one_key_without_a_type(machine: Machine) -> None:
    (edit,) = targets(machine)["server"].edits
    assert edit == SetKey(
        path=("mcpServers", "vgxness"),
        value={
            "command": SERVER.command[0],
            "args": list(SERVER.command[1:]),
            "env": dict(SERVER.environment),
        },
    )


def test_a_server_without_variables_has_no_env(machine: Machine) -> None:
    adapter = AntigravityAdapter()
    server = ServerCommand(command=("/opt/vgxness", "mcp", "serve"))
    found = adapter.targets(machine.request(adapter, server=server))
    edit = next(target for target in found if target.id == "server").edits[0]
    assert isinstance(edit, SetKey)
    assert edit.value == {"command": "/opt/vgxness", "args": ["mcp", "serve"]}


def test_a_project_has_its_server_and_a_rule_that_is_always_on(machine: Machine) -> None:
    found = targets(machine, "project", "Use memory.")
    assert found["server"].path == machine.workspace / ".agents" / "mcp_config.json"
    assert found["rules"].path == machine.workspace / ".agents" / "rules" / "vgxness.md"
    assert found["rules"].edits == (WholeFile(content=f"{RULE_HEAD}Use memory.\n".encode()),)
    assert "reports differ" in found["server"].not_expressed[0]


@pytest.mark.parametrize("scope", ["user", "project"])
def test_without_instructions_there_is_no_rule(machine: Machine, scope: ConfigScope) -> None:
    assert "rules" not in targets(machine, scope)
    assert "rules" not in targets(machine, scope, " \n")


@pytest.mark.parametrize("scope", ["user", "project"])
def test_rules_that_would_be_cut_are_left_out_and_said_so(machine: Machine, scope: ConfigScope) -> None:
    head = len(RULE_HEAD) if scope == "project" else 0
    longest = "é" * (RULE_CHARACTERS - 2 - head)
    assert "rules" in targets(machine, scope, longest)
    found = targets(machine, scope, longest + "x")
    assert "rules" not in found
    said = [line for target in found.values() for line in target.not_expressed]
    assert any(f"{RULE_CHARACTERS} characters" in line for line in said)


def test_the_tables_of_a_project_are_the_users_and_then_its_own(machine: Machine) -> None:
    adapter = AntigravityAdapter()
    config = machine.home / ".gemini" / "config"
    user = [table.path for table in adapter.server_tables(machine.request(adapter))]
    assert user == [config / "plugins" / "vgxness" / "mcp_config.json", config / "mcp_config.json"]
    tables = adapter.server_tables(machine.request(adapter, "project"))
    assert [table.path for table in tables] == [*user, machine.workspace / ".agents" / "mcp_config.json"]
    assert {(table.keys, table.off, table.format) for table in tables} == {
        (("mcpServers",), ("disabled", True), "json")
    }
