"""The main job on the real client: set up, save, find in the next run, all well, gone without a trace."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.home import OPENCODE_OWNS, VGXNESS_KEEPS, Home, snapshot
from tests.e2e.opencode.client import OpenCode, tool_calls
from tests.e2e.opencode.conftest import CONFIG, SECRET
from tests.e2e.scripted_model import Call, Request, Say, ScriptedModel

pytestmark = [pytest.mark.client, pytest.mark.timeout(300)]

NOT_OURS = (*OPENCODE_OWNS, *VGXNESS_KEEPS)
NOTES = {"type": "local", "command": ["notes", "--serve"], "enabled": False}
CORE_TOOLS = [
    "vgxness_vgxness_memory_context",
    "vgxness_vgxness_memory_get",
    "vgxness_vgxness_memory_save",
    "vgxness_vgxness_memory_search",
    "vgxness_vgxness_session_end",
    "vgxness_vgxness_status",
]
TITLE, CONTENT = "Sessions live in Redis", "We chose Redis for sessions because the cookie grew past 4 kB."


def set_up(home: Home, *more: str) -> dict[str, Any]:
    """Plan, then apply exactly that plan; return the plan."""
    before = snapshot(home.path.parent)
    shown = home.vgxness("setup", "plan", "--provider", "opencode", *more, "--json")
    assert snapshot(home.path.parent) == before, "a plan writes nothing"
    assert SECRET not in shown.said()
    plan = shown.json()["data"]
    consent = ("--yes", "--plan-digest", plan["digest"])
    done = home.vgxness("setup", "apply", "--provider", "opencode", *more, *consent, "--json")
    assert done.code == 0, done.said()
    return plan


def entry_shown_by(plan: dict[str, Any]) -> Any:
    """Return the server that the plan's diff told the user of, from the lines it adds."""
    (target,) = plan["targets"]
    lines = target["diff"].splitlines()
    added = "".join(line[1:] for line in lines if line.startswith("+") and not line.startswith("+++"))
    return json.loads("{" + added.strip().rstrip(",") + "}")["vgxness"]


def roll_back(home: Home, *more: str) -> None:
    done = home.vgxness("setup", "rollback", "--provider", "opencode", *more, "--yes", "--json")
    assert done.code == 0, done.said()


def listed_tools(home: Home) -> list[str]:
    """Return what `mcp tools` says is served by default, under the names that OpenCode gives it."""
    listed = home.vgxness("mcp", "tools", "--json").json()["data"]
    return sorted(f"vgxness_{tool['name']}" for tool in listed)


def instructions(request: Request) -> str:
    """Return what the system prompt says in our name."""
    whole = re.search(r"<mcp_instructions>(.*)</mcp_instructions>", request.system, re.DOTALL)
    assert whole, request.system[-1_000:]
    servers = re.findall(r'<server name="([^"]*)">(.*?)</server>', whole[1], re.DOTALL)
    assert [name for name, _ in servers] == ["vgxness"]
    return servers[0][1]


def first_run_saves(opencode: OpenCode, model: ScriptedModel) -> Any:
    """Let the model save once; return what the tool answered, checking what the model was shown of us."""
    model.play(Call("vgxness_vgxness_memory_save", {"title": TITLE, "content": CONTENT}), Say("Saved."))
    done = opencode.ask("We decided on Redis for sessions. Remember it.")
    model.check_played()
    assert [call["status"] for call in tool_calls(done)] == ["completed"]

    offered = [name for name in model.requests[0].tools if "vgxness" in name]
    assert sorted(offered) == CORE_TOOLS == listed_tools(opencode.home)
    assert all(len(name) <= 64 for name in offered)
    told = instructions(model.requests[0])
    assert "vgxness_memory_save" in told
    assert len(told) <= 2_000
    return json.loads(model.requests[-1].results[0])


def second_run_finds(opencode: OpenCode, model: ScriptedModel, saved: Any) -> None:
    """Let the model search in a new process, then read the hit by the id that the search gave it."""

    def read_the_hit(request: Request) -> Call:
        (hit,) = json.loads(request.results[0])["hits"]
        return Call("vgxness_vgxness_memory_get", {"id": hit["id"]})

    search = Call("vgxness_vgxness_memory_search", {"query": "where do we keep the sessions?"})
    model.play(search, read_the_hit, Say("In Redis."))
    opencode.ask("Where do we keep the sessions?")
    model.check_played()
    found, whole = model.requests[-1].results
    assert TITLE in found
    assert CONTENT in whole

    rows = opencode.home.vgxness("memory", "search", "Redis sessions", "--json").json()["data"]["hits"]
    assert [(row["id"], row["title"]) for row in rows] == [(saved["id"], TITLE)]


