"""What the doctor says of the programs, versions and names of MCP servers; nobody's program is run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Site
from tests.tokens.paper import configure, install
from vgxness import __version__

APPLY = ("setup", "apply", "--provider", "paper", "--yes")


@pytest.fixture(autouse=True)
def paper(site: Site) -> None:
    install(site)


def found(cli: Cli, check: str) -> dict[str, Any]:
    (one,) = cli("doctor", check, "--json").data["checks"]
    return one


def trap(path: Path, trace: Path, says: str = "") -> list[str]:
    """Make a program that leaves a trace when it is run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\nopen({str(trace)!r}, 'w')\nprint({says!r})\n")
    path.chmod(0o755)
    return [str(path)]


def edit(home: Path, **changes: object) -> None:
    """Change our entry in the client's file by hand."""
    file = home / ".paper.json"
    document = json.loads(file.read_text())
    document["servers"]["vgxness"] |= changes
    file.write_text(json.dumps(document))


def test_a_dead_command_of_another_server_is_a_warning_with_client_and_name(
    cli: Cli, home: Path, workspace: Path, tmp_path: Path
) -> None:
    dull = tmp_path / "dull"
    dull.write_text("no program")
    configure(
        home,
        gone=["/nonexistent/server"],
        unknown=["no-such-program-anywhere"],
        dull=[str(dull)],
        here=["./server"],
        good=[sys.executable],
        listed=["sh", "-c", "true"],
        filled=["${HOME}/server"],
        off={"command": "/nonexistent/off", "disabled": True},
    )
    finding = found(cli, "setup.commands")
    assert finding["severity"] == "warning"
    assert finding["evidence"] == [
        "Paper (user): gone: /nonexistent/server does not exist",
        "Paper (user): unknown: no-such-program-anywhere is not on PATH",
        f"Paper (user): dull: {dull} is not executable",
        f"Paper (user): here: ./server does not exist below {workspace}",
    ]


def test_a_dead_command_of_ours_is_an_error(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program,) = trap(tmp_path / "bin" / "vgxness", tmp_path / "trace")
    monkeypatch.setattr(sys, "argv", [program])
    cli(*APPLY)
    assert found(cli, "setup.commands")["severity"] == "ok"
    Path(program).unlink()
    finding = found(cli, "setup.commands")
    assert finding["severity"] == "error"
    assert finding["evidence"] == [f"Paper (user): vgxness: {program} does not exist"]
    assert finding["hint"] == "vgxness setup apply"


def test_a_table_that_does_not_parse_is_told_and_stops_no_other(
    cli: Cli, home: Path, workspace: Path
) -> None:
    (home / ".paper.json").write_text("{")
    configure(workspace, gone=["/nonexistent/server"])
    finding = found(cli, "setup.commands")
    assert finding["severity"] == "warning"
    assert any("gone" in line for line in finding["evidence"])
    assert any(str(home / ".paper.json") in line for line in finding["evidence"])


def test_this_vgxness_in_a_clients_file_is_well(cli: Cli) -> None:
    assert found(cli, "setup.versions")["severity"] == "skipped"
    cli(*APPLY)
    finding = found(cli, "setup.versions")
    assert (finding["severity"], __version__ in finding["summary"]) == ("ok", True)


@pytest.mark.parametrize(("version", "word"), [("0.0.9", "an older"), ("99.1", "another")])
@pytest.mark.parametrize("start", ["script", "module"])
def test_another_version_is_found_beside_its_program_which_is_not_run(
    cli: Cli, home: Path, tmp_path: Path, version: str, word: str, start: str
) -> None:
    trace = tmp_path / "trace"
    place = tmp_path / "old"
    (place / "lib" / "python3.11" / "site-packages" / f"vgxness-{version}.dist-info").mkdir(parents=True)
    name = "vgxness" if start == "script" else "python3"
    program = trap(place / "bin" / name, trace)
    more = ["mcp", "serve"] if start == "script" else ["-m", "vgxness", "mcp", "serve"]
    configure(home, memory=[*program, *more])
    finding = found(cli, "setup.versions")
    assert finding["severity"] == "warning"
    assert f"starts {word} vgxness, {version}" in finding["summary"]
    assert not trace.exists()


def test_a_link_to_an_installed_tool_is_followed(cli: Cli, home: Path, tmp_path: Path) -> None:
    place = tmp_path / "tools" / "vgxness"
    (place / "lib" / "python3.12" / "site-packages" / "vgxness-0.0.1.dist-info").mkdir(parents=True)
    program = trap(place / "bin" / "vgxness", tmp_path / "trace")
    link = tmp_path / "bin" / "vgxness"
    link.parent.mkdir()
    link.symlink_to(program[0])
    configure(home, vgxness=[str(link), "mcp", "serve"])
    assert "0.0.1" in found(cli, "setup.versions")["summary"]


