"""`vgxness setup` as a person, a script and a terminal meet it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.setup.fakes import tree

WHO = ("--provider", "opencode")


def config(home: Path) -> Path:
    return home / ".config" / "opencode" / "opencode.jsonc"


def test_the_whole_way_there_and_back(cli: Cli, home: Path) -> None:
    before = tree(home)
    plan = cli("setup", "plan", *WHO, "--json").data
    assert [target["action"] for target in plan["targets"]] == ["create"]
    assert tree(home) == before
    done = cli("setup", "apply", *WHO, "--yes", "--plan-digest", plan["digest"], "--json").data
    assert done["changed"] == [str(config(home))]
    document = json.loads(config(home).read_text())
    assert document["$schema"] == "https://opencode.ai/config.json"
    assert document["mcp"]["vgxness"]["type"] == "local"
    assert document["mcp"]["vgxness"]["command"] == [
        str(Path(sys.executable).parent / "vgxness"),
        "mcp",
        "serve",
    ]
    assert document["mcp"]["vgxness"]["enabled"] is True
    (status,) = cli("setup", "status", *WHO, "--json").data["providers"]
    assert status["targets"][0]["drift"] == "in-sync"
    listed = cli("setup", "rollback", "--list", "--json").data["receipts"]
    assert [(row["id"], row["standing"]) for row in listed] == [(done["apply"], True)]
    assert cli("setup", "rollback", *WHO, "--yes").code == 0
    assert tree(home) == before


def test_without_a_yes_and_without_a_terminal_the_exact_command_is_named(cli: Cli, home: Path) -> None:
    for verb in ("apply", "rollback", "uninstall"):
        ran = cli("setup", verb, *WHO)
        assert ran.code == 3
        assert "[consent_required]" in ran.err
        command = ran.err.partition("next:")[2].strip()
        words = shlex.split(command)
        assert words[:3] == ["vgxness", "setup", verb]
        if verb == "apply":
            assert tree(home) == {}
        if verb != "uninstall":
            assert cli(*words[1:]).code == 0
        if verb == "rollback":
            cli("setup", "apply", *WHO, "--yes")


def test_a_stale_digest_is_refused(cli: Cli, home: Path) -> None:
    error = cli("setup", "apply", *WHO, "--yes", "--plan-digest", "0" * 64, "--json").error
    assert (error["code"], error["exit_code"]) == ("plan_stale", 4)
    assert tree(home) == {}


def test_a_foreign_entry_is_shown_redacted_and_is_exit_4(cli: Cli, home: Path) -> None:
    token = "ghp_" + "Zz9" * 12
    config(home).parent.mkdir(parents=True)
    config(home).write_text(
        json.dumps({"mcp": {"vgxness": {"type": "remote", "url": "https://x", "token": token}}})
    )
    before = tree(home)
    ran = cli("setup", "plan", *WHO)
    assert ran.code == 4
    assert "https://x" in ran.out
    assert token not in ran.out
    ran = cli("setup", "apply", *WHO, "--yes")
    assert ran.code == 4
    assert "[config_conflict]" in ran.err
    assert token not in ran.out + ran.err
    assert tree(home) == before


def test_both_files_stand_and_the_one_that_wins_is_edited(cli: Cli, home: Path) -> None:
    config(home).parent.mkdir(parents=True)
    plain = config(home).with_suffix(".json")
    plain.write_text("{}\n")
    assert cli("setup", "apply", *WHO, "--yes", "--json").data["changed"] == [str(plain)]
    config(home).write_text("{}\n")
    assert cli("setup", "apply", *WHO, "--yes", "--json").data["changed"] == []
    cli("setup", "rollback", *WHO, "--yes")
    assert plain.read_text() == "{}\n"
    assert cli("setup", "apply", *WHO, "--yes", "--json").data["changed"] == [str(config(home))]


def test_the_project_scope_is_the_workspace_alone(cli: Cli, home: Path, workspace: Path) -> None:
    scope = ("--config-scope", "project")
    assert cli("setup", "apply", *WHO, *scope, "--yes").code == 0
    assert [path.name for path in workspace.iterdir()] == ["opencode.json"]
    assert not (home / ".config").exists()
    assert cli("setup", "uninstall", *WHO, *scope, "--yes").code == 0
    assert list(workspace.iterdir()) == []
    again = cli("setup", "uninstall", *WHO, *scope, "--yes")
    assert (again.code, again.out.strip()) == (0, "Nothing to do: no entry of vgxness stands in this scope.")


def test_back_to_a_backup_by_its_path(cli: Cli, home: Path) -> None:
    config(home).parent.mkdir(parents=True)
    config(home).write_text("// mine\n{}\n")
    cli("setup", "apply", *WHO, "--yes")
    (row,) = cli("setup", "rollback", "--list", "--json").data["receipts"]
    backup = row["files"][0]["backup"]
    assert Path(backup).read_text() == "// mine\n{}\n"
    assert cli("setup", "rollback", *WHO, "--backup", str(config(home)), "--yes").code == 2
    assert cli("setup", "rollback", *WHO, "--backup", backup, "--yes").code == 0
    assert config(home).read_text() == "// mine\n{}\n"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("plan", *WHO, "--mode", "mcp-plus-agents"), "not in this version"),
        (("plan", *WHO, "--all"), "can't be given together"),
        (("plan",), "name the provider"),
        (("rollback", *WHO, "--to", "0001-x", "--backup", "y", "--yes"), "can't be given together"),
    ],
)
def test_wrong_use_is_exit_2_with_a_sentence(
    cli: Cli, words: tuple[str, ...], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    ran = cli("setup", *words)
    assert ran.code == 2
    assert text in ran.err


def test_all_means_every_provider(cli: Cli, home: Path) -> None:
    assert cli("setup", "apply", "--all", "--yes").code == 0
    assert config(home).exists()
    assert cli("setup", "uninstall", "--all", "--yes").code == 0
    assert tree(home) == {}


def test_diff_shows_the_users_edits_and_the_next_apply(cli: Cli, home: Path) -> None:
    assert "An apply would change:" in cli("setup", "diff", *WHO).out
    cli("setup", "apply", *WHO, "--yes")
    assert cli("setup", "diff", *WHO).out == "No difference.\n"
    config(home).write_text(config(home).read_text().replace("true", "false"))
    out = cli("setup", "diff", *WHO).out
    assert out.startswith("Changed since vgxness wrote it:\n")
    assert '+      "enabled": false' in out


def on_a_terminal(home: Path, answer: str, *words: str) -> tuple[int, str]:
    """Run a command on a pty, answer once, and return its code and what the terminal showed."""
    import pty

    child, master = pty.fork()
    if child == 0:
        os.chdir(home)
        os.execve(
            sys.executable,
            [sys.executable, "-m", "vgxness", *words],
            {"HOME": str(home), "PATH": "/bin", "TERM": "xterm"},
        )
    shown = b""
    answered = False
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if b"[y/N]" in shown and not answered:
            os.write(master, answer.encode() + b"\n")
            answered = True
    _, status = os.waitpid(child, 0)
    os.close(master)
    return os.waitstatus_to_exitcode(status), shown.decode()


TERMINAL = """
import json, sys
from pathlib import Path
from tests.cli.test_setup import on_a_terminal
print(json.dumps(on_a_terminal(Path(sys.argv[1]), *sys.argv[2:])))
"""


@pytest.mark.parametrize(("answer", "code"), [("n", 3), ("y", 0)])
def test_a_terminal_shows_a_coloured_diff_and_asks(home: Path, answer: str, code: int) -> None:
    # In a process of one thread, because it forks.
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, str(home), answer, "setup", "apply", *WHO],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    ended, shown = json.loads(done.stdout)
    assert ended == code
    assert "Write this?" in shown
    assert "\x1b[" in shown
    assert config(home).exists() == (answer == "y")


def test_a_lost_backup_stops_a_rollback_with_a_way_on_and_an_uninstall_not_at_all(
    cli: Cli, home: Path
) -> None:
    config = home / ".config" / "opencode" / "opencode.jsonc"
    config.parent.mkdir(parents=True)
    config.write_text('{\n  // mine\n  "theme": "nord"\n}\n')
    assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
    shutil.rmtree(home / ".local" / "state" / "vgxness" / "blobs")
    ran = cli("setup", "rollback", "--provider", "opencode", "--yes", "--json")
    assert ran.error["code"] == "unknown_apply"
    assert "uninstall" in ran.error["hint"]
    assert cli("setup", "uninstall", "--provider", "opencode", "--yes").code == 0
    left = config.read_text()
    assert "// mine" in left
    assert "vgxness" not in left


def test_the_list_of_applies_is_bounded_and_says_which_stand(cli: Cli) -> None:
    for _ in range(3):
        assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
        assert cli("setup", "uninstall", "--provider", "opencode", "--yes").code == 0
    assert len(cli("setup", "rollback", "--list", "--json").data["receipts"]) == 6
    assert len(cli("setup", "rollback", "--list", "--limit", "2", "--json").data["receipts"]) == 2
    assert max(map(len, cli("setup", "rollback", "--list").out.splitlines())) < 200


def test_a_diff_without_a_name_is_of_what_is_set_up(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    ran = cli("setup", "diff")
    assert (ran.code, ran.out.strip()) == (0, "No difference.")


def test_an_uninstall_needs_neither_the_backup_nor_the_file(cli: Cli, home: Path) -> None:
    config = home / ".config" / "opencode" / "opencode.jsonc"
    config.parent.mkdir(parents=True)
    config.write_text("{}")
    assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
    shutil.rmtree(home / ".local" / "state" / "vgxness" / "blobs")
    config.unlink()
    assert cli("setup", "uninstall", "--provider", "opencode", "--yes").code == 0
    assert not config.exists()


def test_a_receipt_with_a_hostile_digest_is_listed_without_a_backup(cli: Cli, home: Path) -> None:
    config = home / ".config" / "opencode" / "opencode.jsonc"
    config.parent.mkdir(parents=True)
    config.write_text("{}")
    assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
    (receipt,) = (home / ".local" / "state" / "vgxness" / "setup" / "receipts").glob("*.json")
    document = json.loads(receipt.read_text())
    document["files"][0]["before"] = "../x"
    receipt.write_text(json.dumps(document))
    assert cli("setup", "rollback", "--list", "--json").code == 0
    ran = cli("setup", "rollback", "--yes", "--json")
    assert ran.error["code"] == "unknown_apply"
    ran = cli("setup", "rollback", "--backup", str(home / "x"), "--json")
    assert ran.error["code"] == "unknown_apply"


def test_a_rollback_in_the_wrong_scope_names_the_right_one(cli: Cli) -> None:
    assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
    ran = cli("setup", "rollback", "--config-scope", "project", "--yes", "--json")
    assert ran.error["hint"] == "vgxness setup rollback --config-scope user"
