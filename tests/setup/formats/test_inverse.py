"""An insertion is taken back by the letter, or not at all."""

from __future__ import annotations

import pytest

from vgxness.setup.formats.inverse import without_insertion


@pytest.mark.parametrize(
    ("text", "before", "after", "expected"),
    [
        ("a\nx\nb\n", "a\nb\n", "a\nx\nb\n", "a\nb\n"),
        ("# top\na\nx\nb\nc\n", "a\nb\n", "a\nx\nb\n", "# top\na\nb\nc\n"),
        ("ab: 1\nzc: 2\n", "ac: 2\n", "ab: 1\nac: 2\n", "zc: 2\n"),
        ("x\na\nx\nb\n", "a\nb\n", "a\nx\nb\n", None),
        ("a\ny\nb\n", "a\nb\n", "a\nx\nb\n", None),
        ("a\nx\n", "a\nb\n", "a\nx\n", "a\nb\n"),
        ("a\nx\nc\n", "a\nb\n", "a\nx\n", None),
    ],
    ids=["untouched", "amid others", "begins alike", "twice", "gone", "replaced, untouched", "replaced"],
)
def test_what_an_edit_inserted_goes_alone(text: str, before: str, after: str, expected: str | None) -> None:
    assert without_insertion(text, before, after) == expected
