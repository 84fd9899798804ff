"""Three-way merges of values and of lines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgxness.setup.formats.values import MISSING
from vgxness.setup.merge import MergeConflict, merge, merge_text, own_lines

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from("ab"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=6,
)


@given(one=JSON, other=JSON)
def test_what_only_one_side_changed_is_what_it_says(one: Any, other: Any) -> None:
    assert merge(one, one, other) == other
    assert merge(one, other, one) == other
    assert merge(one, other, other) == other


@given(base=JSON, standing=JSON, wanted=JSON)
def test_a_side_that_was_taken_settles_every_conflict(base: Any, standing: Any, wanted: Any) -> None:
    for take in ("ours", "theirs"):
        merge(base, standing, wanted, take)


@pytest.mark.parametrize(
    ("base", "standing", "wanted", "merged"),
    [
        ({"a": 1}, {"a": 1, "mine": 2}, {"a": 3}, {"a": 3, "mine": 2}),
        ({"a": 1, "b": 1}, {"a": 1}, {"a": 2, "b": 1}, {"a": 2}),
        ({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}, {"a": {"b": 2}}, {"a": {"b": 2, "c": 2}}),
        ([{"a": 1, "b": 1}], [{"a": 1, "b": 2}], [{"a": 2, "b": 1}], [{"a": 2, "b": 2}]),
        ({"a": 1}, {"a": 1, "b": 5}, {"a": 1, "b": 5}, {"a": 1, "b": 5}),
    ],
)
def test_edits_of_both_sides_are_kept(base: Any, standing: Any, wanted: Any, merged: Any) -> None:
    assert merge(base, standing, wanted) == merged


@pytest.mark.parametrize(
    ("base", "standing", "wanted", "ours", "theirs"),
    [
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 3, "b": 2}, {"a": 3, "b": 2}, {"a": 2, "b": 2}),
        (["x"], ["x", "y"], ["z"], ["z"], ["x", "y"]),
        ([{"a": 1}], [{"a": 1}, {"b": 1}], [{"a": 2}], [{"a": 2}], [{"a": 1}, {"b": 1}]),
        (MISSING, 1, True, True, 1),
    ],
)
def test_a_true_conflict_is_raised_until_somebody_settles_it(
    base: Any, standing: Any, wanted: Any, ours: Any, theirs: Any
) -> None:
    with pytest.raises(MergeConflict):
        merge(base, standing, wanted)
    assert merge(base, standing, wanted, "ours") == ours
    assert merge(base, standing, wanted, "theirs") == theirs


def test_lines_that_both_changed_are_a_conflict_too() -> None:
    with pytest.raises(MergeConflict):
        merge_text("a\nb\n", "a\nmine\n", "a\nours\n")
    assert merge_text("a\nb\n", "a\nmine\n", "a\nours\n", "ours") == "a\nours\n"
    assert merge_text("a\nb\n", "a\nmine\n", "a\nours\n", "theirs") == "a\nmine\n"
    assert merge_text("a\nb\nc\n", "top\na\nb\nc\n", "a\nb\nC\n") == "top\na\nb\nC\n"


@pytest.mark.parametrize(
    ("base", "standing", "left"),
    [
        ("a\nb", "a\nb", ""),
        ("a\nb", "a\nb\nmine", "mine"),
        ("a\nb\n", "mine\na\nalso\nb\n", "mine\nalso\n"),
        ("a\nb\n", "a\n", ""),
        ("a\nb\n", "a\r\nmine\r\nb\r\n", "mine\r\n"),
    ],
)
def test_the_users_own_lines_are_left_when_ours_go(base: str, standing: str, left: str) -> None:
    assert own_lines(base, standing) == left


def test_a_line_of_ours_that_the_user_changed_is_not_silently_dropped() -> None:
    with pytest.raises(MergeConflict):
        own_lines("a\nb\n", "a\nB\n")
    assert own_lines("a\nb\n", "a\nB\n", "ours") == ""
    assert own_lines("a\nb\n", "a\nB\n", "theirs") == "a\nB\n"
