"""Two providers in a home with every format: installed, upgraded, edited, brought back."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from tests.setup.fakes import tree
from tests.setup.homes import FORMATS, KEYS, NAMES, SHARED, Note, command, furnish, setup_of

Tree = dict[str, tuple[str, int]]


def noted(home: Path, word: str) -> None:
    """Write a word into every file that stands there."""
    for name, kind in FORMATS.items():
        path = home / name
        if path.exists() and name != "hook.sh" and not name.startswith("skills"):
            path.write_bytes(Note(word).written(kind, path.read_bytes().decode()).encode())


def test_an_upgrade_of_both_is_taken_back_together(home: Path) -> None:
    furnish(home)
    start = tree(home)
    setup_of(home).apply()
    installed = tree(home)
    setup_of(home, version=1).apply()
    setup_of(home).rollback()
    assert tree(home) == installed
    setup_of(home).rollback()
    assert tree(home) == start


@pytest.mark.parametrize("name", [name for name in FORMATS if name in KEYS or name.endswith(".md")])
def test_an_upgrade_of_both_is_taken_back_around_what_the_user_wrote_meanwhile(home: Path, name: str) -> None:
    furnish(home)
    setup_of(home).apply()
    setup_of(home, version=1).apply()
    noted(home, "of-the-user")
    setup_of(home).rollback()
    text = (home / name).read_text()
    assert command(0) in text
    assert command(1) not in text
    assert ("of-the-user" in text) == (not name.startswith("skills"))
    assert {row.drift for status in setup_of(home).status() for row in status.targets} == {"in-sync"}


@pytest.mark.parametrize("leaving", list(permutations(NAMES)))
@pytest.mark.parametrize("verb", ["rollback", "uninstall"])
def test_in_any_order_they_leave_what_stood_there(home: Path, leaving: tuple[str, str], verb: str) -> None:
    furnish(home)
    start = tree(home)
    setup = setup_of(home)
    setup.apply((NAMES[0],))
    setup.apply((NAMES[1],))
    for name in leaving:
        getattr(setup, verb)((name,))
    assert tree(home) == start


@pytest.mark.parametrize("newcomer", NAMES)
def test_a_newcomer_and_an_upgrade_of_the_other_are_one_apply(home: Path, newcomer: str) -> None:
    """What the other one still holds in the old value is no conflict: the same plan renews it."""
    furnish(home)
    start = tree(home)
    (other,) = {*NAMES} - {newcomer}
    setup_of(home).apply((other,))
    setup = setup_of(home, version=1)
    assert [row.target for row in setup.plan((newcomer,)).held_back], "alone it has to ask"
    outcome = setup.apply(NAMES)
    assert outcome.plan.held_back == ()
    assert setup.apply(NAMES).receipt is None
    assert {row.drift for status in setup.status() for row in status.targets} == {"in-sync"}
    setup.rollback()
    setup.rollback()
    assert tree(home) == start


@pytest.mark.parametrize("name", [None, *SHARED])
def test_who_took_anothers_place_gives_it_back(home: Path, name: str | None) -> None:
    """One provider replaced the other's value on the user's word; then it goes."""
    furnish(home)
    start = tree(home)
    setup_of(home, version=1).apply(("second",))
    installed = tree(home)
    setup_of(home).apply(("first",), takes={"": "ours"})
    note, path = Note("of-the-user"), home / (name or "")
    if name:
        path.write_bytes(note.written(FORMATS[name], path.read_bytes().decode()).encode())
    setup_of(home).rollback()
    if name:
        assert command(1) in path.read_text()
        assert command(0) not in path.read_text()
        assert note.word in path.read_text()
        assert {row.drift for row in setup_of(home, version=1).status(("second",))[0].targets} == {"in-sync"}
    else:
        assert tree(home) == installed
        setup_of(home).uninstall()
        assert tree(home) == start


def test_who_came_later_and_took_the_place_keeps_it(home: Path) -> None:
    furnish(home)
    setup_of(home, version=1).apply(("second",))
    setup_of(home).apply(("first",), takes={"": "ours"})
    noted(home, "of-the-user")
    setup_of(home).uninstall(("second",))
    assert command(0) in (home / "client.json").read_text()
    assert {row.drift for row in setup_of(home).status(("first",))[0].targets} == {"in-sync"}


@pytest.mark.parametrize("is_noted", [False, True])
def test_who_was_there_first_and_was_renewed_last_leaves_together_with_the_other(
    home: Path, is_noted: bool
) -> None:
    furnish(home)
    start = tree(home)
    setup_of(home, version=1).apply(("second",))
    setup_of(home).apply(NAMES, takes={"": "ours"})
    if is_noted:
        noted(home, "of-the-user")
    assert setup_of(home).uninstall().plan.held_back == ()
    if is_noted:
        assert not [
            name for name, (text, _) in tree(home).items() if command(0) in text or command(1) in text
        ]
    else:
        assert tree(home) == start


@pytest.mark.parametrize("returning", NAMES)
def test_who_left_and_came_back_leaves_together_with_the_other(home: Path, returning: str) -> None:
    furnish(home)
    start = tree(home)
    setup = setup_of(home)
    setup.apply(NAMES)
    setup.uninstall((returning,))
    setup.apply(NAMES)
    setup.uninstall()
    assert tree(home) == start


@pytest.mark.parametrize("is_noted", [False, True])
@pytest.mark.parametrize("renewed", NAMES)
def test_who_renewed_a_shared_value_alone_leaves_the_other_its_own(
    home: Path, renewed: str, is_noted: bool
) -> None:
    furnish(home)
    start = tree(home)
    (other,) = {*NAMES} - {renewed}
    setup = setup_of(home)
    setup.apply(NAMES)
    setup_of(home, version=1).apply((renewed,))
    if is_noted:
        noted(home, "of-the-user")
    setup.uninstall((renewed,))
    assert {row.drift for row in setup.status((other,))[0].targets} == {"in-sync"}
    if not is_noted:
        setup.uninstall((other,))
        assert tree(home) == start


@pytest.mark.parametrize("renewed", NAMES)
def test_who_renewed_a_shared_value_alone_leaves_together_with_the_other(home: Path, renewed: str) -> None:
    furnish(home)
    start = tree(home)
    setup_of(home).apply(NAMES)
    setup_of(home, version=1).apply((renewed,))
    setup_of(home).uninstall()
    assert tree(home) == start


@pytest.mark.parametrize("name", ["AGENTS.md", "agent.md", "skills/memory/SKILL.md"])
def test_an_upgrade_of_both_is_taken_back_around_a_line_that_the_user_added_inside(
    home: Path, name: str
) -> None:
    furnish(home)
    setup_of(home).apply()
    setup_of(home, version=1).apply()
    path = home / name
    path.write_text(path.read_text().replace("And search.\n", "And search.\n\nOf the user.\n"))
    assert setup_of(home).rollback().plan.held_back == ()
    assert command(0) in path.read_text()
    assert command(1) not in path.read_text()
    assert "Of the user.\n" in path.read_text()
