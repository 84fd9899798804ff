"""A user who already works with OpenCode."""

from __future__ import annotations

import pytest

from tests.e2e.home import Home
from tests.e2e.process import run
from tests.e2e.scripted_model import ScriptedModel

CONFIG = ".config/opencode/opencode.jsonc"

SECRET = "sk-proj-" + "Ab1" * 12
"""The user's key, on a line that a diff of our edit shows around it."""

USERS_CONFIG = """\
// My OpenCode. The order of the keys matters to me.
{
      "$schema": "https://opencode.ai/config.json",
  "model" : "scripted/x",   /* the only one I trust */
\t"small_model": "scripted/x",
  "autoupdate": false, "share": "disabled",

  // my own servers
  "mcp": {
      "notes": { "type": "local", "command": ["notes", "--serve"], "enabled": false, }, // not today
  },
  "provider": {
    "scripted": {"options": {"baseURL": "MODEL_URL", "apiKey": "SECRET"},
      "npm": "@ai-sdk/openai-compatible", "name": "Scripted",
      "models": {"x": {"name": "X", "tool_call": true, "limit": {"context": 100000, "output": 4096}}}}},
}
"""

REVIEWER = """\
---
description: Reads diffs
mode: subagent
---
Be kind.
"""


@pytest.fixture
def users_config(home: Home, model: ScriptedModel) -> str:
    """The text of the user's configuration, which stands in `home` beside other files of theirs."""
    text = USERS_CONFIG.replace("MODEL_URL", model.url).replace("SECRET", SECRET)
    home.write(CONFIG, text)
    home.write(".config/opencode/AGENTS.md", "Answer in one sentence.\r\n")
    home.write(".config/opencode/agents/reviewer.md", REVIEWER)
    home.write(".bashrc", "export EDITOR=vi\n").chmod(0o600)
    return text


@pytest.fixture
def repository(home: Home) -> Home:
    """`home` with a git repository for its project."""
    done = run("git", "init", "--quiet", env=home.env, cwd=home.project)
    assert done.code == 0, done.said()
    (home.project / "README.md").write_text("# A project\n")
    return home
