"""What the live check makes of the client's answers; a small program stands in for it here.

The real Gemini CLI is driven by the end-to-end tests of the repository; these answers are copied from it.
"""

from __future__ import annotations

import pytest
from vgxness_gemini_cli.adapter import GeminiCliAdapter

from vgxness.plugin import LiveVerdict
from vgxness.testing.machine import SERVER, Machine

ENTRY = f"vgxness: {' '.join(SERVER.command)} (stdio)"


def verdict(machine: Machine, answer: str | None) -> LiveVerdict:
    if answer is not None:
        machine.install("gemini", answer)
    adapter = GeminiCliAdapter()
    return adapter.verify_live(machine, machine.request(adapter))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (None, "skipped"),
        ("print('No MCP servers configured.')", "skipped"),
        (f"print('✓ {ENTRY} - Connected')", "connected"),
        (f"print('✗ {ENTRY} - Disconnected')", "failed"),
        (f"print('○ {ENTRY} - Disabled')", "failed"),
        (f"print('⛔ {ENTRY} - Blocked')", "failed"),
        (f"print('✓ {ENTRY.replace('serve', 'other')} - Connected')", "failed"),
        (f"print('✓ not-{ENTRY} - Connected')", "skipped"),
        ("sys.exit('Error in settings.json: sk-secret')", "failed"),
    ],
)
def test_each_answer_has_its_verdict(vgxness_machine: Machine, answer: str | None, state: str) -> None:
    found = verdict(vgxness_machine, answer)
    assert found.state == state
    assert "sk-secret" not in repr(found)


def test_the_client_sees_a_copy_and_no_other_server(vgxness_machine: Machine) -> None:
    settings = vgxness_machine.home / ".gemini" / "settings.json"
    settings.parent.mkdir()
    settings.write_text("{ // mine\n}")
    program = vgxness_machine.install(
        "gemini",
        """
        home = os.environ["HOME"]
        assert open(home + "/.gemini/settings.json").read() == "{ // mine\\n}"
        assert json.load(open(".gemini/settings.json")) == {"mcp": {"allowed": ["vgxness"]}}
        open(home + "/.gemini/settings.json", "w").write("the client edits its own file")
        """,
    )
    before = vgxness_machine.files()
    adapter = GeminiCliAdapter()
    assert adapter.verify_live(vgxness_machine, vgxness_machine.request(adapter)).state == "skipped"
    (call,) = program.calls
    assert call.arguments == ("mcp", "list")
    assert not any(str(vgxness_machine.home) in value for value in call.environment.values())
    assert not call.directory.exists()
    assert vgxness_machine.files() == before


def test_a_client_that_hangs_is_given_up(vgxness_machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vgxness_gemini_cli.live.SECONDS", 1.0)
    found = verdict(vgxness_machine, "import signal; signal.pause()")
    assert (found.state, found.evidence) == ("failed", ("TimeoutExpired",))
