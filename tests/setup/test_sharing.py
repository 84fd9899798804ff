"""Two providers in one file: who came first does not matter, and neither does who leaves last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from tests.setup.fakes import Notepad, service, tree
from vgxness.contract.provider import (
    ConfigTarget,
    Edit,
    EnsureItem,
    ManagedBlock,
    OwnedTree,
    SetKey,
    SetupRequest,
    TargetFormat,
    WholeFile,
)
from vgxness.setup import SetupService

SERVER = SetKey(path=("servers", "vgxness"), value={"command": "x"})
OWN = SetKey(path=("servers", "other"), value={"command": "y"})
BLOCK = ManagedBlock(text="Remember.\nAnd search.\n")
SKILL = b"---\nname: memory\n---\nUse it.\n"
NAMES = ("first", "second")


@dataclass
class Sharer(Notepad):
    """Edits what a test tells it to."""

    path: str = "shared"
    format: TargetFormat = "json"
    wished: tuple[Edit, ...] = ()

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        root = request.home
        return (
            ConfigTarget(id="t", path=root / self.path, root=root, format=self.format, edits=self.wished),
        )


SHARED: dict[str, tuple[TargetFormat, str, tuple[Edit, ...], tuple[Edit, ...]]] = {
    "settings.json": ("json", '{\n  "own": 1\n}\n', (SERVER,), (SERVER, OWN)),
    "AGENTS.md": ("markdown", "# Mine\n\nBe brief.", (BLOCK,), (BLOCK,)),
    ".gemini/GEMINI.md": ("markdown", "", (BLOCK,), (BLOCK, ManagedBlock(name="more", text="More.\n"))),
    "hooks.jsonc": (
        "jsonc",
        '{ "hooks": [ {"run": "mine"} ] } // kept',
        (EnsureItem(path=("hooks",), name="a", value={"run": "a"}),),
        (EnsureItem(path=("hooks",), name="b", value={"run": "b"}),),
    ),
    ".agents/skills": (
        "tree",
        "",
        (OwnedTree(files={"memory/SKILL.md": SKILL}),),
        (OwnedTree(files={"memory/SKILL.md": SKILL, "memory/more.md": b"More.\n"}),),
    ),
}


def both(home: Path, name: str, *, start: bool) -> SetupService:
    kind, text, first, second = SHARED[name]
    if start and kind != "tree":
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    adapters = [
        Sharer(name=one, path=name, format=kind, wished=wished)
        for one, wished in zip(NAMES, (first, second), strict=True)
    ]
    return service(home, *adapters)


@pytest.mark.parametrize("verb", ["uninstall", "rollback"])
@pytest.mark.parametrize("name", SHARED)
@pytest.mark.parametrize(("start", "at_once", "swapped"), list(product((False, True), repeat=3)))
def test_in_every_order_the_last_to_leave_leaves_what_stood_there_first(
    home: Path, name: str, verb: str, start: bool, at_once: bool, swapped: bool
) -> None:
    for leaving in (NAMES, NAMES[::-1]):
        setup = both(home, name, start=start)
        before = tree(home)
        coming = NAMES[::-1] if swapped else NAMES
        for group in [coming] if at_once else [(one,) for one in coming]:
            setup.apply(group)
        assert {row.targets[0].drift for row in setup.status()} == {"in-sync"}
        getattr(setup, verb)((leaving[0],))
        stays = next(row for row in setup.status() if row.provider == leaving[1])
        assert [target.drift for target in stays.targets] == ["in-sync"] * len(stays.targets)
        getattr(setup, verb)((leaving[1],))
        assert tree(home) == before


@pytest.mark.parametrize("name", SHARED)
def test_both_leave_at_once(home: Path, name: str) -> None:
    setup = both(home, name, start=True)
    before = tree(home)
    setup.apply(NAMES)
    setup.uninstall(NAMES)
    assert tree(home) == before


def test_the_user_s_words_outlive_both(home: Path) -> None:
    setup = both(home, "AGENTS.md", start=True)
    path = home / "AGENTS.md"
    setup.apply(("first",))
    path.write_text("Top.\n" + path.read_text())
    setup.apply(("second",))
    path.write_text(path.read_text() + "\nBottom.\n")
    setup.uninstall(("first",))
    assert "Remember." in path.read_text()
    setup.uninstall(("second",))
    assert path.read_text() == "Top.\n# Mine\n\nBe brief.\n\nBottom.\n"


def test_an_entry_of_another_provider_with_another_value_is_a_conflict_that_names_no_stranger(
    home: Path,
) -> None:
    rival = SetKey(path=SERVER.path, value={"command": "z"})
    adapters = [Sharer(name=one, wished=(edit,)) for one, edit in zip(NAMES, (SERVER, rival), strict=True)]
    setup = service(home, *adapters)
    setup.apply(("first",))
    (target,) = setup.plan(("second",)).targets
    assert (target.action, target.reason) == (
        "conflict",
        'It was written for another provider, with another value. It is {"command": "x"}.',
    )
    setup.apply(("second",), takes={"": "ours"})
    assert json.loads((home / "shared").read_text())["servers"]["vgxness"] == {"command": "z"}


def test_a_file_taken_over_in_one_apply_is_written_once_and_recorded_twice(home: Path) -> None:
    setup = both(home, "settings.json", start=True)
    receipt = setup.apply(NAMES).receipt
    assert receipt
    assert [file.party.provider for file in receipt.files] == list(NAMES)
    assert receipt.files[0].after == receipt.files[1].before


def test_whole_files_that_differ_are_not_overwritten(home: Path) -> None:
    wished = [(WholeFile(content=text),) for text in (b"one\n", b"two\n")]
    adapters = [Sharer(name=n, format="bytes", wished=w) for n, w in zip(NAMES, wished, strict=True)]
    setup = service(home, *adapters)
    setup.apply(("first",))
    assert setup.plan(("second",)).targets[0].action == "conflict"
    assert (home / "shared").read_bytes() == b"one\n"
