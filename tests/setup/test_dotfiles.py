"""Dotfiles kept elsewhere: a link is edited at its target and stays, or it is refused with the reason."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.setup.fakes import Editor, Wished, service, tree
from tests.setup.homes import Note
from vgxness.contract.provider import SetKey
from vgxness.errors import VgxnessError
from vgxness.setup import SetupService

OURS = SetKey(path=("mcp", "vgxness"), value={"command": "/opt/vgxness"})
TEXT = '{\n  "own": 1 // mine\n}\n'
PLACE = ".config/x/config.jsonc"


def setup_of(home: Path) -> SetupService:
    return service(home, Editor(wished=(Wished(path=PLACE, format="jsonc", edits=(OURS,)),)))


def folder_linked(home: Path) -> Path:
    """What `stow x` makes where ~/.config exists and ~/.config/x does not."""
    kept = home / "dotfiles" / PLACE
    kept.parent.mkdir(parents=True)
    (home / ".config").mkdir()
    (home / ".config" / "x").symlink_to("../dotfiles/.config/x")
    return kept


def file_linked(home: Path) -> Path:
    """What `stow x` makes where ~/.config/x is there already."""
    kept = home / "dotfiles" / PLACE
    kept.parent.mkdir(parents=True)
    (home / ".config" / "x").mkdir(parents=True)
    (home / PLACE).symlink_to("../../dotfiles/.config/x/config.jsonc")
    return kept


def linked_by_links(home: Path) -> Path:
    """A chain: the configuration folder is a link, and so is the dotfiles' own folder."""
    kept = home / "src" / "dots" / PLACE
    kept.parent.mkdir(parents=True)
    (home / "dotfiles").symlink_to("src/dots")
    (home / ".config").symlink_to(home / "dotfiles" / ".config")
    return kept


def applied_by_chezmoi(home: Path) -> Path:
    """What `chezmoi apply` makes: a plain file, its source under another name elsewhere."""
    source = home / ".local" / "share" / "chezmoi" / "dot_config" / "x" / "config.jsonc"
    source.parent.mkdir(parents=True)
    source.write_text(TEXT)
    (home / PLACE).parent.mkdir(parents=True)
    return home / PLACE


KEPT: dict[str, Callable[[Path], Path]] = {
    "stow-symlink-of-a-folder": folder_linked,
    "stow-symlink-of-a-file": file_linked,
    "stow-symlink-of-links": linked_by_links,
    "chezmoi-plain-file": applied_by_chezmoi,
}


