"""The tools through which an agent looks at projects."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vgxness.app import App, Options
from vgxness.builtin.projects import vgxness_mcp_tools
from vgxness.errors import VgxnessError
from vgxness.projects import ProjectService

Make = Callable[..., Path]
Ask = Callable[..., Any]


@pytest.fixture
def ask(database: Path, home: Path) -> Ask:
    """Call a tool by its public name, as the server does."""

    def call(tool: str, workspace: Path, **arguments: object) -> Any:
        app = App(Options(db=str(database), workspace=workspace, plugins=False))
        return json.loads(json.dumps(app.call(tool, arguments)))  # pyright: ignore[reportArgumentType] -- as from the wire

    return call


def test_an_agent_sees_the_workspaces_project(ask: Ask, projects: ProjectService, repository: Make) -> None:
    shop = repository("shop", "https://example.org/acme/shop")
    project = projects.ensure(shop)

    answer = ask("vgxness_project_show", shop / ".git")

    assert answer["project"] == {"id": project.id, "name": "shop", "created_at": project.created_at}
    assert answer["decided_by"]["kind"] == "git-common-dir"
    assert [mark["kind"] for mark in answer["marks"]] == ["git-common-dir", "git-remote", "path"]
    assert ask("vgxness_project_show", shop, project=project.id)["project"] == answer["project"]


def test_looking_makes_nothing(ask: Ask, repository: Make, database: Path, home: Path) -> None:
    answer = ask("vgxness_project_show", repository("shop"))

    assert answer["project"] is None
    assert [mark["kind"] for mark in answer["marks"]] == ["git-common-dir", "path"]
    assert ask("vgxness_project_list", home) == {"projects": [], "more": False}
    assert not database.parent.exists()
    assert list(home.iterdir()) == []


def test_a_list_says_whether_there_is_more(ask: Ask, projects: ProjectService, repository: Make) -> None:
    made = [projects.ensure(repository(f"p{number}")).id for number in range(3)]

    answer = ask("vgxness_project_list", repository("here"), limit=2)

    assert [one["id"] for one in answer["projects"]] == sorted(made, reverse=True)[:2]
    assert answer["more"] is True
    assert ask("vgxness_project_list", repository("there"))["more"] is False


def test_an_unknown_project_is_an_error_an_agent_can_act_on(ask: Ask, repository: Make) -> None:
    with pytest.raises(VgxnessError) as raised:
        ask("vgxness_project_show", repository("shop"), project="nobody")

    assert raised.value.code == "unknown_project"


def test_an_answer_stays_small_however_many_clones_there_are(
    ask: Ask, projects: ProjectService, repository: Make
) -> None:
    url = "https://example.org/acme/shop"
    clones = [repository(f"clones/number-{number}", url) for number in range(30)]
    for clone in clones:
        projects.ensure(clone)

    assert len(json.dumps(ask("vgxness_project_show", clones[0]))) < 6_000


def test_no_tool_renames_or_merges() -> None:
    assert all(tool.read_only for tool in vgxness_mcp_tools())
