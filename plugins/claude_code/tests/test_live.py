"""The live check: our entry alone is asked about, in a home of its own; every answer has a verdict."""

from __future__ import annotations

import fcntl
import json
import time
from pathlib import Path

import pytest
from vgxness_claude_code import live
from vgxness_claude_code.adapter import ClaudeCodeAdapter, entry

from vgxness.plugin import ConfigScope, JsonObject, LiveVerdict
from vgxness.testing.machine import SERVER, FakeProgram, Machine

OURS: JsonObject = {"vgxness": entry(SERVER), "other": {"command": "rm"}}
SAYS = "print('vgxness:\\n  Scope: User config\\n  Status: {status}\\n  Type: stdio')"


def installed(machine: Machine, status: str = "✔ Connected", body: str = "") -> FakeProgram:
    seen = machine.root / "seen"
    look = (
        "import pathlib\n"
        "home = pathlib.Path(os.environ['HOME'])\n"
        "every = [*home.rglob('*'), *pathlib.Path('.').rglob('*')]\n"
        "files = {str(path): path.read_text() for path in every if path.is_file()}\n"
        f"pathlib.Path({str(seen)!r}).write_text(json.dumps(files))\n"
    )
    return machine.install("claude", look + (body or SAYS.format(status=status)))


def standing(machine: Machine, scope: ConfigScope, servers: JsonObject) -> Path:
    path = machine.home / ".claude.json" if scope == "user" else machine.workspace / ".mcp.json"
    path.write_text(json.dumps({"mcpServers": servers, "oauthAccount": {"token": "sk-secret"}}))
    return path


def ask(machine: Machine, scope: ConfigScope = "user") -> LiveVerdict:
    adapter = ClaudeCodeAdapter()
    return adapter.verify_live(machine, machine.request(adapter, scope))


@pytest.mark.parametrize("scope", ["user", "project"])
def test_connected_where_the_entry_is_as_planned_and_claude_code_says_so(
    vgxness_machine: Machine, scope: ConfigScope
) -> None:
    installed(vgxness_machine)
    standing(vgxness_machine, scope, OURS)
    before = vgxness_machine.files()
    verdict = ask(vgxness_machine, scope)
    assert (verdict.state, verdict.evidence) == ("connected", ("mcp get vgxness: ✔ Connected",))
    assert vgxness_machine.files() == before


@pytest.mark.parametrize("scope", ["user", "project"])
def test_nothing_of_the_users_but_our_entry_is_near(
    vgxness_machine: Machine, monkeypatch: pytest.MonkeyPatch, scope: ConfigScope
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    program = installed(vgxness_machine)
    standing(vgxness_machine, scope, OURS)
    assert ask(vgxness_machine, scope).state == "connected"
    (call,) = program.calls
    assert call.arguments == ("mcp", "get", "vgxness")
    scratch = str(call.directory.parent)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "VGXNESS_DB_PATH"):
        assert call.environment[name].startswith(scratch), name
    assert not any(
        "sk-secret" in value or str(vgxness_machine.home) in value for value in call.environment.values()
    )
    for name in ("ANTHROPIC_BASE_URL", "HTTPS_PROXY", "HTTP_PROXY"):
        assert call.environment[name] == "http://127.0.0.1:9"
    copied = (vgxness_machine.root / "seen").read_text()
    assert "/opt/vgxness/bin/vgxness" in copied
    assert "sk-secret" not in copied
    assert all('"other"' not in text for text in json.loads(copied).values())
    assert not Path(scratch).exists()


def test_another_entry_than_planned_is_a_failure_and_is_not_started(vgxness_machine: Machine) -> None:
    program = installed(vgxness_machine)
    standing(vgxness_machine, "user", {"vgxness": {**entry(SERVER), "command": "/dead"}})
    verdict = ask(vgxness_machine)
    assert (verdict.state, verdict.evidence) == (
        "failed",
        (f"{vgxness_machine.home / '.claude.json'}: mcpServers.vgxness differs",),
    )
    assert program.calls == ()


@pytest.mark.parametrize(
    "status", ["✘ Failed to connect", "! Connected · tools fetch failed", "⏸ Pending approval", ""]
)
def test_any_other_status_is_a_failure(vgxness_machine: Machine, status: str) -> None:
    installed(vgxness_machine, status)
    standing(vgxness_machine, "user", OURS)
    verdict = ask(vgxness_machine)
    assert verdict.state == "failed"
    assert verdict.evidence == (f"mcp get vgxness: {status or 'no status'}",)


def test_a_client_that_fails_is_a_failure_and_is_not_echoed(vgxness_machine: Machine) -> None:
    installed(vgxness_machine, body="sys.stderr.write('sk-secret'); sys.exit(3)")
    standing(vgxness_machine, "user", OURS)
    verdict = ask(vgxness_machine)
    assert (verdict.state, verdict.evidence) == ("failed", ("mcp get vgxness: exit code 3",))


def test_a_client_that_hangs_is_ended_with_all_it_started(
    vgxness_machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_SECONDS", 3.0)
    held = vgxness_machine.root / "held"
    held.touch()
    server = (
        f"import fcntl, time; lock = open({str(held)!r}); fcntl.flock(lock, fcntl.LOCK_EX); "
        "print(1, flush=True); time.sleep(60)"
    )
    words = f"[sys.executable, '-c', {server!r}]"
    start = f"import subprocess, time; server = subprocess.Popen({words}, stdout=subprocess.PIPE)"
    installed(vgxness_machine, body=f"{start}; server.stdout.readline(); time.sleep(60)")
    standing(vgxness_machine, "user", OURS)
    started = time.monotonic()
    assert ask(vgxness_machine).summary == "Claude Code did not answer within 3 s."
    with held.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # waits for as long as what the client started lives
    assert time.monotonic() - started < 40


def test_without_claude_code_or_without_our_entry_it_is_skipped(vgxness_machine: Machine) -> None:
    assert ask(vgxness_machine).state == "skipped"
    installed(vgxness_machine)
    assert ask(vgxness_machine).state == "skipped"
    standing(vgxness_machine, "user", {})
    assert ask(vgxness_machine).state == "skipped"


def test_a_document_that_does_not_parse_is_a_failure_with_its_place(vgxness_machine: Machine) -> None:
    installed(vgxness_machine)
    path = vgxness_machine.home / ".claude.json"
    path.write_text('{"mcpServers": {sk-secret}}')
    verdict = ask(vgxness_machine)
    assert verdict.state == "failed"
    assert f"{path}: line 1, column 17" in verdict.evidence[0]
    assert "sk-secret" not in repr(verdict)


def test_what_stands_before_a_projects_entry_is_named(vgxness_machine: Machine) -> None:
    program = installed(vgxness_machine)
    standing(vgxness_machine, "project", OURS)
    settings = vgxness_machine.workspace / ".claude" / "settings.local.json"
    settings.parent.mkdir()
    settings.write_text('{"disabledMcpjsonServers": ["vgxness"]}')
    assert "hide vgxness" in ask(vgxness_machine, "project").summary
    settings.unlink()
    local = {"projects": {str(vgxness_machine.workspace): {"mcpServers": OURS}}}
    (vgxness_machine.home / ".claude.json").write_text(json.dumps(local))
    assert "wins over .mcp.json" in ask(vgxness_machine, "project").summary
    assert program.calls == ()