def links_of(home: Path) -> list[str]:
    return [str(path) for path in home.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize("verb", ["rollback", "uninstall"])
@pytest.mark.parametrize("noun", KEPT)
def test_what_lies_in_the_home_is_edited_where_it_lies(home: Path, noun: str, verb: str) -> None:
    kept = KEPT[noun](home)
    kept.write_text(TEXT)
    kept.chmod(0o640)
    before, links = tree(home), links_of(home)
    setup = setup_of(home)
    (target,) = setup.plan().targets
    assert (str(kept) in target.reason) == bool(links)
    setup.apply()
    assert "/opt/vgxness" in kept.read_text()
    assert links_of(home) == links
    assert setup.apply().receipt is None
    assert setup.status()[0].targets[0].drift == "in-sync"
    getattr(setup, verb)()
    assert tree(home) == before


@pytest.mark.parametrize("noun", KEPT)
def test_a_file_that_is_made_behind_a_link_goes_again_and_the_link_stays(home: Path, noun: str) -> None:
    kept = KEPT[noun](home)
    if noun == "stow-symlink-of-a-file":
        kept.write_text("")  # a link to nothing is refused
    before = tree(home)
    setup = setup_of(home)
    setup.apply()
    assert kept.read_text()
    setup.rollback()
    assert tree(home) == before


def test_a_chezmoi_source_is_never_touched_and_its_next_apply_is_told_as_an_edit(home: Path) -> None:
    kept = applied_by_chezmoi(home)
    source = home / ".local" / "share" / "chezmoi" / "dot_config" / "x" / "config.jsonc"
    kept.write_text(TEXT)
    setup = setup_of(home)
    setup.apply()
    assert source.read_text() == TEXT
    kept.write_text(source.read_text())  # `chezmoi apply`
    assert setup.status()[0].targets[0].drift == "missing"
    setup.apply()
    assert "/opt/vgxness" in kept.read_text()
    setup.uninstall()
    assert kept.read_text() == TEXT


@pytest.mark.parametrize("is_folder", [True, False], ids=["chezmoi-symlink-of-a-folder", "chezmoi-symlink"])
def test_a_link_out_of_the_home_is_refused_with_the_path(home: Path, is_folder: bool) -> None:
    source = home.parent / "elsewhere" / "dot_config" / "x" / "config.jsonc"
    source.parent.mkdir(parents=True)
    source.write_text(TEXT)
    (home / PLACE).parent.parent.mkdir()
    if is_folder:
        (home / PLACE).parent.symlink_to(source.parent)
    else:
        (home / PLACE).parent.mkdir()
        (home / PLACE).symlink_to(source)
    before = tree(home.parent)
    setup = setup_of(home)
    outcome = setup.apply()
    (held,) = outcome.plan.held_back
    assert held.problem
    assert held.problem.code == "config_blocked"
    assert held.problem.cause == (
        f"It leads by a symbolic link to {os.path.realpath(source)}, which is not in {home}."
    )
    assert held.problem.hint
    assert setup.status()[0].targets[0].drift == "unreadable"
    assert tree(home.parent) == before


def test_a_link_swapped_between_plan_and_apply_is_stale(home: Path) -> None:
    kept = file_linked(home)
    kept.write_text(TEXT)
    other = home / "other.jsonc"
    other.write_text(TEXT)
    setup = setup_of(home)
    digest = setup.plan().digest
    (home / PLACE).unlink()
    (home / PLACE).symlink_to(other)
    with pytest.raises(VgxnessError) as caught:
        setup.apply(digest=digest)
    assert caught.value.code == "plan_stale"
    assert kept.read_text() == other.read_text() == TEXT


def test_a_link_swapped_for_one_out_of_the_home_is_not_followed(home: Path) -> None:
    kept = file_linked(home)
    kept.write_text(TEXT)
    outside = home.parent / "outside.jsonc"
    outside.write_text(TEXT)
    setup = setup_of(home)
    digest = setup.plan().digest
    (home / PLACE).unlink()
    (home / PLACE).symlink_to(outside)
    with pytest.raises(VgxnessError) as caught:
        setup.apply(digest=digest)
    assert caught.value.code == "plan_stale"
    assert outside.read_text() == TEXT


def test_a_link_that_came_since_is_followed_on_the_way_back_and_the_words_in_it_stay(home: Path) -> None:
    """The user moves the file into their dotfiles after we wrote it."""
    (home / PLACE).parent.mkdir(parents=True)
    (home / PLACE).write_text(TEXT)
    setup = setup_of(home)
    setup.apply()
    kept = home / "dotfiles.jsonc"
    (home / PLACE).rename(kept)
    (home / PLACE).symlink_to(kept)
    kept.write_text(Note("moved").written("jsonc", kept.read_text()))
    assert setup.status()[0].targets[0].drift == "in-sync"
    setup.uninstall()
    assert (home / PLACE).is_symlink()
    assert kept.read_text() == f"// moved\n{TEXT}"


def test_two_names_of_one_file_are_one_file(home: Path) -> None:
    """Two providers whose paths lead to the same file by links share it."""
    kept = home / "kept.json"
    kept.write_text('{"own": 1}')
    for name in ("a.json", "b.json"):
        (home / name).symlink_to("kept.json")
    adapters = [
        Editor(
            name=name,
            wished=(Wished(path=f"{name}.json", format="json", edits=(SetKey(path=(name,), value=1),)),),
        )
        for name in ("a", "b")
    ]
    setup = service(home, *adapters)
    setup.apply()
    assert json.loads(kept.read_text()) == {"own": 1, "a": 1, "b": 1}
    setup.uninstall(("a",))
    assert json.loads(kept.read_text()) == {"own": 1, "b": 1}
    setup.uninstall(("b",))
    assert kept.read_text() == '{"own": 1}'
