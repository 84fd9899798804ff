"""`.vgxness/project.toml`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects.conftest import Git, found
from vgxness.errors import VgxnessError
from vgxness.kernel.clock import SystemClock
from vgxness.projects import ProjectService
from vgxness.projects.store import ProjectStore
from vgxness.storage.sqlite.engine import SqliteEngine

Make = Callable[..., Path]
ID = "prj_01kaxyz0123456789abcdefghj"


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / ".vgxness" / "project.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def code(function: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(VgxnessError) as raised:
        function(*arguments)
    return raised.value.code


def test_linking_writes_a_file_that_git_may_carry_and_twice_changes_nothing(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop")
    (shop / "src").mkdir()

    first = projects.link(shop / "src")
    content = first.path.read_bytes()

    assert first.written
    assert first.path == shop / ".vgxness" / "project.toml"
    assert f'id = "{first.project.id}"' in content.decode()
    assert not projects.link(shop).written
    assert first.path.read_bytes() == content
    assert [file.name for file in first.path.parent.iterdir()] == ["project.toml"]


def test_an_id_from_elsewhere_is_kept_in_a_new_database(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop")
    write(shop, f'id = "{ID}"\n')

    assert projects.find(shop) is None
    assert projects.ensure(shop).id == ID


def test_the_same_file_in_two_databases_names_one_id(
    projects: ProjectService, repository: Make, tmp_path: Path
) -> None:
    shop = repository("shop")
    project = projects.link(shop).project
    clock = SystemClock()
    other = ProjectService(store=ProjectStore(SqliteEngine(str(tmp_path / "b.sqlite"), clock)), clock=clock)

    assert other.ensure(shop).id == project.id


def test_a_file_with_an_unknown_id_does_not_take_a_known_workspace_away(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop", "https://example.org/acme/shop")
    before = projects.ensure(shop)
    write(shop, f'id = "{ID}"\n')

    assert projects.find(shop) == before
    assert projects.ensure(shop) == before


def test_a_strangers_file_opens_no_project_and_takes_no_mark_for_it(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop", "https://example.org/acme/shop")
    project = projects.link(shop).project
    evil = repository("evil", "https://example.org/famous/lib")
    write(evil, f'id = "{project.id}"\n')
    marks = projects.show(project.id).marks

    assert projects.find(evil) is None
    (suggestion,) = [one for one in projects.look(evil).suggestions if one.reason == "project-file"]
    assert suggestion.project == project
    made = projects.ensure(evil)
    assert made.id != project.id
    assert projects.show(project.id).marks == marks
    assert projects.find(evil) == made
    (evil / ".vgxness" / "project.toml").unlink()
    assert projects.find(repository("clone", "https://example.org/famous/lib")) == made


def test_a_claim_is_believed_by_word_alone_and_the_remote_is_not_taken_with_it(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop")
    project = projects.link(shop).project
    moved = shop.rename(shop.parent / "moved")
    assert code(projects.accept, repository("other")) == "usage"

    assert projects.accept(moved) == project
    assert projects.find(moved) == project
    kinds = {mark.kind for mark in projects.show(project.id).marks}
    assert kinds == {"git-common-dir", "path"}


def test_a_believed_workspace_never_leaves_its_remote_behind(
    projects: ProjectService, repository: Make
) -> None:
    project = projects.link(repository("shop")).project
    fork = repository("fork", "https://example.org/famous/lib")
    write(fork, f'id = "{project.id}"\n')
    projects.accept(fork)

    assert projects.ensure(fork) == project
    assert "git-remote" not in {mark.kind for mark in projects.show(project.id).marks}
    assert projects.find(repository("clone", "https://example.org/famous/lib")) is None


def test_a_workspace_that_has_a_project_is_merged_and_not_taken_over(
    projects: ProjectService, repository: Make
) -> None:
    project = projects.link(repository("shop")).project
    other = repository("other")
    mine = projects.ensure(other)
    write(other, f'id = "{project.id}"\n')

    assert code(projects.accept, other) == "project_conflict"
    projects.merge(mine.id, project.id, by="ann")
    assert projects.find(other) == project


def test_a_file_below_the_top_names_a_part_and_takes_nothing_from_the_whole(
    projects: ProjectService, repository: Make
) -> None:
    shop = repository("shop", "https://example.org/acme/shop")
    part = shop / "packages" / "web"
    (part / "src").mkdir(parents=True)
    write(part, f'id = "{ID}"\n')

    assert projects.ensure(part / "src").id == ID
    assert projects.ensure(shop).id != ID
    assert [mark.kind for mark in projects.show(ID).marks] == ["path"]


def test_a_file_above_the_top_of_a_checkout_is_not_asked(
    projects: ProjectService, repository: Make, tmp_path: Path
) -> None:
    write(tmp_path, f'id = "{ID}"\n')

    assert projects.ensure(repository("shop")).id != ID


def test_a_file_that_names_a_merged_project_leads_to_the_survivor(
    projects: ProjectService, repository: Make
) -> None:
    shop, garden = repository("shop"), repository("garden")
    source, survivor = projects.link(shop).project, projects.ensure(garden)
    projects.merge(source.id, survivor.id, by="ann")

    assert found(projects, shop) == survivor


@pytest.mark.parametrize(
    "content",
    [
        "",
        "id = 3\n",
        'id = "shop"\n',
        'id = "prj_"\n',
        f'id = "{ID.upper()}"\n',
        f'id = "{ID}"\nid = "{ID}"\n',
        "<<<<<<< HEAD\n",
        b"\xff\xfe\x00",
        "[" * 60_000,
        "id = " + "9" * 10_000,
        "x" * 100_000,
    ],
)
def test_a_file_that_names_no_project_is_an_error_and_nothing_is_guessed(
    projects: ProjectService, repository: Make, database: Path, content: str | bytes
) -> None:
    shop = repository("shop")
    file = write(shop, content)
    before = file.read_bytes()

    assert code(projects.find, shop) == "project_file_invalid"
    assert code(projects.ensure, shop) == "project_file_invalid"
    assert code(projects.link, shop) == "project_file_invalid"
    assert file.read_bytes() == before
    assert not database.exists()


def test_a_file_that_is_a_pipe_or_a_directory_is_an_error(projects: ProjectService, repository: Make) -> None:
    shop, garden = repository("shop"), repository("garden")
    (shop / ".vgxness").mkdir()
    os.mkfifo(shop / ".vgxness" / "project.toml")
    (garden / ".vgxness" / "project.toml").mkdir(parents=True)

    assert code(projects.find, shop) == "project_file_invalid"
    assert code(projects.find, garden) == "project_file_invalid"


def test_a_broken_file_never_shows_its_content(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop")
    write(shop, 'id = "hunter2"\n')

    with pytest.raises(VgxnessError) as raised:
        projects.find(shop)

    assert "hunter2" not in f"{raised.value.message}{raised.value.cause}{raised.value.hint}"


def test_a_project_given_by_name_needs_no_readable_file(projects: ProjectService, repository: Make) -> None:
    project = projects.ensure(repository("garden"))
    shop = repository("shop")
    write(shop, "rubbish")

    assert projects.ensure(shop, project="garden") == project


def test_nothing_is_written_through_a_symbolic_link(
    projects: ProjectService, repository: Make, tmp_path: Path
) -> None:
    shop, outside = repository("shop"), tmp_path / "outside"
    outside.mkdir()
    (shop / ".vgxness").symlink_to(outside)

    assert code(projects.link, shop) == "unsafe_path"
    assert list(outside.iterdir()) == []


def test_a_file_in_the_way_is_a_clear_error(projects: ProjectService, repository: Make) -> None:
    shop = repository("shop")
    (shop / ".vgxness").write_text("mine")

    assert code(projects.link, shop) == "write_failed"
    assert (shop / ".vgxness").read_text() == "mine"


def test_a_bare_repository_gets_no_file(projects: ProjectService, repository: Make, git: Git) -> None:
    shop = repository("shop")
    git(shop, "clone", "-q", "--bare", ".", "../mirror.git")
    mirror = shop.parent / "mirror.git"

    assert code(projects.link, mirror) == "usage"
    assert not (mirror / ".vgxness").exists()