def test_a_program_that_calls_itself_vgxness_is_not_run_for_its_version(
    cli: Cli, workspace: Path, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    configure(workspace, vgxness=[*trap(workspace / "vgxness", trace, says="vgxness 0.0.1"), "mcp", "serve"])
    finding = found(cli, "setup.versions")
    assert "unknown" in finding["evidence"][0]
    for check in ("mcp.start", "setup.commands", "setup.names", "setup.drift"):
        found(cli, check)
    assert not trace.exists()


def test_the_version_of_a_program_that_setup_wrote_is_asked_where_no_metadata_tells_it(
    cli: Cli, home: Path, tmp_path: Path
) -> None:
    from vgxness.setup.programs import version_beside, version_said

    program = Path(trap(tmp_path / "bin" / "vgxness", tmp_path / "trace", says="vgxness 0.0.7")[0])
    assert version_beside(program) == ""
    assert version_said(program) == "0.0.7"
    other = Path(trap(tmp_path / "bin" / "other", tmp_path / "trace", says="other 1.2.3")[0])
    assert version_said(other) == ""


@pytest.mark.parametrize(
    "body",
    ["import time; time.sleep(600)", "print('x' * 10_000_000)", "raise SystemExit(1)"],
    ids=["hangs", "floods", "fails"],
)
def test_a_program_of_ours_that_tells_no_version_ends_the_question(tmp_path: Path, body: str) -> None:
    from vgxness.setup.programs import version_said

    program = tmp_path / "vgxness"
    program.write_text(f"#!{sys.executable}\n{body}\n")
    program.chmod(0o755)
    assert version_said(program) == ""


def test_an_entry_of_our_name_that_is_not_ours_is_a_collision(cli: Cli, home: Path) -> None:
    configure(home, vgxness=[sys.executable, "-c", "pass"])
    finding = found(cli, "setup.names")
    assert finding["severity"] == "warning"
    assert "vgxness did not write" in finding["evidence"][0]


def test_one_program_under_two_names_is_told(cli: Cli, home: Path, workspace: Path) -> None:
    configure(home, mine=[sys.executable, "-c", "pass"], same=[sys.executable, "-c", "other"])
    configure(workspace, ours=[sys.executable, "-c", "pass"])
    finding = found(cli, "setup.names")
    assert finding["severity"] == "warning"
    (line,) = finding["evidence"]
    assert line.startswith("Paper: mine and ours start the same program")


def test_one_name_in_two_tables_is_a_note(cli: Cli, home: Path, workspace: Path) -> None:
    configure(home, mine=[sys.executable, "-c", "pass"])
    configure(workspace, mine=[sys.executable, "-c", "pass"])
    finding = found(cli, "setup.names")
    assert (finding["severity"], len(finding["evidence"])) == ("info", 1)
    assert "mine stands in several places (user, project)" in finding["evidence"][0]


def test_names_that_are_one_to_a_model_are_told(cli: Cli, home: Path) -> None:
    configure(home, **{"my.server": ["sh", "-c", "1"], "my server": ["sh", "-c", "2"], "my-server": ["sh"]})
    (line,) = found(cli, "setup.names")["evidence"]
    assert line == "Paper: my server and my.server are both my_server to a model"


def test_a_name_that_leaves_no_room_is_told(cli: Cli, home: Path) -> None:
    configure(home, **{"n" * 56: ["sh", "1"], "m" * 57: ["sh", "2"]})
    lines = found(cli, "setup.names")["evidence"]
    assert len(lines) == 1
    assert "m" * 57 in lines[0]


def test_a_server_that_is_off_collides_with_nothing(cli: Cli, home: Path) -> None:
    off = {"command": "sh", "disabled": True}
    configure(home, a=["sh"], b=off)
    assert found(cli, "setup.names")["severity"] == "ok"


def test_hostile_names_and_values_stay_small_and_redacted(cli: Cli, home: Path) -> None:
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    configure(home, **{f"{number}\x1b[2J{'x' * 100_000}": [f"/{secret}"] for number in range(150)})
    for check in ("setup.commands", "setup.names", "setup.versions"):
        ran = cli("doctor", check)
        assert len(ran.out) < 40_000
        assert secret not in ran.out
        assert "\x1b[2J" not in ran.out


def test_drift_is_shown_line_by_line_and_names_provider_scope_and_file(cli: Cli, home: Path) -> None:
    cli(*APPLY)
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    edit(home, env={"API_TOKEN": secret}, args=["mcp", "serve", "--profile", "full"])
    rules = home / "PAPER.md"
    block = rules.read_text().splitlines(keepends=True)
    rules.write_text("".join([block[0], "My own line.\n", *block[1:]]))
    finding = found(cli, "setup.drift")
    assert finding["severity"] == "warning"
    assert f"paper, user: {home / '.paper.json'}: user-edited" in finding["evidence"]
    quoted = [line.strip() for line in finding["quotes"]]
    assert '+    "--profile"' in quoted
    assert '+    "API_TOKEN": "[REDACTED]"' in quoted
    assert "+My own line." in quoted
    assert secret not in str(quoted)
    assert not any('"command"' in line or '"serve"' in line for line in quoted), "these did not change"
    out = cli("doctor", "setup.drift").out
    assert all(line.strip() in out for line in finding["quotes"])
