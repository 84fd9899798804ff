"""What the adapter declares: which files, which edits, in both scopes."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import vgxness_claude_code
from vgxness_claude_code.adapter import ClaudeCodeAdapter
from vgxness_claude_code.hook import hook_item, unsaid

from vgxness.plugin import (
    ClientWriter,
    ConfigScope,
    ConfigTarget,
    EnsureItem,
    ListsServers,
    ManagedBlock,
    ProviderAdapter,
    ServerCommand,
    ServerTable,
    SetKey,
)
from vgxness.testing.machine import Machine

ADAPTER = ClaudeCodeAdapter()
ENTRY = {
    "type": "stdio",
    "command": "/opt/vgxness/bin/vgxness",
    "args": ["mcp", "serve"],
    "env": {"VGXNESS_DB_PATH": "/data/memory.sqlite"},
}


def asked(machine: Machine, scope: ConfigScope = "user", *managed: Path) -> dict[str, ConfigTarget]:
    request = machine.request(ADAPTER, scope, instructions="# How\n", managed=managed)
    return {target.id: target for target in ADAPTER.targets(request)}


def test_the_module_offers_one_adapter_and_two_checks() -> None:
    (adapter,) = vgxness_claude_code.vgxness_provider_adapters()
    assert isinstance(adapter, ProviderAdapter)
    assert isinstance(adapter, ListsServers)
    assert (adapter.name, adapter.title) == ("claude-code", "Claude Code")
    checks = vgxness_claude_code.vgxness_doctor_checks()
    assert [check.id for check in checks] == ["claude-code.settings", "claude-code.trust"]


def test_the_users_files_are_the_document_the_memory_and_the_settings(vgxness_machine: Machine) -> None:
    home = vgxness_machine.home
    targets = asked(vgxness_machine)
    assert {name: target.path for name, target in targets.items()} == {
        "servers": home / ".claude.json",
        "memory": home / ".claude" / "CLAUDE.md",
        "hooks": home / ".claude" / "settings.json",
    }
    assert {target.root for target in targets.values()} == {home}
    servers = targets["servers"]
    assert servers.edits == (SetKey(path=("mcpServers", "vgxness"), value=ENTRY),)
    assert (servers.format, servers.writer, servers.mode) == ("json", "client", 0o600)
    assert servers.client == ClientWriter(lock=home / ".claude.json.lock", is_running=False)
    assert targets["memory"].edits == (ManagedBlock(text="# How\n"),)


def test_the_projects_files_are_shared_but_for_the_hooks(vgxness_machine: Machine) -> None:
    workspace = vgxness_machine.workspace
    targets = asked(vgxness_machine, "project")
    assert {name: (target.path, target.mode, target.writer) for name, target in targets.items()} == {
        "servers": (workspace / ".mcp.json", 0o644, "user"),
        "memory": (workspace / "CLAUDE.md", 0o644, "user"),
        "hooks": (workspace / ".claude" / "settings.local.json", 0o600, "user"),
    }
    assert targets["servers"].edits == (SetKey(path=("mcpServers", "vgxness"), value=ENTRY),)


def test_a_hook_is_one_item_of_its_events_list_known_by_its_command(vgxness_machine: Machine) -> None:
    edits = asked(vgxness_machine)["hooks"].edits
    assert [(edit.path, edit.name) for edit in edits if isinstance(edit, EnsureItem)] == [
        (("hooks", "SessionStart"), "session-start"),
        (("hooks", "PreCompact"), "pre-compact"),
        (("hooks", "SessionEnd"), "session-end"),
    ]
    for edit in edits:
        assert isinstance(edit, EnsureItem)
        assert edit.identity == ("hooks", 0, "command")
        line = json.loads(json.dumps(edit.value))["hooks"][0]["command"]
        assert shlex.split(line)[1:] == ["/opt/vgxness/bin/vgxness", "hook", edit.name]


def test_without_instructions_and_hooks_only_the_server_is_asked_for(vgxness_machine: Machine) -> None:
    request = vgxness_machine.request(ADAPTER)
    bare = type(request)(
        scope="user",
        mode="mcp",
        home=request.home,
        workspace=request.workspace,
        detection=request.detection,
        server=request.server,
    )
    assert [target.id for target in ADAPTER.targets(bare)] == ["servers"]


def test_the_line_of_a_hook_reaches_the_program_word_by_word_through_a_shell(tmp_path: Path) -> None:
    program = tmp_path / "it's a $HOME of `mine`" / "vgxness"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nimport os, sys\nprint(sys.argv[1:], os.environ['A_PATH'])\n")
    program.chmod(0o755)
    hook = ServerCommand(command=(str(program), "hook"), environment={"A_PATH": "/a b/$c;d"})
    item = json.loads(json.dumps(hook_item(hook, "session-end")))
    line = item["hooks"][0]["command"]
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout == "['hook', 'session-end'] /a b/$c;d\n"


@pytest.mark.parametrize(
    "program",
    [
        "C:\\Program Files\\vgxness\\vgxness.exe",
        "\\\\server\\share\\new tools\\vgxness.exe",
        "D:/x/vgxness.exe",
    ],
    ids=["drive", "share", "slashes"],
)
def test_on_windows_a_hook_names_its_program_and_no_shell_reads_it(program: str) -> None:
    hook = ServerCommand(
        command=(program, "hook"),
        environment={"VGXNESS_DB_PATH": "C:\\Users\\Ann O'Dell\\new.sqlite", "OTHER": "x"},
    )
    item = json.loads(json.dumps(hook_item(hook, "pre-compact")))
    assert item["hooks"] == [
        {
            "type": "command",
            "command": program,
            "args": ["hook", "pre-compact", "--db", "C:\\Users\\Ann O'Dell\\new.sqlite"],
            "timeout": 10,
        }
    ]
    assert unsaid(hook) == ("On Windows a hook of Claude Code can't be given the variable OTHER.",)


def test_the_configuration_directory_moves_everything(vgxness_machine: Machine, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    vgxness_machine.variables["CLAUDE_CONFIG_DIR"] = str(moved)
    targets = asked(vgxness_machine)
    assert {target.path for target in targets.values()} == {
        moved / ".claude.json",
        moved / "CLAUDE.md",
        moved / "settings.json",
    }
    assert {target.root for target in targets.values()} == {moved}
    vgxness_machine.variables["CLAUDE_CONFIG_DIR"] = "relative"
    assert asked(vgxness_machine)["servers"].path == vgxness_machine.home / ".claude.json"


def test_the_older_document_is_used_where_it_stands(vgxness_machine: Machine) -> None:
    older = vgxness_machine.home / ".claude" / ".config.json"
    older.parent.mkdir()
    older.write_text("{}")
    servers = asked(vgxness_machine)["servers"]
    assert servers.path == older
    assert servers.client == ClientWriter(lock=older.with_name(".config.json.lock"))


def test_a_document_that_is_a_link_is_locked_where_the_link_stands(vgxness_machine: Machine) -> None:
    target = vgxness_machine.home / "dotfiles" / "claude.json"
    target.parent.mkdir()
    target.write_text("{}")
    (vgxness_machine.home / ".claude.json").symlink_to(target)
    servers = asked(vgxness_machine)["servers"]
    assert servers.client == ClientWriter(lock=vgxness_machine.home / ".claude.json.lock")


@pytest.mark.parametrize(
    ("name", "runs"), [("own", True), ("99999999999999999999", False), ("notes", False), ("gone", False)]
)
def test_a_session_counts_while_its_process_lives(vgxness_machine: Machine, name: str, runs: bool) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    names = {"own": str(os.getpid()), "gone": str(ended.pid)}
    file = vgxness_machine.home / ".claude" / "sessions" / f"{names.get(name, name)}.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}")
    client = asked(vgxness_machine)["servers"].client
    assert client is not None
    assert client.is_running is runs
    detection = ADAPTER.detect(vgxness_machine)
    assert any("runs now" in line for line in detection.evidence) is runs


@pytest.mark.parametrize(
    ("standing", "managed", "chosen"),
    [
        ((), (), "CLAUDE.md"),
        (("CLAUDE.md", ".claude/CLAUDE.md"), (), "CLAUDE.md"),
        ((".claude/CLAUDE.md",), (), ".claude/CLAUDE.md"),
        (("AGENTS.md",), (), ".claude/rules/vgxness.md"),
        (("AGENTS.md", "CLAUDE.md"), (), "CLAUDE.md"),
        (
            ("AGENTS.md", "CLAUDE.md", ".claude/rules/vgxness.md"),
            (".claude/rules/vgxness.md",),
            ".claude/rules/vgxness.md",
        ),
        (("AGENTS.md", "CLAUDE.md"), (".claude/rules/vgxness.md",), "CLAUDE.md"),
        (("AGENTS.md", "CLAUDE.md", ".claude/CLAUDE.md"), (".claude/CLAUDE.md",), ".claude/CLAUDE.md"),
    ],
)
def test_the_block_goes_where_it_is_or_where_it_hides_nothing(
    vgxness_machine: Machine, standing: tuple[str, ...], managed: tuple[str, ...], chosen: str
) -> None:
    workspace = vgxness_machine.workspace
    for name in standing:
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).write_text("x\n")
    targets = asked(vgxness_machine, "project", *(workspace / name for name in managed))
    assert targets["memory"].path == workspace / chosen


def test_the_server_tables_are_named_by_rank(vgxness_machine: Machine) -> None:
    document = vgxness_machine.home / ".claude.json"
    user = ServerTable(path=document, keys=("mcpServers",), label="user")
    assert ADAPTER.server_tables(vgxness_machine.request(ADAPTER)) == (user,)
    inner = vgxness_machine.workspace / "src"
    inner.mkdir()
    (vgxness_machine.workspace / ".git").mkdir()
    request = vgxness_machine.request(ADAPTER, "project")
    assert ADAPTER.server_tables(request) == (
        user,
        ServerTable(path=vgxness_machine.workspace / ".mcp.json", keys=("mcpServers",), label="project"),
        ServerTable(
            path=document,
            keys=("projects", str(vgxness_machine.workspace), "mcpServers"),
            label="local",
        ),
    )


def test_detection_reads_the_version_from_the_package_and_starts_nothing(vgxness_machine: Machine) -> None:
    assert not ADAPTER.detect(vgxness_machine).found
    program = vgxness_machine.install("claude")
    package = vgxness_machine.root / "package.json"
    package.write_text('{"name": "somebody-elses", "version": "9.9.9"}')
    assert ADAPTER.detect(vgxness_machine).version == ""
    package.write_text('{"name": "@anthropic-ai/claude-code", "version": "2.1.197"}')
    found = ADAPTER.detect(vgxness_machine)
    assert (found.found, found.version) == (True, "2.1.197")
    assert found.evidence == (f"{program.path} is on PATH",)
    assert program.calls == ()
    assert list(vgxness_machine.home.iterdir()) == []


def test_the_clients_own_installer_names_the_program_by_its_version(vgxness_machine: Machine) -> None:
    real = vgxness_machine.home / ".local" / "share" / "claude" / "versions" / "2.1.330"
    real.parent.mkdir(parents=True)
    real.write_text("")
    real.chmod(0o755)
    (vgxness_machine.programs / "claude").symlink_to(real)
    assert ADAPTER.detect(vgxness_machine).version == "2.1.330"
