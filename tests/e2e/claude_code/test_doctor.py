"""What doctor says of the connection and of trust, and what the real client says to the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.claude_code.client import ClaudeCode
from tests.e2e.claude_code.test_setup import told
from tests.e2e.home import Home, snapshot
from tests.e2e.process import run

pytestmark = [pytest.mark.client, pytest.mark.timeout(300)]


def found(home: Home, check: str) -> dict[str, Any]:
    """Return what one check finds; anything it leaves behind fails the test."""
    before = snapshot(home.path.parent)
    report = home.vgxness("doctor", check, "--json")
    assert snapshot(home.path.parent) == before
    (finding,) = report.json()["data"]["checks"]
    return finding


def said(claude: ClaudeCode) -> str:
    """Return what `claude mcp list` says of our server in the project, "" where it names none."""
    env, project = claude.env, claude.home.project
    done = run(str(claude.binary), "mcp", "list", env=env, cwd=project)
    lines = [line for line in done.stdout.splitlines() if line.startswith("vgxness: ")]
    return lines[0].rpartition(" - ")[2] if lines else ""


@pytest.mark.parametrize("scope", ["user", "project"])
def test_doctor_connects_through_the_real_client(
    claude: ClaudeCode, home: Home, user: dict[str, Any], scope: str
) -> None:
    told(home, "apply", "--config-scope", scope)
    finding = found(home, "setup.live")
    assert (finding["severity"], finding["summary"]) == (
        "ok",
        "Claude Code reads the entry and is connected to the server.",
    )


def test_doctor_finds_a_server_that_does_not_start(
    claude: ClaudeCode, home: Home, user: dict[str, Any]
) -> None:
    told(home, "apply")
    program = claude.document()["mcpServers"]["vgxness"]["command"]
    file = home.path / ".claude.json"
    file.write_text(file.read_text().replace(json.dumps(program), '"/nowhere/vgxness"'))
    finding = found(home, "setup.live")
    assert finding["severity"] == "error"
    assert "mcpServers.vgxness differs" in str(finding["evidence"])


def test_a_projects_entry_waits_is_approved_and_is_hidden_as_claude_code_says(
    claude: ClaudeCode, home: Home, user: dict[str, Any]
) -> None:
    told(home, "apply", "--config-scope", "project")
    assert found(home, "claude-code.trust")["severity"] == "info"
    assert "Pending approval" in said(claude)

    local = home.project / ".claude" / "settings.local.json"
    settings = json.loads(local.read_text())
    local.write_text(json.dumps({**settings, "enabledMcpjsonServers": ["vgxness"]}))
    assert found(home, "claude-code.trust")["severity"] == "ok"
    assert said(claude) == "✔ Connected"

    local.write_text(json.dumps({**settings, "disabledMcpjsonServers": ["vgxness"]}))
    assert found(home, "claude-code.trust")["severity"] == "warning"
    assert said(claude) == ""
    assert found(home, "setup.live")["severity"] == "error"


def test_a_shared_approval_counts_in_a_trusted_folder_alone(
    claude: ClaudeCode, home: Home, user: dict[str, Any]
) -> None:
    told(home, "apply", "--config-scope", "project")
    shared = home.project / ".claude" / "settings.json"
    shared.write_text('{"enableAllProjectMcpServers": true}')
    assert found(home, "claude-code.trust")["severity"] == "ok"
    assert said(claude) == "✔ Connected"
    document = {**claude.document(), "projects": {}}
    home.write(".claude.json", json.dumps(document))
    finding = found(home, "claude-code.trust")
    assert finding["severity"] == "info"
    assert "counts once the folder is trusted" in str(finding["evidence"])
    assert "Pending approval" in said(claude)
