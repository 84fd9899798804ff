"""The command line's manners: where options stand, what goes where, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Cli, Site
from vgxness import __version__
from vgxness.errors import ERROR_CODES, ExitCode, VgxnessError

VGXNESS = [sys.executable, "-m", "vgxness"]


@pytest.mark.parametrize("words", [["--version"], ["--json", "--version"], ["--version", "--json"]])
def test_version_is_one_line(cli: Cli, words: list[str]) -> None:
    done = subprocess.run([*VGXNESS, *words], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"vgxness {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["memory", "nonsense"],
        ["memory", "search", "--limit", "many"],
        ["memory", "get"],
        ["--nonsense"],
        ["setup", "apply", "--config-scope", "galaxy"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_with_the_help_to_ask_for(cli: Cli, words: list[str]) -> None:
    ran = cli(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "[usage]" in ran.err
    assert "--help" in ran.err
    as_json = cli("--json", *words)
    assert (as_json.code, as_json.error["code"], as_json.error["exit_code"]) == (2, "usage", 2)


@pytest.mark.parametrize(
    "words",
    [
        ["--db", "{db}", "--json", "db", "path"],
        ["db", "--db", "{db}", "path", "--json"],
        ["db", "path", "--db", "{db}", "--json"],
        ["--json", "--db", "ignored.sqlite", "db", "path", "--db", "{db}"],
    ],
    ids=["before", "between", "after", "the-last-one-wins"],
)
def test_global_options_stand_anywhere(cli: Cli, tmp_path: Path, words: list[str]) -> None:
    db = str(tmp_path / "x.sqlite")
    data = cli(*[word.format(db=db) for word in words]).data
    assert (data["path"], data["source"]) == (db, "flag")


def test_a_workspace_that_is_no_directory_is_a_usage_error(cli: Cli, tmp_path: Path) -> None:
    ran = cli("status", "--workspace", str(tmp_path / "nowhere"), "--json")
    assert (ran.code, ran.error["code"]) == (2, "usage")


def test_no_home_is_told_and_the_current_directory_is_not_used(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.delenv("HOME")
    ran = cli("memory", "save", "--title", "T", "--content", "C", "--json")
    assert (ran.code, ran.error["code"]) == (5, "store_unavailable")
    assert "--db" in ran.error["hint"]
    assert list(workspace.iterdir()) == []


def test_a_reader_that_leaves_early_is_no_error(cli: Cli, workspace: Path) -> None:
    for number in range(3):
        cli("memory", "save", "--title", f"T{number}", "--content", "long " * 2000)
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {' '.join(VGXNESS)} memory export | head -c 10"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert len(done.stdout) == 10
    assert "Traceback" not in done.stderr
    assert "error" not in done.stderr


def test_an_interrupted_command_says_so_and_exits_130(cli: Cli, workspace: Path) -> None:
    process = subprocess.Popen(
        [*VGXNESS, "memory", "save", "--title", "T", "--file", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    wait_until_it_reads(process.pid)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert json.loads(out)["error"]["code"] == "interrupted"
    assert b"Traceback" not in err


def wait_until_it_reads(pid: int) -> None:
    """Return once a process waits for its standard input."""
    for _ in range(600):
        status = Path(f"/proc/{pid}/wchan")
        if status.exists() and "pipe" in status.read_text():
            return
        time.sleep(0.05)
    pytest.fail("the command never came to read")


def test_a_bug_has_manners_and_a_traceback_only_on_demand(cli: Cli, site: Site) -> None:
    source = """
        import click
        from vgxness.plugin import Command, hookimpl

        @hookimpl
        def vgxness_commands():
            return (Command(name="crash", summary="Crash.", section="More", target="acme:crash"),)

        @click.command()
        def crash():
            raise ZeroDivisionError("with ghp_" + "0J9i8H7g6F5e4D3c2B1a"[::-1] * 2)
    """
    site.install("acme", source)
    ran = cli("crash")
    assert (ran.code, ran.out) == (70, "")
    assert "[internal_error]" in ran.err
    assert "Traceback" not in ran.err
    assert "a1B2c3D4e5F6g7H8i9J0" not in ran.err
    told = cli("-v", "crash")
    assert "Traceback" in told.err
    assert "a1B2c3D4e5F6g7H8i9J0" not in told.err


def test_a_plugin_that_prints_at_import_does_not_spoil_a_json_document(cli: Cli, site: Site) -> None:
    site.install("acme-loud", "import os\nprint('hello')\nos.write(1, b'noise')", name="loud")
    done = subprocess.run(
        [*VGXNESS, "plugins", "list", "--json"], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout)["ok"] is True
    assert "hello" in done.stderr
    assert "noise" in done.stderr


def test_every_error_code_is_snake_case_with_a_known_exit_code() -> None:
    for code, row in ERROR_CODES.items():
        assert code == code.lower().replace("-", "_")
        assert VgxnessError(code, "x").exit_code == row.exit_code
        assert row.exit_code != ExitCode.DONE
    assert VgxnessError("acme_own", "x").exit_code == ExitCode.FOUND_WRONG


def test_odd_bytes_in_an_answer_are_escaped_not_a_crash(workspace: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*VGXNESS, "memory", "save", "--title", "Ünïcode ✓", "--content", "日本"],
        capture_output=True,
        timeout=60,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    listed = subprocess.run(
        [*VGXNESS, "memory", "list"], capture_output=True, timeout=60, check=False, env=environment
    )
    assert listed.returncode == 0
    assert b"\\u2713" in listed.stdout


def test_a_hostile_name_cannot_drive_the_terminal(cli: Cli, tmp_path: Path) -> None:
    hostile = tmp_path / "d\x1b]0;PWNED\x07\x1b[2J\x9b31m"
    hostile.mkdir()
    for words in (["status"], ["project", "show"], ["status", "--json"], ["nonsense\x1b[2J"]):
        ran = cli("--workspace", str(hostile), *words)
        shown = ran.out + ran.err
        assert not {character for character in shown if character in "\x1b\x07\x9b"}, words


def test_colours_stay_where_control_characters_go() -> None:
    from vgxness.cli.render import _visible

    assert _visible("\x1b[32mok\x1b[0m\tnext\n\x1b[2Jgone\r") == "\x1b[32mok\x1b[0m\tnext\n?[2Jgone?"


def test_a_group_without_a_command_shows_its_help(cli: Cli) -> None:
    ran = cli("memory")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: vgxness memory")
    assert "[usage]" not in ran.err
    assert cli("--json", "memory").error["message"] == "A command is missing."
    assert cli("memory", "--json").error["code"] == "usage"


def test_a_misspelt_command_is_answered_with_what_it_may_have_meant(cli: Cli) -> None:
    assert "status" in cli("stauts").err
    assert "save" in cli("memory", "sav").err


def test_short_help_is_help(cli: Cli) -> None:
    assert cli("-h").out == cli("--help").out
    assert cli("memory", "save", "-h").out == cli("memory", "save", "--help").out


def test_a_current_directory_that_is_gone_is_told_and_a_workspace_gets_around_it(
    workspace: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && {' '.join(VGXNESS)} status --json"
    refused = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 2
    assert "no longer exists" in json.loads(refused.stdout)["error"]["message"]
    gone.mkdir()
    told = subprocess.run(
        ["bash", "-c", f"{script} --workspace {workspace}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stdout
    assert json.loads(told.stdout)["data"]["workspace"] == str(workspace)
