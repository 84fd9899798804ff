"""`vgxness project`, from the command line to the database and back."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Cli


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


@pytest.fixture
def shop(cli: Cli, workspace: Path) -> str:
    """The id of the current directory's project, which is called bookshop."""
    return cli("project", "show", "--write-file", "--yes", "--json").data["project"]["id"]


@pytest.fixture
def garden(cli: Cli, tmp_path: Path) -> str:
    """The id of another directory's project, which is called garden."""
    folder = tmp_path / "garden"
    folder.mkdir()
    ran = cli("--workspace", str(folder), "project", "show", "--write-file", "--yes", "--json")
    return ran.data["project"]["id"]


def test_reading_commands_create_nothing(cli: Cli, home: Path, workspace: Path) -> None:
    shown = cli("project", "show")
    listed = cli("project", "list", "--json")
    asked = cli("project", "show", "--write-file")
    unknown = cli("project", "rename", "nobody", "somebody", "--json")
    merged = cli("project", "merge", "a", "b", "--dry-run")

    assert (shown.code, listed.data) == (0, [])
    assert "The workspace has no project yet" in shown.out
    assert (asked.code, unknown.code, merged.code) == (3, 2, 2)
    assert unknown.error["code"] == "unknown_project"
    assert files(home) == files(workspace) == []


def test_a_workspace_without_project_shows_what_is_seen(cli: Cli, workspace: Path) -> None:
    data = cli("project", "show", "--json").data

    assert data["project"] is None
    assert data["marks"] == []
    assert data["sighting"]["marks"] == [{"kind": "path", "value": str(workspace)}]
    assert data["sighting"]["in_git"] is False


def test_the_file_is_written_with_consent_only(cli: Cli, workspace: Path) -> None:
    refused = cli("project", "show", "--write-file", "--json")
    assert refused.code == 3
    assert refused.error["code"] == "consent_required"
    assert str(workspace / ".vgxness" / "project.toml") in refused.error["message"]

    first = cli("project", "show", "--write-file", "--yes", "--json").data
    again = cli("project", "show", "--write-file", "--yes", "--json").data

    assert (first["written"], again["written"]) == (True, False)
    assert first["project"]["id"] in (workspace / ".vgxness" / "project.toml").read_text()
    assert cli("project", "show", "bookshop", "--write-file", "--yes").code == 2


def test_a_project_is_shown_with_what_leads_to_it(cli: Cli, workspace: Path, shop: str) -> None:
    ran = cli("project", "show")

    assert ran.out.splitlines()[0].startswith(f"bookshop ({shop}), since ")
    assert f"  path            {workspace}" in ran.out
    assert f"Found by project-file: {shop}" in ran.out


def test_global_options_choose_the_project_before_and_after_the_command(
    cli: Cli, tmp_path: Path, shop: str, garden: str
) -> None:
    for words in (
        ("--project", "garden", "project", "show"),
        ("project", "show", "--project", "garden"),
        ("project", "show", "--workspace", str(tmp_path / "garden")),
        ("project", "show", garden),
    ):
        assert cli(*words, "--json").data["project"]["id"] == garden, words
    assert cli("project", "show", "--json").data["project"]["id"] == shop


def test_projects_are_listed_newest_first_within_the_limit(cli: Cli, shop: str, garden: str) -> None:
    lines = cli("project", "list").out.splitlines()

    assert lines[0].split() == ["id", "name", "created"]
    assert [line.split()[:2] for line in lines[1:]] == [[garden, "garden"], [shop, "bookshop"]]
    assert [one["id"] for one in cli("project", "list", "--limit", "1", "--json").data] == [garden]
    assert cli("project", "list", "--limit", "0").code == 2


def test_a_rename_is_seen_everywhere(cli: Cli, shop: str) -> None:
    assert cli("project", "rename", "bookshop", "Bücher & Co").out == f"{shop} is now called Bücher & Co.\n"

    assert cli("project", "show", "--json").data["project"]["name"] == "Bücher & Co"
    assert cli("project", "show", "bookshop").code == 2


