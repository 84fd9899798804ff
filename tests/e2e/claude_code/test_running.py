"""A setup while Claude Code runs in a terminal and rewrites its own file: nobody's change is lost."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.claude_code.client import ClaudeCode
from tests.e2e.claude_code.terminal import Terminal
from tests.e2e.claude_code.test_setup import told
from tests.e2e.home import Home
from tests.e2e.scripted_anthropic import Say, ScriptedAnthropic

PROMPT = "\u276f"
pytestmark = [pytest.mark.client, pytest.mark.timeout(300)]


@pytest.fixture
def session(claude: ClaudeCode, home: Home, user: dict[str, Any]) -> Iterator[Terminal]:
    """An interactive session that is just starting; it rewrites its file a dozen times on the way."""
    tmux = shutil.which("tmux")
    if tmux is None:
        pytest.skip("a session in a terminal needs tmux, which is not on PATH")
    # A socket's path may have about a hundred characters, and a test's own directory has nearly so many.
    with (
        tempfile.TemporaryDirectory(prefix="vgxness-") as place,
        Terminal(tmux, Path(place) / "tmux", (str(claude.binary),), claude.env, home.project) as terminal,
    ):
        file = home.path / ".claude" / "sessions" / f"{terminal.pid}.json"
        terminal.wait_for(file.exists, "the session to say that it runs")
        yield terminal


def leave(session: Terminal) -> None:
    """End the session as a person does; Claude Code writes its file once more."""
    session.type("/exit")
    session.wait_for(lambda: not _lives(session.pid), "the session to end")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def chat(session: Terminal, model: ScriptedAnthropic, answer: str) -> None:
    model.play(Say(answer))
    session.wait_for(lambda: PROMPT in session.screen, "a prompt")
    session.type("say hello")
    session.wait_for(lambda: answer in session.screen, "an answer")
    model.check_played()


def test_a_setup_beside_a_running_session_loses_nothing_of_either(
    claude: ClaudeCode, home: Home, anthropic: ScriptedAnthropic, user: dict[str, Any], session: Terminal
) -> None:
    plan = home.vgxness("setup", "plan", "--provider", "claude-code", "--json").json()["data"]
    assert any("running" in notice for notice in plan["notices"])
    told(home, "apply")  # while the session still starts
    chat(session, anthropic, "Good morning.")
    leave(session)
    document = claude.document()
    (project,) = document["projects"].values()
    assert project["lastGracefulShutdown"] is True, "Claude Code wrote its file after us"
    assert document["mcpServers"].keys() == {"notes", "vgxness"}
    assert document["mcpServers"]["notes"] == user["mcpServers"]["notes"]
    assert {key: document[key] for key in user if key not in ("projects", "mcpServers", "theme")} == {
        key: user[key] for key in user if key not in ("projects", "mcpServers", "theme")
    }
    assert anthropic.outside == []


def test_a_rollback_beside_a_running_session_takes_our_key_and_it_does_not_come_back(
    claude: ClaudeCode, home: Home, anthropic: ScriptedAnthropic, user: dict[str, Any], session: Terminal
) -> None:
    told(home, "apply")
    chat(session, anthropic, "Good morning.")
    plan = home.vgxness("setup", "plan", "--provider", "claude-code", "--json").json()["data"]
    assert [target["action"] for target in plan["targets"]] == ["unchanged"] * 3
    told(home, "rollback")
    chat(session, anthropic, "Good night.")
    leave(session)
    document = claude.document()
    (project,) = document["projects"].values()
    assert project["lastGracefulShutdown"] is True
    assert document["mcpServers"] == user["mcpServers"]
    assert "vgxness" not in json.dumps(document)
