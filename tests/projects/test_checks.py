"""The doctor's question: which project is this, and what says so?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vgxness.contract.check import Finding
from vgxness.projects import ProjectService
from vgxness.projects.checks import identity

Make = Callable[..., Path]


@dataclass
class Host:
    workspace: Path
    projects: ProjectService


def ask(projects: ProjectService, folder: Path) -> Finding:
    return identity(Host(folder, projects))


def test_a_known_checkout_is_well_and_the_deciding_mark_is_said(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop")
    project = projects.ensure(shop)

    finding = ask(projects, shop)

    assert finding.severity == "ok"
    assert finding.summary == f"The workspace belongs to shop ({project.id}), found by git-common-dir."


def test_a_new_workspace_is_well(projects: ProjectService, repository: Make, database: Path) -> None:
    assert ask(projects, repository("shop")).severity == "ok"
    assert not database.exists()


def test_a_workspace_outside_git_is_pointed_out_until_it_has_a_file(
    projects: ProjectService, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()

    finding = ask(projects, notes)
    assert (finding.severity, finding.hint) == ("info", "vgxness project show --write-file --yes")

    projects.link(notes)
    assert ask(projects, notes).hint == ""


def test_a_case_twin_is_a_warning_with_the_merge_to_try(projects: ProjectService, repository: Make) -> None:
    lower, upper = repository("shop"), repository("Shop")
    first, second = projects.ensure(lower), projects.ensure(upper)

    finding = ask(projects, upper)

    assert finding.severity == "warning"
    assert finding.hint == f"vgxness project merge {first.id} {second.id} --dry-run"


def test_what_git_hides_is_a_warning(projects: ProjectService, tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere")

    finding = ask(projects, tmp_path)

    assert finding.severity == "warning"
    assert "leads to no git repository" in " ".join(finding.evidence)


def test_a_project_file_that_names_nothing_is_an_error(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop")
    (shop / ".vgxness").mkdir()
    (shop / ".vgxness" / "project.toml").write_text("rubbish")

    finding = ask(projects, shop)

    assert finding.severity == "error"
    assert "--project" in finding.hint


def test_a_damaged_database_is_left_to_the_storage_checks(
    projects: ProjectService, repository: Make, database: Path
) -> None:
    database.parent.mkdir()
    database.write_bytes(b"this is not a database, and long enough to be looked at" * 100)

    assert ask(projects, repository("shop")).severity == "skipped"


def test_a_file_that_nothing_vouches_for_is_a_warning_with_the_command_that_believes_it(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop")
    project = projects.link(shop).project
    finding = ask(projects, shop.rename(shop.parent / "moved"))
    assert finding.severity == "warning"
    assert finding.hint == "vgxness project show --accept-file --yes"
    assert project.id in str(finding.evidence)
