"""Doctor asks the real client, and leaves the user's own things alone while it does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.home import Home, snapshot
from tests.e2e.opencode.client import OpenCode
from tests.e2e.opencode.conftest import CONFIG

pytestmark = [pytest.mark.client, pytest.mark.timeout(300)]

PLUGIN = 'await Bun.write("{witness}", "ran")\nexport const Own = async () => ({{}})\n'


def connection(home: Home) -> dict[str, Any]:
    """Return what doctor finds of the connection; anything it leaves behind fails the test."""
    before = snapshot(home.path.parent)
    report = home.vgxness("doctor", "setup.live", "--json")
    assert snapshot(home.path.parent) == before
    (found,) = report.json()["data"]["checks"]
    assert report.code == (1 if found["severity"] == "error" else 0)
    return found


def test_doctor_says_that_opencode_was_not_set_up_and_leaves_no_file(opencode: OpenCode, home: Home) -> None:
    # Without a $schema OpenCode would add one as soon as it reads this file.
    home.write(CONFIG, '{ "autoupdate": false }')
    found = connection(home)
    assert found["severity"] == "skipped"
    assert "No client" in found["summary"]


def test_doctor_finds_a_server_that_does_not_start(opencode: OpenCode, home: Home) -> None:
    done = home.vgxness("setup", "apply", "--provider", "opencode", "--yes")
    assert done.code == 0, done.said()
    written = home.path / CONFIG
    text = written.read_text()
    written.write_text(text.replace('"mcp", "serve"', '"mcp", "nothing"'))
    found = connection(home)
    assert found["severity"] == "error"
    assert "differs" in str(found["evidence"])


def test_doctor_neither_runs_nor_installs_the_users_own_plugins(opencode: OpenCode, home: Home) -> None:
    witness = home.path / "the-plugin-ran"
    home.write(".config/opencode/plugin/own.ts", PLUGIN.format(witness=witness))
    home.write(CONFIG, '{ "plugin": ["no-such-package-of-anybody@1.0.0"] }')
    done = home.vgxness("setup", "apply", "--provider", "opencode", "--yes")
    assert done.code == 0, done.said()
    assert connection(home)["severity"] == "ok"
    assert not witness.exists()
