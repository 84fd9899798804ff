"""Markdown files with and without frontmatter; the body is never ours."""

from __future__ import annotations

import pytest

from vgxness.setup.formats import frontmatter
from vgxness.setup.formats.failure import ParseError
from vgxness.setup.formats.values import MISSING

BODY = "# Title\n\n---\n\na: b\n---\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("body", ["", BODY, "no newline"])
def test_a_file_without_frontmatter_gets_one_and_loses_it_again(body: str, mark: str, newline: str) -> None:
    text = mark + body.replace("\n", newline)
    # A body on one line shows no line end.
    ends = newline if newline in text else "\n"
    after = frontmatter.set_key(text, ("tools", "a"), 1)
    assert after == f"{mark}---\ntools:\n  a: 1\n---\n".replace("\n", ends) + text.removeprefix(mark)
    assert frontmatter.undo_key(after, text, ("tools", "a")) == text


def test_frontmatter_in_which_the_user_wrote_stays() -> None:
    after = frontmatter.set_key(BODY, ("a",), 1)
    for theirs in ("own: 1\n", "# theirs\n"):
        since = after.replace("a: 1\n", f"a: 1\n{theirs}", 1)
        assert frontmatter.undo_key(since, BODY, ("a",)) == f"---\n{theirs}---\n{BODY}"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", 0),
        (BODY, 0),
        ("---\na: 1\n---\nbody", 13),
        ("\ufeff---\r\na: 1\r\n---\r\nbody", 17),
        ("---\n---\nbody", 8),
        ("--- \na: 1\n---\t\nbody", 15),
        ("---\na: |\n  x\n  ---\n  y\n---\nbody", 27),
        ("---\na: 1\n---", 12),
        ("----\na\n---\n", 0),
        (" ---\na\n---\n", 0),
    ],
)
def test_the_body_starts_behind_the_first_line_of_dashes_that_closes(text: str, start: int) -> None:
    assert frontmatter.body_start(text) == start


def test_empty_frontmatter_takes_a_key_in_the_files_line_ends() -> None:
    text = "---\r\n---\r\nbody"
    after = frontmatter.set_key(text, ("a",), [1])
    assert after == "---\r\na:\r\n  - 1\r\n---\r\nbody"
    assert frontmatter.undo_key(after, text, ("a",)) == text


def test_dashes_inside_a_block_scalar_close_nothing() -> None:
    text = "---\na: |\n  x\n  ---\nb: 1\n---\nbody\n"
    assert frontmatter.set_key(text, ("b",), 2) == text.replace("b: 1", "b: 2")


def test_items_come_and_go_in_front_of_the_body() -> None:
    text = "---\ntools: [a]\n---\ntools: [a]\n"
    after = frontmatter.insert_item(text, ("tools",), "b")
    assert after == "---\ntools: [a, b]\n---\ntools: [a]\n"
    assert frontmatter.replace_item(after, ("tools",), 0, "c") == "---\ntools: [c, b]\n---\ntools: [a]\n"
    assert frontmatter.remove_item(after, ("tools",), 1) == text


def test_a_key_of_the_body_is_no_key() -> None:
    assert frontmatter.get("a: 1\n", ("a",)) is MISSING
    assert frontmatter.get("---\nb: 1\n---\na: 1\n", ("a",)) is MISSING
    assert frontmatter.undo_key("a: 1\n", "", ("a",)) == "a: 1\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: 1\nbody\n", 1),
        ("---\na: 1\nb: hunter2: c\n---\n", 3),
        ("\ufeff---\r\na:\r\n\thunter2\r\n---\r\n", 3),
    ],
    ids=["never closed", "grammar", "tab"],
)
def test_a_broken_head_is_told_with_the_line_of_the_whole_file(text: str, line: int) -> None:
    for act in (lambda: frontmatter.get(text, ("a",)), lambda: frontmatter.set_key(text, ("a",), 1)):
        with pytest.raises(ParseError) as caught:
            act()
        assert caught.value.line == line
        assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "hollow"),
    [
        ("", True),
        ("\ufeff\n", True),
        ("---\n---\n\n", True),
        ("---\n# c\n---\n", False),
        ("---\n---\nx", False),
    ],
)
def test_a_file_is_hollow_without_key_comment_and_body(text: str, hollow: bool) -> None:
    assert frontmatter.is_hollow(text) is hollow
