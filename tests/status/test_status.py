"""One screen, and its last line alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli, Site


def step(cli: Cli) -> dict[str, str]:
    found = cli("next", "--json").data
    assert cli("status", "--json").data["next"] == found
    return found


def test_bare_vgxness_prints_the_status(cli: Cli) -> None:
    assert cli().out == cli("status").out
    assert cli("--json").data == cli("status", "--json").data


def test_the_next_steps_lead_from_an_empty_home_to_a_set_up_one(
    cli: Cli, workspace: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert step(cli)["command"] == "vgxness setup plan --all"
    program = home.parent / "bin" / "opencode"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 1.18.33\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    assert step(cli)["command"] == "vgxness setup plan --provider opencode"
    assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
    assert step(cli)["command"].startswith("vgxness memory save")
    assert cli("memory", "save", "--title", "T", "--content", "C").code == 0
    assert step(cli) == {"summary": "Nothing needs doing. Your agent remembers by itself.", "command": ""}
    whole = cli("status", "--json").data
    assert whole["memory"] == {"project": 1, "personal": 0}
    assert whole["project"]["name"] == workspace.name
    states = {line["name"]: line["state"] for line in whole["providers"]}
    assert states.pop("opencode") == "in-sync"
    assert set(states.values()) == {"not set up"}


def test_an_entry_that_the_user_disabled_is_pointed_out(cli: Cli, home: Path) -> None:
    assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
    assert cli("memory", "save", "--title", "T", "--content", "C").code == 0
    (config,) = (home / ".config" / "opencode").glob("opencode.json*")
    config.write_text(config.read_text().replace('"enabled": true', '"enabled": false'))
    assert step(cli)["command"] == "vgxness setup status --provider opencode --config-scope user"
    assert "enabled" in cli("setup", "diff").out


def test_a_damaged_configuration_comes_before_everything_else(cli: Cli, home: Path) -> None:
    assert cli("setup", "apply", "--provider", "opencode", "--yes").code == 0
    (config,) = (home / ".config" / "opencode").glob("opencode.json*")
    config.write_text("{ oops")
    assert step(cli)["command"] == "vgxness setup status --provider opencode --config-scope user"


def test_without_a_provider_plugin_the_step_names_one(cli: Cli) -> None:
    found = cli("--no-plugins", "next", "--json").data
    assert found["command"] == "pip install vgxness-opencode"


def test_a_provider_that_is_switched_off_is_to_be_enabled_again(cli: Cli) -> None:
    for name in [line["name"] for line in cli("status", "--json").data["providers"]]:
        assert cli("plugins", "disable", name).code == 0
    assert step(cli)["command"] == "vgxness plugins enable antigravity"
    ran = cli("setup", "plan", "--json")
    assert (ran.code, ran.error["code"]) == (2, "unknown_provider")
    assert "vgxness plugins list" in ran.error["cause"]


def test_init_tells_of_a_configuration_in_the_way_and_does_not_call_it_set_up(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = home.parent / "bin" / "opencode"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 1.18.33\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    config = home / ".config" / "opencode" / "opencode.jsonc"
    config.parent.mkdir(parents=True)
    config.write_text("{ oops")
    shown = cli("init").out
    assert str(config) in shown
    assert "set up." not in shown


def test_a_broken_plugin_is_on_the_screen(cli: Cli, site: Site) -> None:
    site.install("acme-broken", "raise RuntimeError('no luck')", name="broken")
    shown = cli("status", "--json").data["broken_plugins"]
    assert len(shown) == 1
    assert "no luck" in shown[0]


@pytest.mark.parametrize("content", [b"not a database at all" * 100], ids=["corrupt"])
def test_a_database_that_cannot_be_read_is_told_and_the_screen_goes_on(
    cli: Cli, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(content)
    ran = cli("--db", str(path), "status", "--json")
    assert ran.code == 0
    assert ran.data["database"]["state"] in ("corrupt", "foreign")
    assert ran.data["next"]["command"] == "vgxness db status"
    assert path.read_bytes() == content


def test_init_prints_the_plan_and_writes_nothing_where_nobody_can_answer(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".config" / "opencode").mkdir(parents=True)
    program = home.parent / "bin" / "opencode"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 1.18.33\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    ran = cli("init", "--json")
    assert ran.code == 0
    assert ran.data["written"] is False
    digest = cli("setup", "plan", "--provider", "opencode", "--json").data["digest"]
    expected = f"vgxness setup apply --provider opencode --plan-digest {digest} --yes"
    assert ran.data["next"]["command"] == expected
    assert list((home / ".config" / "opencode").iterdir()) == []
    assert "This would be written, and was not" in cli("init").out


def test_init_writes_after_a_yes_on_a_terminal_and_not_after_a_no(home: Path, workspace: Path) -> None:
    program = home.parent / "bin" / "opencode"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 1.18.33\n")
    program.chmod(0o755)
    config = home / ".config" / "opencode"
    refused = on_terminal(["init"], answer="n", path=program.parent)
    assert "Nothing was written" in refused
    assert refused.count('"type": "local"') == 1
    assert not config.exists()
    assert "Written, with a backup" in on_terminal(["init"], answer="y", path=program.parent)
    assert len(list(config.iterdir())) == 1


def on_terminal(words: list[str], *, answer: str, path: Path) -> str:
    """Run a command on a real pseudo-terminal and type one answer; return what the terminal showed."""
    import os
    import pty
    import sys

    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover -- another process
        environment = {**os.environ, "PATH": f"{path}:/usr/bin:/bin"}
        os.execve(sys.executable, [sys.executable, "-m", "vgxness", *words], environment)
    shown = b""
    while True:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # the child has closed its end
            break
        if not data:
            break
        shown += data
        if b"[y/N]" in data:
            os.write(terminal, answer.encode() + b"\n")
    os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode()
