"""A stranger's adapter on the real client: set up, connected, gone without a trace."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.gemini_cli.client import GEMINI_OWNS, GeminiCli
from tests.e2e.home import VGXNESS_KEEPS, Home, snapshot

pytestmark = [pytest.mark.client, pytest.mark.timeout(300)]

NOT_OURS = (*GEMINI_OWNS, *VGXNESS_KEEPS)

MEMORY = b"# Me\r\n\r\nAnswer in one sentence."

SETTINGS = """\
{
    // The theme matters to me.
  "ui" : { "theme": "Default Light" },\t/* and this too */
  "mcpServers": {
      "notes": { "command": "/nowhere/notes", "args": [] }
  }
}"""


@pytest.fixture
def settings(home: Home) -> str:
    """A user's settings, which stand in `home` beside their instructions."""
    home.write(".gemini/settings.json", SETTINGS).chmod(0o640)
    home.write(".gemini/GEMINI.md", MEMORY.decode())
    return SETTINGS


def told(home: Home, *words: str) -> Any:
    done = home.vgxness("setup", *words, "--provider", "gemini-cli", "--yes", "--json")
    assert done.code == 0, done.said()
    return done.json()["data"]


def connection(home: Home) -> dict[str, Any]:
    """Return what doctor finds of the connection; anything it leaves behind fails the test."""
    before = snapshot(home.path.parent)
    (found,) = home.vgxness("doctor", "setup.live", "--json").json()["data"]["checks"]
    assert snapshot(home.path.parent) == before
    return found


def test_gemini_says_connected_and_after_a_rollback_every_byte_is_as_before(
    gemini: GeminiCli, home: Home, settings: str
) -> None:
    assert gemini.servers() == {"notes": "Disconnected"}
    before = home.snapshot(excluding=NOT_OURS)
    told(home, "apply")
    assert gemini.servers() == {"notes": "Disconnected", "vgxness": "Connected"}
    assert "// The theme matters to me." in (home.path / ".gemini/settings.json").read_text()
    told_to_the_model = (home.path / ".gemini/GEMINI.md").read_bytes()
    assert told_to_the_model.startswith(MEMORY)
    assert b"vgxness_memory_save" in told_to_the_model
    told(home, "rollback")
    assert home.snapshot(excluding=NOT_OURS) == before
    assert (home.path / ".gemini/settings.json").read_text() == settings
    assert gemini.servers() == {"notes": "Disconnected"}


def test_a_project_is_set_up_and_left_as_it_was(gemini: GeminiCli, home: Home, settings: str) -> None:
    (home.project / "GEMINI.md").write_bytes(b"Prices are in cents.\n")
    before = home.snapshot(excluding=NOT_OURS), snapshot(home.project)
    told(home, "apply", "--config-scope", "project")
    assert (home.path / ".gemini/settings.json").read_text() == settings
    assert gemini.servers()["vgxness"] == "Connected"
    told(home, "rollback", "--config-scope", "project")
    assert (home.snapshot(excluding=NOT_OURS), snapshot(home.project)) == before


def test_a_home_that_had_nothing_has_nothing_after_an_uninstall(gemini: GeminiCli, home: Home) -> None:
    told(home, "apply")
    assert gemini.servers() == {"vgxness": "Connected"}
    told(home, "uninstall")
    assert home.snapshot(excluding=NOT_OURS) == {}


def test_what_was_set_up_can_be_taken_back_when_the_adapter_is_gone(
    gemini: GeminiCli, home: Home, settings: str
) -> None:
    before = home.snapshot(excluding=NOT_OURS)
    told(home, "apply")
    del home.env["PYTHONPATH"]
    assert "vgxness-gemini-cli" not in home.vgxness("plugins", "list").stdout
    told(home, "rollback")
    assert home.snapshot(excluding=NOT_OURS) == before


def test_an_untrusted_folder_disables_every_server_and_is_left_untrusted(
    gemini: GeminiCli, home: Home
) -> None:
    told(home, "apply")
    assert gemini.servers(is_trusted=False) == {"vgxness": "Disabled"}
    assert not (home.path / ".gemini/trustedFolders.json").exists()


def test_doctor_asks_the_real_client_and_starts_no_other_server(gemini: GeminiCli, home: Home) -> None:
    witness = home.path / "the-other-server-ran"
    starts = f'{{"mcpServers": {{"other": {{"command": "touch", "args": ["{witness}"]}}}}}}'
    home.write(".gemini/settings.json", starts)
    told(home, "apply")
    found = connection(home)
    assert (found["severity"], found["summary"]) == ("ok", "Gemini CLI is connected to the server.")
    assert not witness.exists()


def test_doctor_finds_another_command_than_planned(gemini: GeminiCli, home: Home) -> None:
    told(home, "apply")
    file = home.path / ".gemini/settings.json"
    file.write_text(file.read_text().replace('"serve"', '"nothing"'))
    found = connection(home)
    assert found["severity"] == "error"
    assert found["summary"] == "Gemini CLI resolves another command than planned."


def test_the_live_check_says_what_blocks_the_server(gemini: GeminiCli, home: Home) -> None:
    home.write(".gemini/settings.json", '{"mcp": {"excluded": ["vgxness"]}}')
    told(home, "apply")
    found = connection(home)
    assert found["severity"] == "error"
    assert "vgxness Blocked" in str(found["evidence"])