def doctor_is_content(home: Home) -> None:
    standing = home.snapshot(excluding=NOT_OURS)
    report = home.vgxness("doctor", "--json")
    assert report.code == 0, report.said()
    checks = {check["id"]: check["severity"] for check in report.json()["data"]["checks"]}
    assert checks["setup.live"] == "ok", report.said()
    assert set(checks.values()) <= {"ok", "info", "skipped"}, report.said()
    assert home.snapshot(excluding=NOT_OURS) == standing, "doctor touches nothing of the user's"


def test_opencode_remembers_from_one_run_to_the_next_and_rollback_leaves_no_trace(
    opencode: OpenCode, repository: Home, model: ScriptedModel, users_config: str
) -> None:
    home = repository
    before = home.snapshot(excluding=NOT_OURS)

    planned = set_up(home)
    resolved = opencode.resolved()["mcp"]
    assert resolved == {"notes": NOTES, "vgxness": entry_shown_by(planned)}
    assert Path(resolved["vgxness"]["command"][0]).is_absolute()

    saved = first_run_saves(opencode, model)
    second_run_finds(opencode, model, saved)
    doctor_is_content(home)

    roll_back(home)
    assert home.snapshot(excluding=NOT_OURS) == before
    assert (home.path / CONFIG).read_text() == users_config


def test_a_project_setup_works_in_its_project_and_leaves_it_as_it_was(
    opencode: OpenCode, repository: Home, model: ScriptedModel, users_config: str
) -> None:
    home = repository
    file = home.project / "opencode.json"
    file.write_bytes(b'{\r\n\t"instructions": ["README.md"]\r\n}')
    before = home.snapshot(excluding=NOT_OURS), snapshot(home.project)
    set_up(home, "--config-scope", "project")
    assert (home.path / CONFIG).read_text() == users_config, "the user's own file is not the project's"

    assert first_run_saves(opencode, model)["action"] == "created"
    assert opencode.resolved()["instructions"] == ["README.md"]

    roll_back(home, "--config-scope", "project")
    assert (home.snapshot(excluding=NOT_OURS), snapshot(home.project)) == before


def test_a_home_that_had_no_configuration_has_none_after_rollback(opencode: OpenCode, home: Home) -> None:
    before = home.snapshot()
    set_up(home)
    made = home.snapshot(excluding=VGXNESS_KEEPS)
    assert [name for name, kind in made.items() if kind.startswith("file")] == [CONFIG]
    assert opencode.resolved()["mcp"]["vgxness"]["enabled"] is True
    assert home.snapshot(excluding=NOT_OURS)[CONFIG] == made[CONFIG], "OpenCode had no reason to edit it"

    roll_back(home)
    assert home.snapshot(excluding=NOT_OURS) == before == {}


def test_apply_and_rollback_leave_no_file_and_no_directory_but_our_own(
    opencode: OpenCode, home: Home
) -> None:
    before = home.snapshot(excluding=VGXNESS_KEEPS)
    set_up(home)
    set_up(home, "--config-scope", "project")
    roll_back(home, "--config-scope", "project")
    roll_back(home)
    assert home.snapshot(excluding=VGXNESS_KEEPS) == before == {}
    assert snapshot(home.project) == {}


def test_our_prompt_is_a_slash_command_and_our_resource_can_be_read(
    opencode: OpenCode, home: Home, model: ScriptedModel, users_config: str
) -> None:
    set_up(home)
    done = home.vgxness("memory", "save", "--title", TITLE, "--content", CONTENT, "--kind", "decision")
    assert done.code == 0, done.said()
    resource = {"server": "vgxness", "uri": "vgxness://project/current/context"}
    model.play(Call("read_mcp_resource", resource), Say("I have read it."))
    opencode.command("vgxness:start-session", "move the sessions")
    model.check_played()
    assert "move the sessions" in model.requests[0].prompt
    assert TITLE in model.requests[0].prompt
    assert TITLE in model.requests[-1].results[0]


def test_opencode_works_on_when_our_server_can_not_reach_its_database(
    opencode: OpenCode, home: Home, model: ScriptedModel, users_config: str
) -> None:
    set_up(home)
    home.env["VGXNESS_DB_PATH"] = str(home.write("not-a-database", "just text\n"))
    search = Call("vgxness_vgxness_memory_search", {"query": "sessions"})
    model.play(search, Say("I can't remember today."))
    done = opencode.ask("Where do we keep the sessions?")
    model.check_played()
    assert "I can't remember today." in done.stdout
    assert "store_" in model.requests[-1].results[0]
    assert (home.path / "not-a-database").read_text() == "just text\n"


def test_opencode_works_on_when_our_server_is_gone(
    opencode: OpenCode, home: Home, model: ScriptedModel, users_config: str
) -> None:
    set_up(home)
    file = home.path / CONFIG
    command = json.dumps(opencode.resolved()["mcp"]["vgxness"]["command"][0])
    file.write_text(file.read_text().replace(command, json.dumps("/nowhere/vgxness")))
    model.play(Say("Hello."))
    assert "Hello." in opencode.ask("Say hello.").stdout
    assert not [name for name in model.requests[0].tools if "vgxness" in name]