def test_a_merge_is_tried_made_and_undone(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, shop: str, garden: str
) -> None:
    monkeypatch.setenv("USER", "ann")
    tried = cli("project", "merge", "bookshop", "garden", "--dry-run")
    assert f"garden ({garden}) would answer for bookshop ({shop})." in tried.out
    assert tried.out.endswith("Nothing was written.\n")
    assert cli("project", "show", "--json").data["project"]["id"] == shop

    made = cli("project", "merge", "bookshop", "garden", "--json").data
    assert cli("project", "show", "--json").data["project"]["id"] == garden
    assert made["seen_as_one"] == [garden, shop]
    assert made["merge"]["merged_by"] == "ann"
    assert [one["id"] for one in cli("project", "list", "--json").data] == [garden]
    assert cli("project", "list", "--all").out.count(garden) == 2

    merge = made["merge"]["id"]
    assert f"vgxness project undo {merge}" in cli("project", "show").out
    assert cli("project", "undo", merge).out == f"{shop} is a project of its own again.\n"
    assert cli("project", "show", "--json").data["project"]["id"] == shop

    again = cli("project", "undo", merge, "--json")
    assert (again.code, again.error["code"]) == (4, "project_conflict")
    assert cli("project", "undo", "mrg_none", "--json").error["code"] == "unknown_merge"


def test_a_ring_of_merges_is_refused(cli: Cli, shop: str, garden: str) -> None:
    cli("project", "merge", shop, garden)

    ran = cli("project", "merge", garden, shop, "--json")

    assert (ran.code, ran.error["code"]) == (4, "project_conflict")
    assert cli("project", "merge", garden, garden).code == 4


def test_case_twins_are_told_with_the_command_to_try(cli: Cli, tmp_path: Path, shop: str) -> None:
    twin = tmp_path / "Bookshop"
    twin.mkdir()
    other = cli("--workspace", str(twin), "project", "show", "--write-file", "--yes", "--json").data[
        "project"
    ]

    shown = cli("project", "show").out

    assert other["id"] != shop
    assert f"Perhaps the same: Bookshop ({other['id']}), case-twin: path {twin}" in shown
    assert f"vgxness project merge {other['id']} {shop} --dry-run" in shown
    (doctor,) = cli("doctor", "project.identity", "--json").data["checks"]
    assert doctor["severity"] == "warning"


def test_a_worktree_shows_the_project_of_its_repository(cli: Cli, tmp_path: Path, workspace: Path) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), (*identity, "commit", "-q", "--allow-empty", "-m", "first")):
        subprocess.run(["git", *words], cwd=workspace, check=True)
    made = cli("project", "show", "--write-file", "--yes", "--json").data["project"]
    subprocess.run(["git", "worktree", "add", "-q", str(tmp_path / "feature")], cwd=workspace, check=True)

    data = cli("--workspace", str(tmp_path / "feature"), "project", "show", "--json").data

    assert data["project"] == made
    assert data["decided_by"] == {"kind": "git-common-dir", "value": str(workspace / ".git")}


def test_a_broken_project_file_is_a_conflict_that_names_the_file(cli: Cli, workspace: Path) -> None:
    (workspace / ".vgxness").mkdir()
    (workspace / ".vgxness" / "project.toml").write_text("hunter2")

    ran = cli("project", "show", "--json")

    assert (ran.code, ran.error["code"]) == (4, "project_file_invalid")
    assert "project.toml" in ran.error["message"]
    assert "hunter2" not in ran.out + ran.err


def test_believing_a_project_file_needs_consent(cli: Cli, workspace: Path) -> None:
    ran = cli("project", "show", "--accept-file", "--json")
    assert (ran.code, ran.error["code"]) == (3, "consent_required")
    assert cli("project", "show", "--accept-file", "--yes", "--json").error["code"] == "usage"
