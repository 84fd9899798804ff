"""Files of ours as a whole: any bytes, written as they are, and what stood there before comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.setup.fakes import Editor, Wished, service, tree
from vgxness.contract.provider import OwnedTree, WholeFile
from vgxness.setup import SetupService

FILES = Path(__file__).parents[1] / "data" / "files"
SPECIMENS = sorted(FILES.glob("*--*"))
FULL = [path for path in SPECIMENS if path.stat().st_size]


def named(path: Path) -> str:
    return path.stem


def writer_of(home: Path, content: bytes) -> SetupService:
    wished = Wished(path="skills/one", format="bytes", edits=(WholeFile(content=content),))
    return service(home, Editor(wished=(wished,)))


@pytest.mark.parametrize("specimen", FULL, ids=named)
def test_every_byte_is_written_as_it_is_and_goes_again(home: Path, specimen: Path) -> None:
    before = tree(home)
    setup = writer_of(home, specimen.read_bytes())
    assert setup.apply().receipt
    assert (home / "skills" / "one").read_bytes() == specimen.read_bytes()
    assert setup.status()[0].targets[0].drift == "in-sync"
    assert setup.apply().receipt is None
    setup.rollback()
    assert tree(home) == before


@pytest.mark.parametrize("specimen", SPECIMENS, ids=named)
def test_what_a_user_has_there_is_replaced_only_on_their_word_and_comes_back(
    home: Path, specimen: Path
) -> None:
    path = home / "skills" / "one"
    path.parent.mkdir()
    path.write_bytes(specimen.read_bytes())
    path.chmod(0o755)
    before = tree(home)
    setup = writer_of(home, b"#!/bin/sh\nexec vgxness\n")
    if specimen in FULL:
        assert [target.action for target in setup.apply().plan.held_back] == ["conflict"]
        assert tree(home) == before
    assert setup.apply(takes={"": "ours"}).receipt
    assert path.read_bytes() == b"#!/bin/sh\nexec vgxness\n"
    assert path.stat().st_mode & 0o777 == 0o755
    setup.rollback()
    assert tree(home) == before


def test_a_tree_of_all_of_them_comes_and_goes_beside_the_users_files(home: Path) -> None:
    mine = home / "skills" / "review"
    mine.mkdir(parents=True)
    (mine / "mine.md").write_bytes(b"\xff mine\r\n")
    before = tree(home)
    files = {f"review/{path.name}": path.read_bytes() for path in FULL}
    wished = Wished(path="skills", format="tree", edits=(OwnedTree(files=files),))
    setup = service(home, Editor(wished=(wished,)))
    assert setup.apply().receipt
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == {
        "mine.md": b"\xff mine\r\n",
        **{path.name: path.read_bytes() for path in FULL},
    }
    setup.uninstall()
    assert tree(home) == before
