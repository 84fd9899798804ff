"""Merges are a view: nothing moves, and undo is exact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.conftest import found
from vgxness.errors import VgxnessError
from vgxness.projects import MergeReport, Project, ProjectService

Make = Callable[..., Path]


def refusal(function: Callable[..., object], *arguments: object, **options: object) -> VgxnessError:
    with pytest.raises(VgxnessError) as raised:
        function(*arguments, **options)
    return raised.value


def merged(projects: ProjectService, source: Project, into: Project) -> MergeReport:
    return projects.merge(source.id, into.id, by="ann")


def undone(projects: ProjectService, report: MergeReport) -> None:
    assert report.merge.id is not None
    projects.undo(report.merge.id, by="ann")


@pytest.fixture
def shop(repository: Make) -> Path:
    return repository("shop")


@pytest.fixture
def garden(repository: Make) -> Path:
    return repository("garden")


def test_the_survivor_answers_for_both(projects: ProjectService, shop: Path, garden: Path) -> None:
    source, survivor = projects.ensure(shop), projects.ensure(garden)

    report = merged(projects, source, survivor)

    assert found(projects, shop) == found(projects, garden) == projects.ensure(shop) == survivor
    assert projects.find(shop, project="shop") == survivor
    assert projects.family(survivor.id) == report.seen_as_one == (survivor.id, source.id)
    assert projects.list() == (survivor,)
    assert [one.id for one in projects.list(merged=True)] == [survivor.id, source.id]
    assert projects.show(source.id).merges == projects.show(survivor.id).merges == (report.merge,)
    assert projects.look(shop).suggestions == ()


def test_undo_restores_both_exactly(projects: ProjectService, shop: Path, garden: Path) -> None:
    source, survivor = projects.ensure(shop), projects.ensure(garden)
    before = projects.show(source.id), projects.show(survivor.id)

    undone(projects, merged(projects, source, survivor))

    after = projects.show(source.id), projects.show(survivor.id)
    assert [(one.project, one.marks, one.suggestions) for one in after] == [
        (one.project, one.marks, one.suggestions) for one in before
    ]
    assert found(projects, shop) == source
    assert found(projects, garden) == survivor
    assert projects.family(survivor.id) == (survivor.id,)


def test_undo_keeps_names_that_were_given_meanwhile(
    projects: ProjectService, shop: Path, garden: Path
) -> None:
    source, survivor = projects.ensure(shop), projects.ensure(garden)
    report = merged(projects, source, survivor)
    projects.rename(survivor.id, "Both")
    projects.rename(source.id, "Part")

    undone(projects, report)

    assert (found(projects, shop).name, found(projects, garden).name) == ("Part", "Both")


def test_marks_seen_during_a_merge_go_back_with_the_source(
    projects: ProjectService, repository: Make, garden: Path
) -> None:
    url = "https://example.org/acme/shop"
    source, survivor = projects.ensure(repository("shop", url)), projects.ensure(garden)
    report = merged(projects, source, survivor)
    clone = repository("clone", url)
    assert projects.ensure(clone) == survivor

    undone(projects, report)

    assert found(projects, clone) == source


def test_a_dry_run_says_all_and_writes_nothing(
    projects: ProjectService, shop: Path, garden: Path, database: Path
) -> None:
    source, survivor = projects.ensure(shop), projects.ensure(garden)
    rows = projects.list(merged=True)

    report = projects.merge("shop", "garden", by="ann", dry_run=True)

    assert report.merge.id is None
    assert (report.source, report.into) == (source, survivor)
    assert [mark.value for mark in report.marks] == [str(shop / ".git"), str(shop)]
    assert report.seen_as_one == (survivor.id, source.id)
    assert projects.list(merged=True) == rows
    assert projects.show(source.id).merges == ()


def test_merges_follow_each_other_and_each_is_undone_alone(
    projects: ProjectService, shop: Path, garden: Path, repository: Make
) -> None:
    field = repository("field")
    a, b, c = projects.ensure(shop), projects.ensure(garden), projects.ensure(field)
    first = merged(projects, a, b)
    second = merged(projects, b, c)
    assert found(projects, shop) == c
    assert projects.family(c.id) == (c.id, a.id, b.id)

    undone(projects, first)
    assert (found(projects, shop), found(projects, garden)) == (a, c)
    undone(projects, second)
    assert (found(projects, shop), found(projects, garden), found(projects, field)) == (a, b, c)


def test_a_project_is_not_merged_into_itself_nor_in_a_ring(
    projects: ProjectService, shop: Path, garden: Path, repository: Make
) -> None:
    a, b, c = (projects.ensure(folder) for folder in (shop, garden, repository("field")))
    assert refusal(projects.merge, a.id, "shop", by="ann").code == "project_conflict"
    merged(projects, a, b)
    merged(projects, b, c)

    for source, into in ((b, a), (c, a), (c, b), (a, c)):
        assert refusal(projects.merge, source.id, into.id, by="ann").code == "project_conflict"
        assert refusal(projects.merge, source.id, into.id, by="ann", dry_run=True).code == "project_conflict"
    assert projects.family(c.id) == (c.id, a.id, b.id)


def test_a_merge_is_undone_once(projects: ProjectService, shop: Path, garden: Path) -> None:
    source, survivor = projects.ensure(shop), projects.ensure(garden)
    first = merged(projects, source, survivor)
    undone(projects, first)
    second = merged(projects, source, survivor)

    error = refusal(projects.undo, first.merge.id, by="ann")

    assert error.code == "project_conflict"
    assert "undone already" in error.message
    assert found(projects, shop) == survivor
    undone(projects, second)
    assert [merge.undone_by for merge in projects.show(source.id).merges] == ["ann", "ann"]


def test_an_unknown_merge_is_an_error_and_makes_no_database(projects: ProjectService, database: Path) -> None:
    assert refusal(projects.undo, "mrg_1", by="ann").code == "unknown_merge"
    assert not database.exists()
