"""What holds for every document, not only for those somebody thought of."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.setup.documents import documents, is_subsequence, without
from vgxness.setup.formats import jsonc
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.jsonc.read import same

PATHS = st.sampled_from([("$schema",), ("mcp", "vgxness"), ("mcp", "a", "b"), ("new",)])
VALUES = st.sampled_from(
    [
        "https://x/y",
        {"type": "local", "command": ["/a b/vgxness", "mcp", "serve"], "enabled": True},
        {},
        [],
        [{"a": [1]}],
        1.5,
    ]
)


def read(text: str, path: tuple[str, ...] = ()) -> Any:
    return jsonc.get(jsonc.parse(text), path)


@given(text=documents(), path=PATHS, value=VALUES)
def test_an_edit_reads_back_and_changes_no_other_value(text: str, path: tuple[str, ...], value: Any) -> None:
    try:
        edited = jsonc.set_key(text, path, value)
    except EditError:
        return
    assert same(read(edited, path), value)
    assert same(without(read(edited), path), without(read(text), path))


@given(text=documents(), path=PATHS, value=VALUES)
def test_a_new_key_only_adds_text(text: str, path: tuple[str, ...], value: Any) -> None:
    try:
        if jsonc.get(jsonc.parse(text), path) is not jsonc.MISSING:
            return
        edited = jsonc.set_key(text, path, value)
    except EditError:
        return
    assert is_subsequence(text, edited)


@given(text=documents(), path=PATHS, value=VALUES)
def test_twice_equals_once(text: str, path: tuple[str, ...], value: Any) -> None:
    try:
        once = jsonc.set_key(text, path, value)
    except EditError:
        return
    assert jsonc.set_key(once, path, value) == once


@given(text=documents(), path=PATHS, value=VALUES)
def test_undo_equals_the_original(text: str, path: tuple[str, ...], value: Any) -> None:
    try:
        edited = jsonc.set_key(text, path, value)
    except EditError:
        return
    if jsonc.get(jsonc.parse(text), path) is jsonc.MISSING:
        assert jsonc.undo_key(edited, text, path) == text
    else:
        assert same(read(jsonc.undo_key(edited, text, path)), read(text))


@given(text=documents(), theirs=st.sampled_from([("other",), ("mcp", "zother")]), value=VALUES)
def test_undo_keeps_what_the_user_added_since(text: str, theirs: tuple[str, ...], value: Any) -> None:
    ours = ("mcp", "zours")
    try:
        edited = jsonc.set_key(jsonc.set_key(text, ours, value), theirs, "mine")
    except EditError:
        return
    undone = jsonc.undo_key(edited, text, ours)
    assert jsonc.get(jsonc.parse(undone), theirs) == "mine"
    assert jsonc.get(jsonc.parse(undone), ours) is jsonc.MISSING
    assert same(without(read(undone), theirs), without(read(text), theirs))


@given(text=documents(comments=False), path=PATHS, value=VALUES)
def test_plain_json_stays_plain_json(text: str, path: tuple[str, ...], value: Any) -> None:
    try:
        edited = jsonc.set_key(text, path, value, strict=True)
    except EditError:
        return
    assert same(json.loads(edited.removeprefix("\ufeff")), read(edited))


@given(text=documents(), path=PATHS)
def test_reading_along_a_path_agrees_with_reading_everything(text: str, path: tuple[str, ...]) -> None:
    def ask(along: tuple[str, ...] | None) -> object:
        try:
            return jsonc.get(jsonc.parse(text, along=along), path)
        except EditError as problem:
            return str(problem)

    assert ask(path) == ask(None)


@given(
    text=documents(comments=False),
    at=st.integers(0, 200),
    junk=st.sampled_from([*'{}[],:"\\\n ', "NaN", "//x", "\x01", "01", "tru"]),
)
def test_strict_reading_accepts_exactly_what_json_accepts(text: str, at: int, junk: str) -> None:
    text = text.removeprefix("\ufeff")
    broken = text[: at % (len(text) + 1)] + junk + text[at % (len(text) + 1) :]
    for along in (None, ("mcp", "vgxness")):
        if is_json(broken):
            jsonc.parse(broken, strict=True, along=along)
        elif broken.strip(" \t\r\n"):
            with pytest.raises(ParseError):
                jsonc.parse(broken, strict=True, along=along)


def is_json(text: str) -> bool:
    def refuse(name: str) -> None:
        raise ValueError(name)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError:
        return False
    return True
