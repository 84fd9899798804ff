"""What goes wrong in the middle, as a user of the command line meets it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.setup.fakes import Notepad, service, tree
from tests.setup.faults import Death, Strike, death, full_disk, refuse, striking
from vgxness.errors import VgxnessError

APPLY = ("setup", "apply", "--provider", "opencode")


@pytest.fixture
def config(home: Path) -> Path:
    path = home / ".config" / "opencode" / "opencode.jsonc"
    path.parent.mkdir(parents=True)
    path.write_text('{\n  "model": "x" // mine\n}\n')
    return path


def changed_file(cli: Cli, config: Path) -> None:
    config.write_text('{\n  "model": "y" // mine\n}\n')


def changed_mode(cli: Cli, config: Path) -> None:
    config.chmod(0o600)


def swapped_for_a_link(cli: Cli, config: Path) -> None:
    config.rename(config.with_name("kept.jsonc"))
    config.symlink_to("kept.jsonc")


def applied_already(cli: Cli, config: Path) -> None:
    assert cli(*APPLY, "--yes").code == 0


CHANGES: dict[str, Callable[[Cli, Path], None]] = {
    "changed-between-plan-and-apply": changed_file,
    "changed-between-plan-and-apply-mode": changed_mode,
    "changed-between-plan-and-apply-link": swapped_for_a_link,
    "plan-stale": applied_already,
}


@pytest.mark.parametrize("noun", CHANGES)
def test_a_plan_of_what_stood_there_then_is_refused(cli: Cli, home: Path, config: Path, noun: str) -> None:
    digest = cli("setup", "plan", "--provider", "opencode", "--json").data["digest"]
    CHANGES[noun](cli, config)
    before = tree(home)
    error = cli(*APPLY, "--plan-digest", digest, "--json").error
    assert (error["code"], error["exit_code"]) == ("plan_stale", 4)
    assert error["hint"] == "vgxness setup plan"
    assert tree(home) == before


HOLD = """\
import sys, pathlib
from vgxness.setup.lock import exclusive
with exclusive(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    "verb", ["apply", "rollback", "uninstall"], ids=lambda v: f"{v}-second-apply-running"
)
def test_a_second_command_waits_for_nobody_and_changes_nothing(
    cli: Cli, home: Path, config: Path, verb: str
) -> None:
    if verb != "apply":
        assert cli(*APPLY, "--yes").code == 0
    before = tree(home)
    words = ("setup", verb, "--provider", "opencode", "--yes")
    lock = home / ".local" / "state" / "vgxness" / "setup" / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        assert cli("setup", "status").code == 0, "reading needs no lock"
        assert cli("setup", "plan", "--provider", "opencode").code == 0
        error = cli(*words, "--json").error
        assert error["code"] == "setup_busy"
        assert tree(home) == before
        other.communicate("")
    assert cli(*words).code == 0


@pytest.mark.parametrize("at", [9, 20, 30], ids=lambda at: f"crash-mid-apply-{at}")
def test_after_a_crash_the_next_command_ends_it_and_says_so(
    cli: Cli, home: Path, config: Path, at: int
) -> None:
    before = tree(home)
    with pytest.raises(Death), striking(death(at)):
        cli(*APPLY, "--yes")
    assert cli("setup", "status").code in (0, 1)
    assert cli(*APPLY, "--yes").code == 0
    assert "vgxness" in config.read_text()
    assert not [name for name in tree(home) if ".vgxness-" in name]
    assert cli("setup", "uninstall", "--provider", "opencode", "--yes").code == 0
    assert tree(home) == before


@pytest.mark.parametrize("at", [1, 6, 14], ids=lambda at: f"apply-full-disk-{at}")
def test_a_disk_without_room_is_told_and_changes_nothing(cli: Cli, home: Path, config: Path, at: int) -> None:
    before = tree(home)
    with striking(full_disk(at)):
        error = cli(*APPLY, "--yes", "--json").error
    assert error["code"] == "write_failed"
    assert "No space left on device" in error["cause"]
    assert error["hint"]
    assert tree(home) == before
    assert cli(*APPLY, "--yes").code == 0


def uvx(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return home / ".cache" / "uv" / "archive-v0" / "Yx3" / "bin" / "vgxness"


def temporary(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(home.parent / "temporary"))
    return home.parent / "temporary" / "venv" / "bin" / "vgxness"


SERVERS: dict[str, Any] = {"server-in-uvx-cache": uvx, "server-in-temp-venv": temporary}


@pytest.mark.parametrize("noun", SERVERS)
def test_a_server_that_will_be_gone_soon_is_written_nowhere(
    cli: Cli, home: Path, config: Path, monkeypatch: pytest.MonkeyPatch, noun: str
) -> None:
    program: Path = SERVERS[noun](home, monkeypatch)
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(program), "setup", "apply"])
    before = tree(home)
    for words in (("setup", "plan", "--provider", "opencode"), (*APPLY, "--yes")):
        error = cli(*words, "--json").error
        assert (error["code"], error["exit_code"]) == ("server_ephemeral", 3)
        assert str(program) in error["cause"]
        assert "uv tool install" in error["hint"]
    assert tree(home) == before
    assert not (home / ".local").exists()


STATES: dict[str, Callable[[Path], object]] = {
    "a-file": lambda state: state.write_text("oops"),
    "a-link-to-nothing": lambda state: state.symlink_to("nowhere"),
    "a-link-to-a-file": lambda state: (
        (state.with_name("f").write_text(""), state.symlink_to("f"))[0] and None
    ),
}


@pytest.mark.parametrize("noun", STATES)
def test_a_state_directory_that_is_none_stops_before_anything_is_written(
    cli: Cli, home: Path, config: Path, monkeypatch: pytest.MonkeyPatch, noun: str
) -> None:
    state = home / "state"
    STATES[noun](state)
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    before = tree(home)
    error = cli(*APPLY, "--yes", "--json").error
    assert error["code"] == "write_failed"
    assert "XDG_STATE_HOME" in error["hint"]
    assert tree(home) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission bits")
def test_a_state_directory_without_permission_stops_before_anything_is_written(
    cli: Cli, home: Path, config: Path
) -> None:
    before = tree(home)
    with striking(Strike(1, refuse(errno.EACCES), is_lasting=True, calls=("mkdir", "open"))):
        error = cli(*APPLY, "--yes", "--json").error
    assert error["code"] == "write_failed"
    assert "Permission denied" in error["cause"]
    assert tree(home) == before
    assert cli(*APPLY, "--yes").code == 0


def test_permission_bits_that_change_at_the_last_moment_are_no_longer_what_was_planned_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.json", "b.json"):
        (home / name).write_text("{}")
        (home / name).chmod(0o644)
    replace = os.replace

    def meddle(source: Path, target: Path) -> None:
        replace(source, target)
        if Path(target).name == "a.json":
            (home / "b.json").chmod(0o600)

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", meddle)
        with pytest.raises(VgxnessError) as caught:
            service(home, Notepad(files=("a.json", "b.json"))).apply()
    assert caught.value.code == "plan_stale"
    assert (home / "a.json").read_text() == (home / "b.json").read_text() == "{}"
    assert (home / "b.json").stat().st_mode & 0o777 == 0o600
