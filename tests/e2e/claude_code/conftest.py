"""A user who already works with Claude Code."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.clients import install
from tests.e2e.claude_code.client import DOCUMENT, MEMORY, SETTINGS, ClaudeCode
from tests.e2e.home import Home
from tests.e2e.process import run
from tests.e2e.scripted_anthropic import ScriptedAnthropic

USERS_SETTINGS = """\
{
      "theme" : "dark",
  "hooks": { "SessionStart": [ { "hooks": [ {"type": "command", "command": "true"} ] } ],
\t"Stop": [] },
  "permissions": {"allow": ["Bash(ls:*)"]}
}"""

USERS_MEMORY = "# Me\r\n\r\nAnswer in one sentence."

USERS_DOCUMENT = {
    "hasCompletedOnboarding": True,
    "theme": "dark",
    "customApiKeyResponses": {"approved": ["dummy"], "rejected": []},
    "mcpServers": {"notes": {"type": "http", "url": "http://127.0.0.1:9/mcp"}},
}


@pytest.fixture
def anthropic() -> Iterator[ScriptedAnthropic]:
    """A model server on loopback; the test gives it a script with `play`."""
    with ScriptedAnthropic() as server:
        yield server


@pytest.fixture
def claude(home: Home, anthropic: ScriptedAnthropic) -> ClaudeCode:
    """The pinned Claude Code in `home`; skips where it is not installed, unless it is required."""
    missing = install.why_missing()
    if missing and os.environ.get("VGXNESS_REQUIRE_CLIENTS") == "1":
        pytest.fail(missing, pytrace=False)
    if missing:
        pytest.skip(missing)
    return ClaudeCode(install.CLAUDE, home, anthropic)


@pytest.fixture
def user(home: Home) -> dict[str, Any]:
    """Files of a user in `home` and a repository for their project; the document that Claude Code keeps."""
    home.write(SETTINGS, USERS_SETTINGS).chmod(0o640)
    home.write(MEMORY, USERS_MEMORY)
    project = {str(home.project): {"hasTrustDialogAccepted": True}}
    document = {**USERS_DOCUMENT, "projects": project}
    home.write(DOCUMENT, json.dumps(document)).chmod(0o600)
    done = run("git", "init", "--quiet", env=home.env, cwd=home.project)
    assert done.code == 0, done.said()
    return document
