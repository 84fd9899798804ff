"""A directory of files that are ours, beside whatever the user puts there."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.setup.fakes import Notepad, service, tree
from vgxness.contract.provider import ConfigTarget, OwnedTree, SetupRequest

PICTURE = bytes(range(256))


@dataclass
class Shelf(Notepad):
    """Keeps skills in a directory."""

    skills: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        return (
            ConfigTarget(
                id="skills",
                path=request.home / "skills",
                root=request.home,
                format="tree",
                edits=(OwnedTree(files=self.skills),),
                writer="us",
                mode=0o644,
            ),
        )


def shelf(home: Path, **skills: bytes) -> Shelf:
    return Shelf(skills={name.replace("_", "/"): content for name, content in skills.items()})


def test_each_file_is_a_target_and_all_of_them_go_again(home: Path) -> None:
    before = tree(home)
    setup = service(home, shelf(home, a_SKILL=b"one\n", a_picture=PICTURE, b_SKILL=b""))
    assert [row.target for row in setup.plan().targets] == [
        "skills/a/SKILL",
        "skills/a/picture",
        "skills/b/SKILL",
    ]
    setup.apply()
    assert (home / "skills" / "a" / "picture").read_bytes() == PICTURE
    assert (home / "skills" / "b" / "SKILL").read_bytes() == b""
    assert setup.apply().receipt is None
    setup.uninstall()
    assert tree(home) == before


def test_files_of_the_user_in_it_stay(home: Path) -> None:
    setup = service(home, shelf(home, a_SKILL=b"one\n"))
    setup.apply()
    (home / "skills" / "a" / "notes.md").write_text("mine")
    (home / "skills" / "own").mkdir()
    setup.uninstall()
    assert sorted(tree(home)) == ["skills", "skills/a", "skills/a/notes.md", "skills/own"]


def test_a_file_that_is_wished_for_no_more_goes_and_comes_back_with_the_rollback(home: Path) -> None:
    service(home, shelf(home, a_SKILL=b"one\n", b_SKILL=b"two\n")).apply()
    both = tree(home)
    setup = service(home, shelf(home, a_SKILL=b"ONE\n"))
    assert [row.action for row in setup.plan().targets] == ["update", "remove"]
    setup.apply()
    assert not (home / "skills" / "b").exists()
    setup.rollback()
    assert tree(home) == both


def test_lines_that_the_user_added_to_a_file_of_ours_outlive_an_update_and_the_uninstall(home: Path) -> None:
    service(home, shelf(home, a_SKILL=b"one\ntwo\n")).apply()
    path = home / "skills" / "a" / "SKILL"
    path.write_bytes(b"mine\none\ntwo\n")
    setup = service(home, shelf(home, a_SKILL=b"one\nTWO\n"))
    setup.apply()
    assert path.read_bytes() == b"mine\none\nTWO\n"
    assert setup.status()[0].targets[0].lines == ("the file was edited", "+mine")
    setup.uninstall()
    assert path.read_bytes() == b"mine\n"


def test_lines_that_both_changed_wait_for_a_person(home: Path) -> None:
    service(home, shelf(home, a_SKILL=b"one\n")).apply()
    path = home / "skills" / "a" / "SKILL"
    path.write_bytes(b"mine\n")
    setup = service(home, shelf(home, a_SKILL=b"two\n"))
    assert setup.plan().targets[0].action == "conflict"
    assert setup.uninstall().receipt is None
    assert path.read_bytes() == b"mine\n"
    setup.uninstall(takes={"": "theirs"})
    assert path.read_bytes() == b"mine\n"


def test_a_file_that_stood_there_first_is_not_ours(home: Path) -> None:
    path = home / "skills" / "a" / "SKILL"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"theirs\n")
    before = tree(home)
    setup = service(home, shelf(home, a_SKILL=b"one\n"))
    assert setup.apply().plan.targets[0].action == "conflict"
    assert tree(home) == before
    setup.apply(takes={"": "ours"})
    assert path.read_bytes() == b"one\n"
    setup.rollback()
    assert tree(home) == before


@pytest.mark.parametrize(
    "name",
    ["../out", "/abs", "a//b", "a/./b", "", "a\\b", "c:x", "a/../b", "nul\0"],
    ids=["parent", "absolute", "empty-part", "dot", "no-name", "backslash", "drive", "inner-parent", "nul"],
)
def test_a_name_that_leaves_the_directory_holds_the_provider_back(home: Path, name: str) -> None:
    plan = service(home, Shelf(skills={name: b"x"})).plan()
    assert plan.held_back[0].problem
    assert plan.held_back[0].problem.code == "plugin_failed"
    assert plan.changes == ()


def test_two_names_that_some_file_systems_take_for_one_are_refused(home: Path) -> None:
    plan = service(home, Shelf(skills={"a/Skill": b"x", "A/skill": b"y"})).plan()
    assert plan.held_back[0].reason == "targets: two files of a tree have the same name."


def test_a_receipt_of_the_first_version_is_still_undone(home: Path) -> None:
    (home / "notepad.json").write_text('{"own": 1}')
    before = tree(home)
    setup = service(home)
    setup.apply()
    (path,) = (home / ".local" / "state" / "vgxness" / "setup" / "receipts").glob("*.json")
    receipt = json.loads(path.read_text())
    (file,) = receipt["files"]
    entries = file.pop("entries")
    del file["client"]
    file["keys"] = [{key: entry[key] for key in ("path", "value", "only_if_absent")} for entry in entries]
    path.write_text(json.dumps({**receipt, "version": 1}))
    assert setup.status()[0].targets[0].drift == "in-sync"
    setup.rollback()
    assert tree(home) == before
