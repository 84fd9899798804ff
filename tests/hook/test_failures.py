"""Whatever goes wrong, the client notices nothing: exit 0, and not a byte on either output."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Cli, Site
from tests.hook.conftest import SESSION, Client, Transcript, prompt

EVENTS = ("session-start", "pre-compact", "session-end")
SILENT = (0, b"", b"")


def heard(done: subprocess.CompletedProcess[bytes]) -> tuple[int, bytes, bytes]:
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe{}",
        b"[" * 200_000,
        b'{"cwd": "' + b"x" * 3_000_000 + b'"}',
        b'{"cwd": "/no/such/place"}',
        b'{"cwd": 7, "session_id": [], "transcript_path": {}}',
        b'{"cwd": "\\u0000", "transcript_path": "/\\u0000"}',
    ],
    ids=["empty", "cut", "list", "null", "not-utf8", "deep", "huge", "nowhere", "wrong-types", "nul"],
)
def test_a_payload_that_makes_no_sense(client: Client, event: str, payload: bytes) -> None:
    assert heard(client.tells(event, payload=payload)) == SILENT


@pytest.mark.parametrize(
    "words",
    [(), ("stop",), ("",), ("--help-me",), ("session-start", "--db"), ("session-start", "--db", "")],
    ids=["none", "unknown", "empty", "option", "db-without-value", "db-empty"],
)
def test_a_command_line_that_makes_no_sense(client: Client, words: tuple[str, ...]) -> None:
    assert heard(client.tells(*words)) == SILENT


def no_home(client: Client, tmp_path: Path) -> Mapping[str, str]:
    return {"HOME": ""}


def corrupt(client: Client, tmp_path: Path) -> Mapping[str, str]:
    file = tmp_path / "corrupt.sqlite"
    file.write_bytes(b"not a database" * 100)
    return {"VGXNESS_DB_PATH": str(file)}


def directory(client: Client, tmp_path: Path) -> Mapping[str, str]:
    return {"VGXNESS_DB_PATH": str(tmp_path)}


def unknown_scheme(client: Client, tmp_path: Path) -> Mapping[str, str]:
    return {"VGXNESS_DB_PATH": "nobody:serves this"}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("world", [no_home, corrupt, directory, unknown_scheme])
def test_a_database_that_can_not_be_had(
    client: Client,
    tmp_path: Path,
    transcript: Transcript,
    event: str,
    world: Callable[[Client, Path], Mapping[str, str]],
) -> None:
    told = transcript(prompt("Mend the till."), prompt("And the door."))
    done = client.tells(event, environ=world(client, tmp_path), transcript_path=str(told))
    assert heard(done) == SILENT


def test_a_database_that_somebody_else_holds(client: Client, cli: Cli, transcript: Transcript) -> None:
    assert cli("memory", "save", "--title", "One", "--content", "thing").code == 0
    file = cli("db", "path", "--json").data["path"]
    told = transcript(prompt("Mend the till."), prompt("And the door."))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert heard(client.tells("session-end", transcript_path=str(told))) == SILENT


def test_a_broken_plugin_that_should_serve_the_database(client: Client, site: Site) -> None:
    site.install("broken", "import sys\nprint('noise')\nsys.stderr.write('noise')\nraise SystemExit(3)\n")
    environ = {"PYTHONPATH": str(site.path), "VGXNESS_DB_PATH": "other:place"}
    assert heard(client.tells("session-start", environ=environ)) == SILENT


def test_work_that_never_ends_is_given_up(client: Client, site: Site) -> None:
    site.install("endless", "import time\ntime.sleep(600)\n")
    environ = {"PYTHONPATH": str(site.path), "VGXNESS_DB_PATH": "other:place"}
    assert heard(client.tells("session-start", environ=environ)) == SILENT


def shell(client: Client, line: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a client does, through a shell, with the redirections of the line."""
    program = f"'{sys.executable}' -m vgxness hook session-start"
    return subprocess.run(
        ["/bin/sh", "-c", line.format(hook=program)],
        env=dict(client.environ),
        cwd=client.workspace,
        input=json.dumps({"cwd": str(client.workspace)}).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def remembered(cli: Cli) -> str:
    assert cli("memory", "save", "--title", "Tills are blue", "--content", "They are.").code == 0
    return "Tills are blue"


@pytest.mark.parametrize(
    "line",
    ["{hook} >&-", "{hook} <&-", "{hook} >&- 2>&- <&-", "{hook} | true"],
    ids=["stdout-closed", "stdin-closed", "all-closed", "reader-gone"],
)
def test_outputs_and_inputs_that_are_closed(client: Client, remembered: str, line: str) -> None:
    done = shell(client, line)
    assert heard(done) == SILENT


def test_a_closed_stderr_does_not_cost_the_answer(client: Client, remembered: str) -> None:
    assert remembered.encode() in shell(client, "{hook} 2>&-").stdout


def test_a_full_device_for_stdout(client: Client, remembered: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    assert heard(shell(client, "{hook} >/dev/full")) == SILENT


def test_an_input_that_is_never_closed_is_waited_for_only_a_while(client: Client, remembered: str) -> None:
    reading, writing = os.pipe()
    try:
        os.write(writing, json.dumps({"cwd": str(client.workspace)}).encode())
        done = subprocess.run(
            [sys.executable, "-m", "vgxness", "hook", "session-start"],
            stdin=reading,
            env=dict(client.environ),
            capture_output=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(reading)
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    assert remembered.encode() in done.stdout


def test_a_directory_that_was_removed(client: Client, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f"cd '{gone}' && rmdir '{gone}' && unset CLAUDE_PROJECT_DIR && echo '{{{{}}}}' | {{hook}}"
    assert heard(shell(client, line)) == SILENT


@pytest.mark.parametrize("how", ["-v", "variable"])
def test_whoever_asks_is_told_what_failed(client: Client, how: str) -> None:
    words = ("session-start", "-v") if how == "-v" else ("session-start",)
    environ = {} if how == "-v" else {"VGXNESS_HOOK_DEBUG": "1"}
    done = client.tells(*words, payload=b"{", environ=environ)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"vgxness hook: usage: What came on stdin is not JSON." in done.stderr


def test_a_payload_past_the_bound_is_told_as_such(client: Client) -> None:
    done = client.tells("session-start", "-v", payload=b"{}" + b" " * 3_000_000)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"too_large" in done.stderr


def test_what_failed_stands_in_the_log_without_secrets(client: Client, home: Path, tmp_path: Path) -> None:
    secret = "sk-proj-" + "Ab1" * 12
    (tmp_path / secret).mkdir()
    client.tells("session-start", environ={"VGXNESS_DB_PATH": str(tmp_path / secret)})
    (log,) = home.rglob("vgxness.log")
    text = log.read_text()
    assert "hook session-start" in text
    assert secret not in text


def test_the_options_before_its_name_lead_to_the_same_command(
    client: Client, cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "other.sqlite"
    assert cli("memory", "save", "--title", "Red", "--content", "x", "--db", str(file)).code == 0
    command = [sys.executable, "-m", "vgxness", "--db", str(file), "hook", "session-start"]
    payload = json.dumps({"cwd": str(client.workspace), "session_id": SESSION})
    done = subprocess.run(
        command,
        input=payload,
        env=dict(client.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Red" in done.stdout
    assert "Red" in client.context(environ={"VGXNESS_DB_PATH": str(file)})
    assert b"Red" in client.tells("session-start", f"--db={file}").stdout
