"""A workspace is known again: real git, real database, the service's own door."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.conftest import Git, found
from vgxness.errors import VgxnessError
from vgxness.projects import Mark, ProjectService

Make = Callable[..., Path]
HTTPS = "https://github.com/acme/Bookshop.git"


def decided_by(projects: ProjectService, folder: Path) -> str:
    mark = projects.look(folder).decided_by
    assert mark is not None
    return mark.kind


def test_looking_creates_nothing(projects: ProjectService, repository: Make, database: Path) -> None:
    shop = repository("shop")

    assert projects.find(shop) is None
    assert projects.look(shop).project is None
    assert projects.list() == ()
    assert projects.family("prj_1") == ("prj_1",)
    assert not database.parent.exists()


def test_ensuring_twice_makes_one_project(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop", HTTPS)

    first = projects.ensure(shop)

    assert projects.ensure(shop) == first == projects.find(shop)
    assert projects.list() == (first,)


def test_a_project_is_named_after_its_remote_else_its_directory(
    projects: ProjectService, repository: Make, tmp_path: Path
) -> None:
    plain = tmp_path / "notes"
    plain.mkdir()

    assert projects.ensure(repository("shop", HTTPS)).name == "Bookshop"
    assert projects.ensure(repository("garden")).name == "garden"
    assert projects.ensure(plain).name == "notes"


def test_a_worktree_and_every_folder_of_it_agree(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    shop = repository("shop")
    git(shop, "worktree", "add", "-q", "../feature")
    deep = shop.parent / "feature" / "src" / "deep"
    deep.mkdir(parents=True)

    project = projects.ensure(deep)

    assert project.name == "shop"
    assert found(projects, shop) == found(projects, shop.parent / "feature") == project
    assert decided_by(projects, shop) == "git-common-dir"


def test_a_worktree_of_a_bare_repository_agrees(
    projects: ProjectService, repository: Make, git: Git, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository("shop")), "house/.bare")
    house = tmp_path / "house"
    (house / ".git").write_text("gitdir: ./.bare\n")
    git(house, "config", "--unset", "remote.origin.url")
    git(house, "worktree", "add", "-q", "one")

    project = projects.ensure(house / "one")

    assert project.name == "house"
    assert found(projects, house) == found(projects, house / ".bare") == project


def test_a_moved_worktree_agrees(projects: ProjectService, repository: Make, git: Git) -> None:
    shop = repository("shop")
    git(shop, "worktree", "add", "-q", "../feature")
    project = projects.ensure(shop)

    git(shop, "worktree", "move", "../feature", "../renamed")

    assert found(projects, shop.parent / "renamed") == project


def test_the_place_of_a_removed_worktree_is_free_for_another_project(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    shop = repository("shop")
    git(shop, "worktree", "add", "-q", "../desk")
    project = projects.ensure(shop.parent / "desk")
    git(shop, "worktree", "remove", "../desk")

    assert projects.find(repository("desk")) is None
    assert found(projects, shop) == project


def test_a_moved_checkout_is_found_by_its_remote_and_its_new_place_recorded(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    shop = repository("shop", HTTPS)
    project = projects.ensure(shop)
    moved = shop.rename(shop.parent / "moved")

    assert decided_by(projects, moved) == "git-remote"
    assert projects.ensure(moved) == project

    git(moved, "remote", "remove", "origin")
    assert decided_by(projects, moved) == "git-common-dir"
    assert found(projects, moved) == project


def test_a_moved_checkout_without_remote_is_another_project_until_a_merge(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop")
    project = projects.ensure(shop)
    moved = shop.rename(shop.parent / "moved")

    assert projects.find(moved) is None
    stranger = projects.ensure(moved)
    projects.merge(stranger.id, project.id, by="ann")

    assert found(projects, moved) == project


def test_a_moved_checkout_without_remote_is_found_by_its_project_file_once_that_is_believed(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop")
    file = projects.link(shop)
    moved = shop.rename(shop.parent / "moved")

    assert file.path == shop / ".vgxness" / "project.toml"
    assert projects.find(moved) is None
    assert projects.accept(moved) == file.project
    assert decided_by(projects, moved) == "project-file"
    assert found(projects, moved) == file.project


@pytest.mark.parametrize(
    "other",
    [
        "git@github.com:acme/Bookshop.git",
        "ssh://git@GitHub.com:22/acme/Bookshop",
        "https://ann:secret@github.com/acme/Bookshop/",
    ],
)
def test_two_clones_of_one_remote_are_one_project(
    projects: ProjectService, repository: Make, other: str
) -> None:
    project = projects.ensure(repository("one", HTTPS))

    assert projects.ensure(repository("two", other)) == project


def test_no_password_of_a_remote_reaches_the_database(
    projects: ProjectService, repository: Make, database: Path
) -> None:
    projects.ensure(repository("shop", "https://ann:hunter2@example.org/shop?token=hunter3"))

    stored = b"".join(file.read_bytes() for file in database.parent.iterdir())
    assert b"example.org/shop" in stored
    assert b"hunter" not in stored


def test_a_fork_is_another_project(projects: ProjectService, repository: Make) -> None:
    project = projects.ensure(repository("one", HTTPS))

    assert projects.ensure(repository("two", "https://github.com/ann/Bookshop.git")) != project


def test_another_remote_does_not_change_a_known_checkout(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    shop = repository("shop", HTTPS)
    project = projects.ensure(shop)
    git(shop, "remote", "set-url", "origin", "https://example.org/new/home.git")

    assert projects.ensure(shop) == project
    assert Mark(kind="git-remote", value="example.org/new/home") in projects.show(project.id).marks


def test_a_remote_of_another_project_is_suggested_and_not_taken(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    shop, garden = repository("shop"), repository("garden", HTTPS)
    project, other = projects.ensure(shop), projects.ensure(garden)
    git(shop, "remote", "add", "origin", HTTPS)

    assert projects.ensure(shop) == project
    assert [(one.project, one.reason) for one in projects.look(shop).suggestions] == [(other, "same-mark")]
    assert found(projects, garden) == other


def test_a_submodule_is_a_project_of_its_own(projects: ProjectService, repository: Make, git: Git) -> None:
    library, shop = repository("library"), repository("shop")
    git(shop, "submodule", "add", "-q", str(library), "vendor")
    git(shop, "commit", "-q", "-m", "vendor")

    outer, inner = projects.ensure(shop), projects.ensure(shop / "vendor")

    assert outer != inner
    assert decided_by(projects, shop / "vendor") == "git-common-dir"
    assert projects.look(shop / "vendor").marks[0].value == str(shop / ".git" / "modules" / "vendor")


def test_a_bare_repository_is_known(
    projects: ProjectService, repository: Make, git: Git, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository("shop")), "mirror.git")
    bare = tmp_path / "mirror.git"
    git(bare, "remote", "remove", "origin")

    project = projects.ensure(bare / "refs")

    assert project.name == "mirror"
    assert found(projects, bare) == project


def test_a_bare_repository_inside_a_checkout_does_not_speak_for_it(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    victim = projects.ensure(repository("victim", HTTPS))
    hostile = repository("hostile")
    git(hostile, "clone", "-q", "--bare", str(hostile), "docs")
    git(hostile / "docs", "remote", "set-url", "origin", HTTPS)

    assert projects.ensure(hostile / "docs") != victim
    assert found(projects, hostile / "docs") == found(projects, hostile)


def test_a_directory_keeps_its_project_when_git_comes_and_goes(
    projects: ProjectService, tmp_path: Path, git: Git
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    project = projects.ensure(notes)

    git(notes, "init", "-q")
    assert decided_by(projects, notes) == "path"
    assert projects.ensure(notes) == project
    assert decided_by(projects, notes) == "git-common-dir"

    shutil.rmtree(notes / ".git")
    assert found(projects, notes) == project


def test_outside_git_only_the_directory_itself_is_the_project(
    projects: ProjectService, tmp_path: Path
) -> None:
    folder = tmp_path / "notes" / "deep"
    folder.mkdir(parents=True)
    projects.link(folder.parent)

    assert projects.find(folder) is None


def test_a_symbolic_link_leads_to_the_same_project(
    projects: ProjectService, repository: Make, tmp_path: Path
) -> None:
    shop = repository("shop")
    (tmp_path / "link").symlink_to(shop)

    assert projects.ensure(tmp_path / "link") == projects.ensure(shop)


def test_case_twins_are_two_projects_and_suggest_each_other(
    projects: ProjectService, repository: Make
) -> None:
    lower, upper = repository("x/shop"), repository("x/Shop")

    first, second = projects.ensure(lower), projects.ensure(upper)

    assert first != second
    assert [(one.project, one.reason) for one in projects.look(upper).suggestions] == [(first, "case-twin")]
    assert [(one.project, one.reason) for one in projects.show(first.id).suggestions] == [
        (second, "case-twin")
    ]


def test_remotes_that_differ_in_case_are_two_projects_and_suggest_each_other(
    projects: ProjectService, repository: Make
) -> None:
    first = projects.ensure(repository("one", HTTPS))
    second = projects.ensure(repository("two", HTTPS.lower()))

    assert first != second
    (suggestion,) = projects.look(repository("three", HTTPS.lower())).suggestions
    assert suggestion.project == first
    assert suggestion.evidence == "git-remote github.com/acme/Bookshop"


def test_one_directory_spelled_in_two_ways_is_one_project(
    projects: ProjectService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a file system that ignores case, where both spellings are the same directory."""
    (tmp_path / "Notes").mkdir()
    (tmp_path / "notes").mkdir()
    project = projects.ensure(tmp_path / "Notes")
    monkeypatch.setattr(os.path, "samestat", lambda *_: True)

    assert projects.ensure(tmp_path / "notes") == project


def test_equal_names_are_only_a_suggestion(projects: ProjectService, repository: Make) -> None:
    first, second = projects.ensure(repository("a/app")), projects.ensure(repository("b/APP"))

    assert first != second
    assert [(one.project, one.reason) for one in projects.show(second.id).suggestions] == [
        (first, "same-name")
    ]


def test_a_workspace_that_is_gone_is_an_error_and_makes_no_project(
    projects: ProjectService, tmp_path: Path, database: Path
) -> None:
    with pytest.raises(VgxnessError) as raised:
        projects.ensure(tmp_path / "gone")

    assert raised.value.code == "usage"
    assert not database.exists()


def test_a_directory_whose_name_is_no_text_has_a_project(projects: ProjectService, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m"))
    folder.mkdir()

    project = projects.ensure(folder)

    assert project.name == "caf[31m"
    assert projects.ensure(folder) == project
