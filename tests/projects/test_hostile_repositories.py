"""A repository that nobody vouches for: nothing runs, nothing hangs, nothing is believed blindly."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.conftest import Git
from vgxness.projects import ProjectService

Make = Callable[..., Path]
GOOD = "https://example.org/acme/shop.git"


def kinds(projects: ProjectService, folder: Path) -> list[str]:
    sighting = projects.look(folder).sighting
    assert sighting is not None
    return [mark.kind for mark in sighting.marks]


def notes(projects: ProjectService, folder: Path) -> str:
    sighting = projects.look(folder).sighting
    assert sighting is not None
    return " ".join(sighting.notes)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "gitdir:",
        "gitdir: /nowhere/at/all",
        "gitdir: .",
        "gitdir: a\0b",
        "rubbish",
        "gitdir: " + "x/" * 3000,
    ],
)
def test_a_git_file_that_leads_nowhere_leaves_the_path(
    projects: ProjectService, tmp_path: Path, content: str
) -> None:
    (tmp_path / ".git").write_text(content)

    assert kinds(projects, tmp_path) == ["path"]
    assert "leads to no git repository" in notes(projects, tmp_path)


def test_a_huge_git_file_is_not_read(projects: ProjectService, tmp_path: Path) -> None:
    with (tmp_path / ".git").open("wb") as file:
        file.truncate(50 * 1024**3)

    assert kinds(projects, tmp_path) == ["path"]
    assert "longer than" in notes(projects, tmp_path)


def test_a_pipe_in_place_of_git_is_not_waited_for(projects: ProjectService, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".git")

    assert kinds(projects, tmp_path) == ["path"]
    assert "not a regular file" in notes(projects, tmp_path)


def test_a_loop_of_links_in_place_of_git_is_not_followed(projects: ProjectService, tmp_path: Path) -> None:
    (tmp_path / ".git").symlink_to(".git")

    assert kinds(projects, tmp_path) == ["path"]
    assert "can't be read" in notes(projects, tmp_path)


def test_an_empty_git_directory_is_passed_over_as_git_does(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    shop = repository("shop")
    (shop / "docs" / ".git").mkdir(parents=True)

    assert git(shop / "docs", "rev-parse", "--show-toplevel") == str(shop)
    sighting = projects.look(shop / "docs").sighting
    assert sighting is not None
    assert sighting.root == shop


@pytest.mark.parametrize("target", ["/dev/zero", "config", "/nowhere"])
def test_a_configuration_that_is_no_file_costs_the_remote_only(
    projects: ProjectService, repository: Make, target: str
) -> None:
    shop = repository("shop", GOOD)
    (shop / ".git" / "config").unlink()
    (shop / ".git" / "config").symlink_to(target)

    assert kinds(projects, shop) == ["git-common-dir", "path"]


def test_a_huge_configuration_costs_the_remote_only(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop", GOOD)
    with (shop / ".git" / "config").open("ab") as file:
        file.truncate(10 * 1024**3)

    assert kinds(projects, shop) == ["git-common-dir", "path"]
    assert "longer than" in notes(projects, shop)


def test_nothing_that_a_configuration_names_is_run_or_included(
    projects: ProjectService, repository: Make, git: Git, tmp_path: Path
) -> None:
    shop, trap = repository("shop"), tmp_path / "owned"
    other = tmp_path / "other.config"
    other.write_text(f'[remote "origin"]\n\turl = {GOOD}\n')
    git(shop, "config", "core.fsmonitor", f"touch {trap}")
    git(shop, "config", "core.sshCommand", f"touch {trap}")
    git(shop, "config", "include.path", str(other))
    git(shop, "remote", "add", "upstream", f"ext::touch {trap}")

    assert kinds(projects, shop) == ["git-common-dir", "path"]
    projects.ensure(shop)
    assert not trap.exists()


def test_a_common_directory_that_leads_nowhere_leaves_the_path(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    shop = repository("shop")
    git(shop, "worktree", "add", "-q", "../feature")
    shutil.rmtree(shop)

    assert kinds(projects, shop.parent / "feature") == ["path"]


def test_of_several_remotes_without_an_origin_none_is_believed(
    projects: ProjectService, repository: Make, git: Git
) -> None:
    shop = repository("shop")
    git(shop, "remote", "add", "ann", GOOD)
    assert kinds(projects, shop) == ["git-common-dir", "git-remote", "path"]

    git(shop, "remote", "add", "bob", "https://example.org/bob/shop.git")
    assert kinds(projects, shop) == ["git-common-dir", "path"]
    assert "several git remotes" in notes(projects, shop)


def test_git_itself_is_not_needed(
    projects: ProjectService, repository: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = repository("shop", GOOD)
    monkeypatch.setenv("PATH", "")

    assert kinds(projects, shop) == ["git-common-dir", "git-remote", "path"]


def test_a_long_configuration_is_read_to_its_end(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop", GOOD)
    config = shop / ".git" / "config"
    branches = "".join(f'[branch "b{number}"]\n\tremote = origin\n' for number in range(10_000))
    config.write_text(branches + config.read_text())

    assert kinds(projects, shop) == ["git-common-dir", "git-remote", "path"]
