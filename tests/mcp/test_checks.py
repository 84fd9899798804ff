"""What the doctor says of the served tools and of the server's start."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Site
from tests.tokens.paper import configure, install, script
from vgxness.contract.tool import Tool
from vgxness.mcp import checks
from vgxness.mcp.clients import CLIENTS, client_faults, form_of, name_before_model

APPLY = ("setup", "apply", "--provider", "paper", "--yes")
FLAT: dict[str, Any] = {"type": "object", "properties": {}}


def tool(name: str = "acme_do", description: str = "Do it.", **schema: Any) -> Tool:
    return Tool(name=name, description=description, input_schema=schema or FLAT, target="acme:do")


def found(cli: Cli, check: str) -> dict[str, Any]:
    (one,) = cli("doctor", check, "--json").data["checks"]
    return one


def everything_in(*places: Path) -> dict[str, float]:
    return {str(path): path.lstat().st_mtime for place in places for path in [place, *place.rglob("*")]}


def test_the_server_that_setup_wrote_is_timed_and_writes_nothing(
    cli: Cli, site: Site, home: Path, workspace: Path
) -> None:
    install(site)
    assert found(cli, "mcp.start")["severity"] == "skipped"
    cli(*APPLY)
    before = everything_in(home, workspace)
    finding = found(cli, "mcp.start")
    assert everything_in(home, workspace) == before
    assert finding["severity"] in ("ok", "warning")  # a busy machine may be slow
    assert "listed after" in finding["summary"]
    assert "a warning over 5 s" in finding["summary"]


def test_over_the_bound_it_is_slow(cli: Cli, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    install(site)
    cli(*APPLY)
    monkeypatch.setattr(checks, "SLOW_SECONDS", 0.0)
    finding = found(cli, "mcp.start")
    assert finding["severity"] == "warning"
    assert finding["hint"]


def test_a_server_that_lists_nothing_is_an_error(
    cli: Cli, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(site)
    program = tmp_path / "vgxness"
    program.write_text(f"#!{sys.executable}\nraise SystemExit(7)\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(program)])
    cli(*APPLY)
    finding = found(cli, "mcp.start")
    assert finding["severity"] == "error"
    assert str(program) in finding["evidence"][0]


def test_the_users_other_servers_are_timed_only_with_consent(
    cli: Cli, site: Site, home: Path, tmp_path: Path
) -> None:
    install(site)
    trace = tmp_path / "trace"
    good = script(tmp_path, "good", f"open({str(trace)!r}, 'w')\nserve([TOOL])")
    configure(home, good=good, dies=[sys.executable, "-c", "raise SystemExit(1)"])
    cli("doctor", "mcp", "setup.names")
    refused = cli("doctor", "plugins", "--all-servers", "--json")
    assert (refused.code, refused.error["hint"]) == (3, "vgxness doctor --all-servers --yes")
    assert not trace.exists()
    ran = cli("doctor", "plugins", "--all-servers", "--yes", "--json")
    (others,) = [one for one in ran.data["checks"] if one["id"] == "mcp.others"]
    assert trace.exists()
    assert others["severity"] == "warning"
    assert others["summary"] == "Of 2 other servers 1 did not answer."
    assert others["evidence"][0].startswith("Paper, user: dies: ")
    assert others["evidence"][1].startswith("Paper, user: good: ")


DROPPED = {
    "no-type": (tool(properties={}), "Claude Code loses all tools of the server for acme_do"),
    "any-of": (tool(type="object", anyOf=[FLAT]), "Claude Code drops acme_do in silence"),
    "one-of": (tool(type="object", oneOf=[FLAT]), "has oneOf on top"),
    "all-of": (tool(type="object", allOf=[FLAT]), "has allOf on top"),
    "long": (tool(description="x" * 2_049), "Claude Code cuts the description of acme_do after 2,048"),
    "name": (tool(name="a" * 51), "models refuse names of over 64 characters"),
}


@pytest.mark.parametrize(("declared", "said"), DROPPED.values(), ids=list(DROPPED))
def test_what_a_client_would_drop_is_told_with_the_clients_name(declared: Tool, said: str) -> None:
    (fault,) = client_faults(declared)
    assert said in fault


def test_what_every_client_takes_has_no_fault() -> None:
    assert list(client_faults(tool(name="a" * 50, description="x" * 2_048))) == []


def test_the_doctor_names_the_strangers_tool_that_a_client_drops(cli: Cli, site: Site) -> None:
    source = """
        from vgxness.plugin import Tool, hookimpl

        @hookimpl
        def vgxness_mcp_tools():
            schema = {"type": "object", "anyOf": [{"required": ["a"]}]}
            return (Tool(name="acme_pick", description="Pick.", input_schema=schema, target="acme:pick"),)
    """
    site.install("acme", source)
    finding = found(cli, "mcp.tools")
    assert finding["severity"] == "warning"
    assert any("Claude Code drops acme_pick" in line for line in finding["evidence"])


@pytest.mark.parametrize("provider", list(CLIENTS))
def test_no_tool_of_ours_is_too_long_a_name_before_any_model(provider: str) -> None:
    import json

    from vgxness.app import App, Options

    form = form_of(App(Options(plugins=False)).catalogue, provider)
    names = [one["name"] for one in json.loads(form.tools["full"])]
    assert len(names) > 15
    assert all(len(name) <= 64 for name in names)


def test_a_models_name_for_a_tool_holds_no_other_character() -> None:
    named = name_before_model(CLIENTS["claude-code"], "my server.v1", "do it")
    assert named == "mcp__my_server_v1__do_it"
