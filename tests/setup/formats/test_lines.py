"""Lines of a user and lines of ours in one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgxness.setup.formats.lines import lines_of, merge_lines

BASE = "# Rules\n\n- one\n- two\n- three\n\nEnd.\n"
TEXTS = st.lists(
    st.sampled_from(["a\n", "b\n", "c\r\n", "d\r", "\n", "\u2028x\n", "{\n", "}\n"]), max_size=12
).map("".join)


@given(one=TEXTS, other=TEXTS)
def test_where_one_side_did_nothing_the_other_stands(one: str, other: str) -> None:
    assert merge_lines(one, one, other) == other
    assert merge_lines(one, other, one) == other
    assert merge_lines(other, one, one) == one


@given(base=TEXTS, standing=TEXTS, wanted=TEXTS)
def test_an_answer_holds_no_line_that_nobody_wrote_and_does_not_depend_on_the_side(
    base: str, standing: str, wanted: str
) -> None:
    merged = merge_lines(base, standing, wanted)
    if merged is None:
        return
    kinds = {line.rstrip("\r\n") for text in (standing, wanted, base) for line in lines_of(text)}
    assert {line.rstrip("\r\n") for line in lines_of(merged)} <= kinds
    swapped = merge_lines(base, wanted, standing)
    assert swapped is not None
    assert [line.rstrip("\r\n") for line in lines_of(swapped)] == [
        line.rstrip("\r\n") for line in lines_of(merged)
    ]


Piece = tuple[str, str]
EDITS: st.SearchStrategy[Piece] = st.sampled_from(
    [("", "1\n"), ("x\n", ""), ("x\n", "2\n3\n"), ("x\nx\n", "x\n"), ("\n", "4\n\n")]
)


@given(
    pieces=st.lists(st.tuples(st.sampled_from(["theirs", "ours", "nobody"]), EDITS), max_size=8),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_edits_in_different_places_are_both_kept(pieces: list[tuple[str, Piece]], newline: str) -> None:
    texts = {"base": "", "standing": "", "wanted": "", "both": ""}
    for number, (who, (old, new)) in enumerate(pieces):
        has_it = {
            "base": False,
            "standing": who == "theirs",
            "wanted": who == "ours",
            "both": who in ("theirs", "ours"),
        }
        for name, is_new in has_it.items():
            # A line of its own between any two places tells them apart.
            texts[name] += (new if is_new else old) + f"between {number}\n"
    base, standing, wanted, both = (text.replace("\n", newline) for text in texts.values())
    assert merge_lines(base, standing, wanted) == both


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        (BASE.replace("two", "TWO"), BASE.replace("two", "2")),
        (BASE.replace("- two\n", ""), BASE.replace("two", "2")),
        (BASE.replace("- two\n", "- two\n- mine\n"), BASE.replace("- two\n", "- two\n- ours\n")),
        (BASE.replace("two", "TWO"), BASE.replace("three", "3")),
        ("", BASE + "more\n"),
        ("mine\n", "ours\n"),
    ],
)
def test_one_place_changed_differently_is_a_conflict(standing: str, wanted: str) -> None:
    assert merge_lines(BASE, standing, wanted) is None
    assert merge_lines(BASE, wanted, standing) is None


def test_places_between_lines_that_all_stand_there_twice_are_told_apart() -> None:
    base = "a\na\nb\nb\nc\nc\n"
    merged = merge_lines(base, f"mine\n{base}mine\n", base.replace("b\nb\n", "b\nours\nb\n"))
    assert merged == "mine\na\na\nb\nours\nb\nc\nc\nmine\n"


def test_one_place_changed_alike_is_none() -> None:
    standing = BASE.replace("two", "2").replace("End", "The end")
    wanted = BASE.replace("two", "2").replace("Rules", "Our rules")
    expected = "# Our rules\n\n- one\n- 2\n- three\n\nThe end.\n"
    assert merge_lines(BASE, standing, wanted) == expected


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_a_checkout_with_other_line_ends_is_no_conflict_and_keeps_them(newline: str) -> None:
    standing = BASE.replace("one", "1").replace("\n", newline)
    merged = merge_lines(BASE, standing, BASE.replace("three", "3"))
    assert merged == standing.replace("three", "3")


def test_mixed_line_ends_stay_where_they_are() -> None:
    base = "a\nb\r\nc\nd\re\n"
    assert merge_lines(base, base.replace("a", "A"), base.replace("d", "D")) == "A\nb\r\nc\nD\re\n"
    assert merge_lines(base, base.replace("b\r\n", "b\n"), base.replace("b", "B")) is None


def test_only_line_ends_part_lines() -> None:
    text = "a\x0bb\x0cc\x85d\u2028e\n"
    assert lines_of(text) == [text]
    assert lines_of("a\r\n\r\nb\rc") == ["a\r\n", "\r\n", "b\r", "c"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_whether_the_last_line_has_an_end_is_merged_by_itself(newline: str) -> None:
    for base, standing, wanted, merged in (
        ("a\nb\nc", "A\nb\nc", "a\nb\nc\n", "A\nb\nc\n"),
        ("a\nb\nc", "a\nb\nc\n", "a\nb\nc\nd", "a\nb\nc\nd\n"),
        ("a\nb\nc\n", "a\nb\nc", "A\nb\nc\n", "A\nb\nc"),
        ("a\nb", "a\nb\nmine", "A\nb", "A\nb\nmine"),
        ("a\nb", "a\nmine", "A\nb", None),
        ("a\n-\nb", "a\n-\nb\nmine", "A\n-\nb", "A\n-\nb\nmine"),
        ("a", "a\n", "a\n\n", "a\n\n"),
    ):
        ended = merged if merged is None else merged.replace("\n", newline)
        assert merge_lines(base, standing.replace("\n", newline), wanted) == ended


def test_moved_lines_are_not_doubled_unseen() -> None:
    base = "a\nb\nc\nd\ne\nf\n"
    assert merge_lines(base, "d\ne\nf\na\nb\nc\n", base.replace("b", "B")) is None


def test_thirty_thousand_lines_are_no_danger() -> None:
    count = 30_000
    same = ["same\n"] * count
    assert merge_lines("".join(same), "".join(["other\n"] * count), "".join(["third\n"] * count)) is None
    assert merge_lines("".join(same), "mine\n" + "".join(same), "".join(same) + "ours\n") == "".join(
        ["mine\n", *same, "ours\n"]
    )
    base = [f"line {number}\n" for number in range(count)]
    standing = [line.replace("0\n", "0 mine\n") for line in base]
    wanted = [line.replace("5\n", "5 ours\n") for line in base]
    both = [line.replace("5\n", "5 ours\n") for line in standing]
    assert merge_lines("".join(base), "".join(standing), "".join(wanted)) == "".join(both)
    shuffled = base[1::2] + base[::2]
    assert merge_lines("".join(base), "".join(shuffled), "".join(reversed(base))) is None
