"""Projects by id and by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vgxness.errors import VgxnessError
from vgxness.projects import ProjectService

Make = Callable[..., Path]


def refusal(function: Callable[..., object], *arguments: object, **options: object) -> VgxnessError:
    with pytest.raises(VgxnessError) as raised:
        function(*arguments, **options)
    return raised.value


def test_an_id_and_an_exact_name_lead_to_the_project(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop")
    project = projects.ensure(shop)

    assert projects.find(shop.parent, project=project.id) == project
    assert projects.ensure(shop.parent, project="shop") == project
    assert projects.list() == (project,)


def test_an_unknown_ref_is_an_error_and_makes_neither_project_nor_database(
    projects: ProjectService, repository: Make, database: Path
) -> None:
    shop = repository("shop")

    for verb in (projects.find, projects.ensure):
        error = refusal(verb, shop, project="nobody")
        assert error.code == "unknown_project"
        assert "first save" in error.hint
    assert refusal(projects.rename, "nobody", "x").code == "unknown_project"
    assert refusal(projects.merge, "nobody", "x", by="ann").code == "unknown_project"
    assert refusal(projects.show, "").code == "unknown_project"
    assert not database.exists()


def test_a_name_in_another_case_is_unknown_and_the_right_one_is_said(
    projects: ProjectService, repository: Make
) -> None:
    project = projects.ensure(repository("Shop"))

    error = refusal(projects.find, project, project="shop")

    assert error.code == "unknown_project"
    assert f"Shop ({project.id})" in error.cause


def test_a_shared_name_is_ambiguous_and_the_ids_are_listed(
    projects: ProjectService, repository: Make
) -> None:
    first, second = projects.ensure(repository("a/app")), projects.ensure(repository("b/app"))

    error = refusal(projects.show, "app")

    assert error.code == "ambiguous_project"
    assert first.id in error.cause
    assert second.id in error.cause


def test_of_namesakes_the_merged_ones_step_back(projects: ProjectService, repository: Make) -> None:
    first, second = projects.ensure(repository("a/app")), projects.ensure(repository("b/app"))
    projects.merge(first.id, second.id, by="ann")

    assert projects.show("app").project == second


def test_a_rename_keeps_the_id_and_may_share_a_name(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop")
    project, other = projects.ensure(shop), projects.ensure(repository("garden"))

    renamed = projects.rename("shop", "  garden ")

    assert (renamed.id, renamed.name) == (project.id, "garden")
    assert projects.find(shop) == renamed
    assert projects.show(other.id).suggestions[0].project == renamed


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "usage"),
        (" \t", "usage"),
        ("a\nb", "usage"),
        ("\x1b[2J", "usage"),
        ("prj_01kaxyz0123456789abcdefghj", "usage"),
        ("x" * 121, "too_large"),
    ],
)
def test_a_name_that_can_not_be_is_refused(
    projects: ProjectService, repository: Make, name: str, code: str
) -> None:
    project = projects.ensure(repository("shop"))

    assert refusal(projects.rename, project.id, name).code == code
    assert projects.list() == (project,)


@pytest.mark.parametrize("name", ["Käse 🧀", "x" * 120, "-", "' OR 1=1 --"])
def test_a_name_of_any_printable_letters_is_found_again(
    projects: ProjectService, repository: Make, name: str
) -> None:
    project = projects.ensure(repository("shop"))
    projects.rename(project.id, name)

    assert projects.show(name).project == projects.list()[0]


def test_a_list_is_bounded_and_newest_first(projects: ProjectService, repository: Make) -> None:
    made = [projects.ensure(repository(f"p{number}")) for number in range(5)]

    assert set(projects.list(limit=2)) <= set(made)
    assert len(projects.list(limit=2)) == 2
    assert [one.id for one in projects.list()] == sorted((one.id for one in made), reverse=True)
    assert len(projects.list(limit=-5)) == 1
