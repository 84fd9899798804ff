"""The rules of a target: each thing the host could not work with has a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vgxness.plugin import (
    ClientWriter,
    ConfigTarget,
    Edit,
    EnsureItem,
    ManagedBlock,
    OwnedTree,
    SetKey,
    WholeFile,
)
from vgxness.testing.provider.rules import faults_of, texts_of

KEY = SetKey(path=("mcp", "vgxness"), value={"command": "x"})
GOOD = ConfigTarget(id="config", path=Path("/h/x.json"), root=Path("/h"), edits=(KEY,))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "Config"}, "the id is not [a-z0-9-]"),
        ({"edits": ()}, "it has no edits"),
        ({"edits": (WholeFile(content=b""),)}, "a WholeFile can't be made in the format jsonc"),
        ({"format": "markdown"}, "a SetKey can't be made in the format markdown"),
        ({"format": "toml", "edits": (ManagedBlock(text="x"),)}, "a ManagedBlock can't be made"),
        ({"edits": (KEY, replace(KEY, value=1))}, "two edits have the same place"),
        ({"edits": (SetKey(path=(), value=1),)}, "is not made of keys"),
        ({"edits": (SetKey(path=("",), value=1),)}, "is not made of keys"),
        ({"edits": (SetKey(path=("a",), value={1, 2}),)}, "is not JSON"),  # pyright: ignore[reportArgumentType] -- that is the fault
        ({"format": "markdown", "edits": (ManagedBlock(text="x", name="A B"),)}, "the block's name"),
        ({"format": "tree", "edits": (OwnedTree(files={"../x": b""}),)}, "no relative path"),
        ({"format": "tree", "edits": (OwnedTree(files={"/x": b""}),)}, "no relative path"),
        ({"format": "tree", "edits": (OwnedTree(files={"a\\b": b""}),)}, "no relative path"),
        ({"format": "tree", "edits": (OwnedTree(files={"a//b": b""}),)}, "no relative path"),
        ({"format": "bytes", "edits": (WholeFile(content=b"1"), WholeFile(content=b"2"))}, "takes one edit"),
        ({"mode": 0}, "lets nobody read it"),
        ({"writer": "client"}, "`client` is needed"),
        ({"client": ClientWriter()}, "`client` is needed"),
        (
            {"writer": "client", "client": ClientWriter(), "format": "toml"},
            "only keys of json or jsonc can be set",
        ),
        (
            {
                "writer": "client",
                "client": ClientWriter(),
                "edits": (EnsureItem(path=("a",), name="b", value=1),),
            },
            "only keys of json or jsonc can be set",
        ),
    ],
)
def test_a_target_that_the_host_could_not_work_with_has_its_fault_named(
    changes: dict[str, Any], said: str
) -> None:
    assert any(said in fault for fault in faults_of(replace(GOOD, **changes))), said


def test_a_good_target_has_no_fault() -> None:
    shared = replace(GOOD, writer="client", client=ClientWriter(), format="json")
    assert [*faults_of(GOOD), *faults_of(shared)] == []


@pytest.mark.parametrize(
    "edit",
    [
        SetKey(path=("a",), value={"b": [{"c": "here"}]}),
        EnsureItem(path=("a",), name="n", value="here"),
        WholeFile(content=b'{"a": ["here"]}'),
        WholeFile(content=b'a = "here"'),
        OwnedTree(files={"x.json": b'{"a": "here"}'}),
        ManagedBlock(text="here"),
        WholeFile(content=b"here"),
    ],
)
def test_every_text_of_an_edit_is_seen(edit: Edit) -> None:
    assert "here" in list(texts_of(edit))
