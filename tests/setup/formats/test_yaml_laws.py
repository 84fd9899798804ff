"""What holds for every YAML text, not only for those somebody thought of."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ruamel.yaml import YAML, YAMLError

from tests.setup.formats import laws
from tests.setup.formats.yaml_texts import mappings, yaml_texts
from vgxness.setup.formats import yaml
from vgxness.setup.formats.failure import EditError, ParseError

PATHS = st.sampled_from(laws.PATHS)
VALUES = st.sampled_from(laws.VALUES)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Generated texts that follow the grammar."""
    text = draw(yaml_texts())
    try:
        yaml.is_hollow(text)
    except (ParseError, EditError):
        assume(False)
    return text


@given(text=texts(), path=PATHS, value=VALUES)
def test_a_set_value_reads_back(text: str, path: laws.Path, value: Any) -> None:
    laws.a_set_value_reads_back_and_setting_it_again_changes_nothing(yaml, text, path, value)


@given(text=texts(), path=PATHS, value=VALUES)
def test_undo_gives_every_byte_back(text: str, path: laws.Path, value: Any) -> None:
    laws.undo_gives_every_byte_back(yaml, text, path, value)


@given(text=texts(), path=PATHS, value=VALUES)
def test_a_new_key_takes_no_character_away(text: str, path: laws.Path, value: Any) -> None:
    laws.a_new_key_takes_no_character_away(yaml, text, path, value)


@given(text=texts(), path=PATHS, value=VALUES, head=st.sampled_from(["", "# mine\n"]))
def test_undo_keeps_what_the_user_wrote_since(text: str, path: laws.Path, value: Any, head: str) -> None:
    tail = "# mine\nusers own: 1\n"
    laws.undo_keeps_what_the_user_wrote_since(yaml, text, path, value, head=head, tail=tail)


@given(
    text=texts(), path=PATHS, value=VALUES, theirs=st.sampled_from([("a",), ("mcp", "z"), ("x", "y", "n")])
)
def test_undo_leaves_other_values_alone(text: str, path: laws.Path, value: Any, theirs: laws.Path) -> None:
    laws.undo_leaves_other_values_alone(yaml, text, path, value, theirs)


@given(
    text=texts(),
    path=PATHS,
    items=st.lists(st.sampled_from(["x", 2, [1], {"k": "v"}]), min_size=1, max_size=3),
)
def test_items_come_change_and_go(text: str, path: laws.Path, items: list[Any]) -> None:
    laws.items_come_change_and_go(yaml, text, path, items)


@given(
    above=mappings(1, 2, 2),
    ours=mappings(2, 2, 0),
    value=VALUES,
    deep=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_a_changed_value_leaves_every_line_around_it(
    above: str, ours: str, value: Any, deep: bool, newline: str
) -> None:
    # With a plus, the blank lines below are part of the value.
    assume("|+" not in ours)
    step = "  " if deep else ""
    head = "outer:\n" if deep else ""
    head += textwrap.indent(f"{above}# c\n\n# d\nours:", step)
    tail = f"\n\n{step}# e\n{step}  # f\n# g\nlast: 1 # h\n"
    head, tail = head.replace("\n", newline), tail.replace("\n", newline)
    text = head + ("\n" + textwrap.indent(ours, step + "  ")).rstrip("\n").replace("\n", newline) + tail
    try:
        after = yaml.set_key(text, ("outer", "ours") if deep else ("ours",), value)
    except (EditError, ParseError):
        return
    assert after.startswith(head)
    assert after.endswith(tail)


@given(
    text=st.one_of(yaml_texts(), st.text("[]{}:\"'.,#\n\r a1\\&*!|>-?%~", max_size=40), st.text(max_size=20)),
    at=st.integers(0, 300),
    junk=st.sampled_from(
        ['"hunter2', "hunter2:\n\t", "*hunter2", "!<hunter2", "\x00", "\r", "&a", "[", "}", "%hunter2", ""]
    ),
    before=st.sampled_from(["", "a: 1\n", "mcp: {}\n"]),
    path=PATHS,
)
def test_any_text_is_edited_or_refused(text: str, at: int, junk: str, before: str, path: laws.Path) -> None:
    at %= len(text) + 1
    laws.nothing_but_a_refusal_is_raised(yaml, text[:at] + junk + text[at:], before, path)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("before", ["", "k: {a: 1}\n", "k:\n- a\n"])
@given(
    value=st.recursive(
        st.one_of(
            st.text(st.characters(codec="utf-8")),
            st.sampled_from(
                [
                    "no",
                    "1e3",
                    "0x1f",
                    "12:30",
                    "~",
                    "=",
                    "- a",
                    "? b",
                    "1_000",
                    ".5",
                    "2020-01-01",
                    "a #b",
                    "null",
                ]
            ),
        ),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
        max_leaves=4,
    )
)
def test_readers_of_either_version_read_what_was_meant(version: str, before: str, value: Any) -> None:
    if before:
        text = (
            yaml.insert_item(before, ("k",), value)
            if "-" in before
            else yaml.set_key(before, ("k", "b"), value)
        )
    else:
        text = yaml.set_key(before, ("k",), value)
    reader = YAML(typ="safe", pure=True)
    reader.version = version
    found = reader.load(text)["k"]
    assert (found[-1] if "-" in before else found["b"] if before else found) == value


@given(raw=st.text("0123456789.-+eExob_:~nulNULtrfasy", min_size=1, max_size=8))
def test_a_plain_value_reads_as_the_library_reads_it(raw: str) -> None:
    text = f"k: {raw}\n"
    try:
        ours = yaml.get(text, ("k",))
        theirs = YAML(typ="safe", pure=True).load(text)["k"]
    except (EditError, ParseError, YAMLError, ValueError):
        return
    assert type(ours) is type(theirs)
    assert ours == theirs or (isinstance(ours, float) and math.isclose(ours, theirs))
