"""Which servers the host reads from the files of each client that we adapt."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from vgxness.app import App
from vgxness.setup import ListedServer

FILES = {
    "opencode": ".config/opencode/opencode.jsonc",
    "claude-code": ".claude.json",
    "antigravity": ".gemini/config/mcp_config.json",
}
TEXTS = {
    "opencode": """
        // mine
        {"mcp": {
            "docs": {"type": "local", "command": ["npx", "docs"], "environment": {"A": "b"}},
            "off": {"type": "local", "command": ["npx"], "enabled": false},
            "far": {"type": "remote", "url": "http://127.0.0.1:9/"},
        }}
    """,
    "claude-code": """
        {"mcpServers": {
            "docs": {"command": "npx", "args": ["docs"], "env": {"A": "b"}},
            "far": {"type": "http", "url": "http://127.0.0.1:9/"}
        }}
    """,
    "antigravity": """
        {"mcpServers": {
            "docs": {"command": "npx", "args": ["docs"], "env": {"A": "b"}},
            "off": {"command": "npx", "disabled": true},
            "far": {"serverUrl": "http://127.0.0.1:9/"}
        }}
    """,
}


def servers(provider: str) -> dict[str, ListedServer]:
    return {one.name: one for one in App().setup.servers([provider]).servers}


@pytest.mark.parametrize("provider", list(FILES))
def test_a_clients_own_spelling_comes_to_one_form(provider: str, home: Path, workspace: Path) -> None:
    file = home / FILES[provider]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(TEXTS[provider])
    found = servers(provider)
    docs = found["docs"]
    assert (docs.command, docs.environment, docs.is_off) == (("npx", "docs"), {"A": "b"}, False)
    assert (docs.path, docs.provider) == (file, provider)
    assert "off" not in found or found["off"].is_off
    assert found["far"].is_remote
    assert found["far"].command == ()


def test_all_files_that_count_in_a_project_are_read(home: Path, workspace: Path) -> None:
    (home / ".claude.json").write_text(json.dumps({"mcpServers": {"a": {"command": "x"}}}))
    (workspace / ".mcp.json").write_text(json.dumps({"mcpServers": {"b": {"command": "x"}}}))
    assert set(servers("claude-code")) == {"a", "b"}


def test_what_reading_meets_is_told_by_table_and_stops_no_other(home: Path, workspace: Path) -> None:
    (home / ".claude.json").write_text('{"mcpServers": {"a": {"command": "hunter2"')
    (workspace / ".mcp.json").write_text(json.dumps({"mcpServers": {"b": {"command": "x"}}}))
    found = App().setup.servers(["claude-code"])
    assert [one.name for one in found.servers] == ["b"]
    (unread,) = found.unread
    assert unread.path == home / ".claude.json"
    assert "hunter2" not in unread.reason


def test_no_more_than_two_hundred_servers_of_a_table_are_read(home: Path, workspace: Path) -> None:
    many = {f"s{number}": {"command": "x"} for number in range(5_000)}
    (home / ".claude.json").write_text(json.dumps({"mcpServers": many}))
    assert len(servers("claude-code")) == 200


def test_a_file_that_is_no_file_is_told(home: Path, workspace: Path) -> None:
    os.mkfifo(home / ".claude.json")
    assert [one.title for one in App().setup.servers(["claude-code"]).unread] == ["Claude Code"]
