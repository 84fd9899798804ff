"""The live check: a copy is asked, the original is not touched, every answer has a verdict."""

from __future__ import annotations

import fcntl
import json
import time
from pathlib import Path

import pytest
from vgxness_opencode import live
from vgxness_opencode.adapter import OpenCodeAdapter, entry

from plugins.opencode.tests.machine import SERVER, Machine, request_on

OURS = {"mcp": {"vgxness": entry(SERVER), "other": {"type": "local", "command": ["rm"]}}}


def test_connected_when_it_resolves_as_planned_and_reaches_the_server(machine: Machine) -> None:
    machine.install_opencode()
    path = machine.write(OURS)
    before = path.read_bytes()
    verdict = OpenCodeAdapter().verify_live(machine, request_on(machine))
    assert verdict.state == "connected"
    assert verdict.evidence == (
        "debug config: mcp.vgxness resolves as planned",
        "mcp list: vgxness connected",
    )
    assert path.read_bytes() == before
    assert [child.name for child in machine.home.iterdir()] == [".config"]


def test_the_real_home_and_database_are_out_of_reach(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_USER", "x")
    machine.install_opencode()
    machine.write(OURS)
    OpenCodeAdapter().verify_live(machine, request_on(machine))
    assert [list(call.arguments) for call in machine.log] == [
        ["--pure", "debug", "config"],
        ["--pure", "mcp", "list"],
    ]
    for call in machine.log:
        environ, scratch = call.environment, str(call.directory.parent)
        for name in (
            "HOME",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "VGXNESS_DB_PATH",
        ):
            assert environ[name].startswith(scratch), name
        assert not any(str(machine.home) in value for value in environ.values())
        assert "SECRET_OF_THE_USER" not in environ
        assert not Path(scratch).exists()


def test_the_users_other_servers_are_not_started(machine: Machine) -> None:
    machine.install_opencode()
    machine.write(OURS)
    OpenCodeAdapter().verify_live(machine, request_on(machine))
    assert machine.log[-1].environment["OPENCODE_CONFIG_CONTENT"] == '{"mcp": {"other": {"enabled": false}}}'


def test_another_entry_than_planned_is_a_failure(machine: Machine) -> None:
    machine.install_opencode()
    machine.write({"mcp": {"vgxness": {**entry(SERVER), "command": ["/dead"]}}})
    verdict = OpenCodeAdapter().verify_live(machine, request_on(machine))
    assert (verdict.state, verdict.evidence) == ("failed", ("mcp.vgxness.command differs",))


def test_a_server_that_does_not_connect_is_a_failure(machine: Machine) -> None:
    machine.install_opencode(state="failed")
    machine.write(OURS)
    finding = OpenCodeAdapter().verify_live(machine, request_on(machine))
    assert finding.state == "failed"
    assert finding.evidence[-1] == "mcp list: vgxness failed"


def test_a_refused_configuration_is_never_echoed(machine: Machine) -> None:
    machine.install_opencode(behaviour="sys.stderr.write('sk-secret'); sys.exit(1)")
    machine.write(OURS)
    finding = OpenCodeAdapter().verify_live(machine, request_on(machine))
    assert (finding.state, finding.summary) == ("failed", "OpenCode refuses its configuration.")
    assert "sk-secret" not in repr(finding)


def test_a_file_reference_that_a_copy_can_not_follow_is_skipped(machine: Machine) -> None:
    machine.install_opencode(behaviour="sys.stderr.write('bad file reference: x'); sys.exit(1)")
    machine.write(OURS)
    assert OpenCodeAdapter().verify_live(machine, request_on(machine)).state == "skipped"


def test_a_client_that_hangs_is_ended_with_all_it_started(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_CONFIG_SECONDS", 3.0)
    held = machine.home.parent / "held"
    held.touch()
    server = (
        f"import fcntl, time; lock = open({str(held)!r}); fcntl.flock(lock, fcntl.LOCK_EX); "
        "print(1, flush=True); time.sleep(60)"
    )
    start = (
        f"import subprocess; s = subprocess.Popen([sys.executable, '-c', {server!r}], stdout=subprocess.PIPE)"
    )
    machine.install_opencode(behaviour=f"{start}; s.stdout.readline(); time.sleep(60)")
    machine.write(OURS)
    started = time.monotonic()
    finding = OpenCodeAdapter().verify_live(machine, request_on(machine))
    assert finding.summary == "OpenCode did not answer within 3 s."
    with held.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # waits for as long as what the client started lives
    assert time.monotonic() - started < 40


def test_without_opencode_or_without_our_entry_it_is_skipped_with_a_reason(machine: Machine) -> None:
    assert OpenCodeAdapter().verify_live(machine, request_on(machine)).state == "skipped"
    machine.install_opencode()
    assert OpenCodeAdapter().verify_live(machine, request_on(machine)).state == "skipped"


def test_a_disabled_entry_is_named_as_such(machine: Machine) -> None:
    machine.install_opencode()
    machine.write({"mcp": {"vgxness": {**entry(SERVER), "enabled": False}}})
    verdict = OpenCodeAdapter().verify_live(machine, request_on(machine))
    assert (verdict.state, "disabled" in verdict.summary) == ("failed", True)


def test_the_project_s_configuration_counts(machine: Machine) -> None:
    machine.install_opencode()
    text = json.dumps({"mcp": {"vgxness": entry(SERVER)}})
    (machine.workspace / "opencode.json").write_text(text)
    verdict = OpenCodeAdapter().verify_live(machine, request_on(machine, "project"))
    assert verdict.state == "connected"
    assert (machine.workspace / "opencode.json").read_text() == text
