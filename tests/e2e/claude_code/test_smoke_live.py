"""The script of `make smoke-live` works, refuses CI, and leaves nothing; here with a scripted model."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.e2e.claude_code.client import CLAUDE_OWNS, TOOL, ClaudeCode
from tests.e2e.home import Home
from tests.e2e.process import Finished, run
from tests.e2e.scripted_anthropic import Call, Request, Say, ScriptedAnthropic

pytestmark = [pytest.mark.client, pytest.mark.timeout(300)]

SCRIPT = str(Path(__file__).parents[1] / "smoke_live.py")


def smoke(claude: ClaudeCode, *words: str, **more: str) -> Finished:
    # Only Claude Code is on PATH: OpenCode would ask for an account that there is none of.
    only = claude.home.path.parent / "only"
    only.mkdir(exist_ok=True)
    (only / "claude").symlink_to(claude.binary)
    env = {**claude.env, "PATH": f"{only}:/usr/bin:/bin", **more}
    return run(sys.executable, SCRIPT, *words, env=env, cwd=claude.home.project)


def test_it_saves_through_the_client_and_rolls_back(
    claude: ClaudeCode, home: Home, anthropic: ScriptedAnthropic
) -> None:
    def save(request: Request) -> Call:
        found = re.search(r"content '(The word is smoke\w+\.)'", request.everything)
        assert found
        return Call(f"{TOOL}memory_save", {"title": "Smoke test", "content": found[1]})

    anthropic.play(save, Say("done"))
    done = smoke(claude, "--yes")
    assert (done.code, done.stdout) == (
        0,
        "claude-code: saved one memory through the real client, and was rolled back\n",
    ), done.said()
    assert home.snapshot(excluding=CLAUDE_OWNS) == {}


def test_a_client_that_saves_nothing_is_a_failure(
    claude: ClaudeCode, home: Home, anthropic: ScriptedAnthropic
) -> None:
    anthropic.play(Say("I would rather not."))
    done = smoke(claude, "--yes")
    assert done.code == 1
    assert "the memory was not saved" in done.stdout
    assert home.snapshot(excluding=CLAUDE_OWNS) == {}


def test_it_does_not_run_in_ci_nor_without_consent(claude: ClaudeCode, home: Home) -> None:
    assert smoke(claude, "--yes", CI="true").code == 2
    (home.path.parent / "only" / "claude").unlink()
    assert smoke(claude).code == 2
    assert home.snapshot() == {}
