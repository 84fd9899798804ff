"""`vgxness tokens` as a person and a script meet it; the servers are real processes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Site
from tests.tokens.paper import configure, install, script
from vgxness.tokens import best_tokenizer

ALL = ("tokens", "--all-servers", "--yes", "--json")


@pytest.fixture(autouse=True)
def paper(site: Site) -> None:
    install(site)


def provider(cli: Cli, name: str = "paper", scope: str = "user") -> dict[str, Any]:
    rows = cli("tokens", "--json").data["providers"]
    (row,) = [one for one in rows if (one["provider"], one["scope"]) == (name, scope)]
    return row


def servers(cli: Cli) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in cli(*ALL).data["servers"]}


def test_every_provider_is_charged_with_both_profiles_and_the_instructions(cli: Cli) -> None:
    for row in cli("tokens", "--json").data["providers"]:
        costs = {one["what"]: one["tokens"] for one in row["charges"]}
        shared = sum(cost for what, cost in costs.items() if not what.startswith("tools-"))
        assert 0 < costs["tools-core"] < costs["tools-full"]
        assert costs["instructions"] > 0
        assert row["core"] == costs["tools-core"] + shared
        assert row["full"] == costs["tools-full"] + shared


def test_the_lines_that_setup_adds_to_a_file_are_charged_where_they_stand(cli: Cli, home: Path) -> None:
    assert provider(cli)["is_set_up"] is False
    assert cli("setup", "apply", "--provider", "paper", "--yes").code == 0
    row = provider(cli)
    assert row["is_set_up"] is True
    (block,) = [one for one in row["charges"] if one["what"] == "block"]
    assert block["where"] == str(home / "PAPER.md")
    written = (home / "PAPER.md").read_text()
    assert 0 < block["tokens"] <= best_tokenizer().count(written)


def test_a_project_is_charged_where_it_is_set_up(cli: Cli, workspace: Path) -> None:
    scopes = {one["scope"] for one in cli("tokens", "--json").data["providers"]}
    assert scopes == {"user"}
    cli("setup", "apply", "--provider", "paper", "--config-scope", "project", "--yes")
    assert provider(cli, scope="project")["charges"][-1]["where"] == str(workspace / "PAPER.md")


def test_the_screen_says_which_tokenizer_counted(cli: Cli) -> None:
    out = cli("tokens").out
    assert f"Counted by: {best_tokenizer().name}." in out
    assert "Paper, user config" in out
    assert cli("tokens", "--json").data["tokenizer"] == best_tokenizer().name


def test_without_consent_nothing_is_started_and_the_command_is_named(
    cli: Cli, home: Path, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    configure(home, other=script(tmp_path, "other", f"open({str(trace)!r}, 'w')"))
    ran = cli("tokens", "--all-servers", "--json")
    assert (ran.code, ran.error["code"]) == (3, "consent_required")
    assert ran.error["hint"] == "vgxness tokens --all-servers --yes"
    assert cli("tokens").code == 0
    assert not trace.exists()


def test_where_there_is_no_server_nobody_is_asked(cli: Cli) -> None:
    assert cli("tokens", "--all-servers", "--json").data["servers"] == []


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"n\n", 3), (b"\n", 3)])
def test_a_terminal_names_the_programs_and_asks(
    home: Path, workspace: Path, tmp_path: Path, answer: bytes, code: int
) -> None:
    trace = tmp_path / "trace"
    configure(home, **{"evil\x1b[2Jname": script(tmp_path, "other", f"open({str(trace)!r}, 'w')")})
    person, terminal = pty.openpty()
    words = [sys.executable, "-m", "vgxness", "tokens", "--all-servers"]
    with subprocess.Popen(words, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.write(person, answer)
        assert process.wait(timeout=100) == code
    shown = os.read(person, 65536)
    os.close(terminal)
    os.close(person)
    assert sys.executable.encode() in shown
    assert b"\x1b[2J" not in shown
    assert trace.exists() == (code == 0)


def test_other_servers_are_counted_the_dearest_first(cli: Cli, home: Path, tmp_path: Path) -> None:
    configure(
        home,
        small=script(tmp_path, "small", "serve([TOOL])"),
        large=script(tmp_path, "large", "serve([{**TOOL, 'description': 'word ' * 4_000}])"),
    )
    rows = cli(*ALL).data["servers"]
    assert [one["name"] for one in rows] == ["large", "small"]
    listing = {"tools": [{"name": "echo", "description": "Say it again.", "inputSchema": {"type": "object"}}]}
    whole = json.dumps({**listing, "instructions": ""}, separators=(",", ":"))
    assert rows[1]["tokens"] == best_tokenizer().count(whole)
    assert (rows[1]["client"], rows[1]["tools"], rows[1]["state"]) == ("Paper, user", 1, "counted")
    out = cli("tokens", "--all-servers", "--yes").out
    assert f"together about {rows[0]['tokens'] + rows[1]['tokens']}" in out


def test_a_server_that_can_not_be_counted_is_a_row_with_the_reason(
    cli: Cli, home: Path, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    off = {"command": sys.executable, "args": ["-c", f"open({str(trace)!r}, 'w')"], "disabled": True}
    configure(
        home,
        gone=["/nonexistent/server"],
        dies=[sys.executable, "-c", "raise SystemExit(1)"],
        off=off,
        remote={"url": "http://127.0.0.1:9/mcp"},
        odd={"command": 5},
        good=script(tmp_path, "good", "serve([TOOL])"),
        vgxness=[sys.executable, "-c", f"open({str(trace)!r}, 'w')"],
    )
    found = servers(cli)
    states = {name: one["state"] for name, one in found.items()}
    assert states == {
        "gone": "failed",
        "dies": "failed",
        "off": "off",
        "remote": "remote",
        "odd": "failed",
        "good": "counted",
    }
    assert all(one["reason"] for name, one in found.items() if name != "good")
    assert not trace.exists()


def test_what_two_files_name_alike_is_started_once(
    cli: Cli, home: Path, workspace: Path, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    command = script(tmp_path, "one", f"open({str(trace)!r}, 'a').write('started ')\nserve([TOOL])")
    configure(home, mine=command)
    configure(workspace, ours=command)
    rows = cli(*ALL).data["servers"]
    assert {(one["client"], one["name"]) for one in rows} == {
        ("Paper, user", "mine"),
        ("Paper, project", "ours"),
    }
    assert trace.read_text() == "started "


def test_a_server_gets_its_variables_as_its_client_would_fill_them(
    cli: Cli, home: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONE", "kind")
    told = script(tmp_path, "env", "serve([TOOL], repr((sys.argv[1:], os.environ['A'], os.getcwd())))")
    (home / ".paper.json").write_text(
        json.dumps(
            {
                "servers": {
                    "env": {
                        "command": told[0],
                        "args": [told[1], "${TONE}", "${NONE:-dear}", "{env:TONE}", "${NONE}"],
                        "env": {"A": "very ${TONE}"},
                    }
                }
            }
        )
    )
    said = repr((["kind", "dear", "kind", ""], "very kind", str(workspace)))
    listing = {"tools": [{"name": "echo", "description": "Say it again.", "inputSchema": {"type": "object"}}]}
    whole = json.dumps({**listing, "instructions": said}, separators=(",", ":"))
    assert servers(cli)["env"]["tokens"] == best_tokenizer().count(whole)


def test_secrets_of_an_entry_are_never_shown(cli: Cli, home: Path) -> None:
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    (home / ".paper.json").write_text(
        json.dumps({"servers": {"x": {"command": "/nonexistent", "args": [secret], "env": {"T": secret}}}})
    )
    for words in (ALL, ("tokens", "--all-servers", "--yes"), ("tokens", "--all-servers")):
        ran = cli(*words)
        assert secret not in ran.out + ran.err


@pytest.mark.parametrize(
    ("content", "names"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("[]", [], id="a-list"),
        pytest.param('{"servers": 5}', [], id="no-table"),
        pytest.param('{"servers": {"a": null, "b": [], "c": {}}}', ["c"], id="no-entries"),
        pytest.param("{", [".paper.json"], id="cut"),
        pytest.param("\udcff", [".paper.json"], id="not-utf8"),
        pytest.param('{"a": 1} // no', [".paper.json"], id="comment-in-json"),
    ],
)
def test_a_bad_file_is_a_row_at_most(cli: Cli, home: Path, content: str, names: list[str]) -> None:
    (home / ".paper.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    rows = cli(*ALL).data["servers"]
    assert [Path(one["name"]).name for one in rows] == names
    assert all(one["state"] == "failed" and one["reason"] for one in rows)
