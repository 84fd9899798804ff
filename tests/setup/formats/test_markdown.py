"""Managed blocks: where they go, where they are found, and how they go again."""

from __future__ import annotations

import pytest

from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.markdown import read_block, release_block, undo_block, write_block
from vgxness.setup.formats.values import MISSING

NAME = "vgxness"
BEGIN = "<!-- vgxness:begin vgxness (kept by vgxness; edits are merged) -->"
END = "<!-- vgxness:end vgxness -->"
OURS = f"{BEGIN}\n# Memory\n\nUse it.\n{END}\n"
LINES = "# Memory\n\nUse it."

NEW = {
    "empty-file": ("", OURS),
    "only-a-bom": ("\ufeff", "\ufeff" + OURS),
    "one-blank-line-before": ("# Rules\n", f"# Rules\n\n{OURS}"),
    "a-blank-line-is-there": ("# Rules\n\n", f"# Rules\n\n{OURS}"),
    "no-final-newline": ("# Rules", f"# Rules\n\n{OURS}"),
    "crlf": ("# Rules\r\n", f"# Rules\n\n{OURS}".replace("\n", "\r\n")),
    "crlf-no-final-newline": ("a\r\nb", f"a\nb\n\n{OURS}".replace("\n", "\r\n")),
    "cr": ("# Rules\r", f"# Rules\n\n{OURS}".replace("\n", "\r")),
    "mixed-ends-as-the-last-line": ("a\nb\r\n", "a\nb\r\n" + f"\n{OURS}".replace("\n", "\r\n")),
    "spaces-alone": ("   ", f"   \n{OURS}"),
    "bom": ("\ufeff# Rules\n", f"\ufeff# Rules\n\n{OURS}"),
    "closed-fence": ("```sh\nls\n```\n", f"```sh\nls\n```\n\n{OURS}"),
    "fence-opened-on-a-list-items-line": ("- ```sh\n  ls\n  ```\n", f"- ```sh\n  ls\n  ```\n\n{OURS}"),
    "fence-that-its-list-item-ends": ("1. ```sh\n   ls\n\nText\n", f"1. ```sh\n   ls\n\nText\n\n{OURS}"),
    "backticks-that-open-nothing": ("```not` a fence\n", f"```not` a fence\n\n{OURS}"),
    "longer-fence-around-a-shorter": ("````\n```\n````\n", f"````\n```\n````\n\n{OURS}"),
    "fence-in-front-matter": ("---\na: |\n  ```\n---\nb\n", f"---\na: |\n  ```\n---\nb\n\n{OURS}"),
}


@pytest.mark.parametrize("name", NEW)
def test_a_new_block_goes_to_the_end_in_the_files_own_line_ends_and_goes_again(name: str) -> None:
    before, after = NEW[name]
    assert write_block(before, NAME, LINES) == after
    assert read_block(after, NAME) == LINES
    assert write_block(after, NAME, LINES) == after
    assert undo_block(after, before, NAME) == before


HIDDEN = {
    "in-a-fence": f"```md\n{OURS}```\n",
    "in-a-tilde-fence": f"~~~\n```\n{OURS}~~~\n",
    "in-an-indented-fence": f"   ```\n{OURS}   ```\n",
    "in-a-list-items-fence": f"- ```\n  {BEGIN}\n  {END}\n  ```\n",
    "in-a-fence-behind-one-indented-too-far-to-close-it": f"```\n    ```\n{OURS}```\n",
    "after-other-text": f"Between {BEGIN} and {END}.\n",
    "in-a-quotation": f"> {BEGIN}\n> {END}\n",
    "in-backticks": f"`{BEGIN}`\n",
    "of-another-name": OURS.replace("vgxness ", "other "),
    "of-a-longer-name": OURS.replace("vgxness ", "vgxness-more "),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_only_looks_like_a_marker_is_text(name: str) -> None:
    text = HIDDEN[name]
    assert read_block(text, NAME) is MISSING
    written = write_block(text, NAME, LINES)
    assert written == f"{text}\n{OURS}"
    assert undo_block(written, text, NAME) == text
    assert release_block(text, NAME) == text
    assert undo_block(text, OURS, NAME) == text


UNSAFE = {
    "begin-without-an-end": f"{BEGIN}\ntext\n",
    "end-without-a-begin": f"text\n{END}\n",
    "end-before-the-begin": f"{END}\n{BEGIN}\n",
    "twice": OURS + OURS,
    "begin-twice": f"{BEGIN}\n{OURS}",
    "nested": f"{BEGIN}\n<!-- vgxness:begin other -->\n<!-- vgxness:end other -->\n{END}\n",
    "overlapping": f"{BEGIN}\n<!-- vgxness:begin other -->\n{END}\n<!-- vgxness:end other -->\n",
    "end-swallowed-by-a-fence": f"{BEGIN}\n```\n{END}\n",
    "all-in-a-fence-without-end": f"```\n{OURS}",
    "indented-like-code": "    " + OURS.replace("\n", "\n    "),
    "text-behind-the-begin": OURS.replace("-->\n#", "--> #"),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_where_the_markers_do_not_say_which_lines_are_ours_nothing_is_guessed(name: str) -> None:
    text = UNSAFE[name]
    for act in (
        lambda: read_block(text, NAME),
        lambda: write_block(text, NAME, "new"),
        lambda: undo_block(text, "", NAME),
        lambda: release_block(text, NAME),
    ):
        with pytest.raises(EditError) as caught:
            act()
        assert "Memory" not in str(caught.value)


@pytest.mark.parametrize("text", ["```\ncode\n", "text\n\n~~~~\n~~~\n", "- a\n  ```\n"])
def test_a_block_does_not_go_into_a_code_fence_that_nothing_closes(text: str) -> None:
    assert read_block(text, NAME) is MISSING
    with pytest.raises(EditError, match="is not closed"):
        write_block(text, NAME, LINES)


@pytest.mark.parametrize(
    "block",
    [f"a\n{BEGIN}\n", f"  {END}", "<!--vgxness:end other-->", "```\ncode", "---\na: 1\n```\n---\n"],
)
def test_a_block_that_could_not_be_told_from_its_markers_is_refused(block: str) -> None:
    for text in ("", OURS):
        with pytest.raises(EditError):
            write_block(text, NAME, block)


@pytest.mark.parametrize("block", ["", "a", "a\n", "\n\n", "  a\n\n b\n", "```\n<b>\n```\n", "\x0b\u2028"])
def test_a_block_reads_back_as_it_was_written(block: str) -> None:
    for text in ("", "mine", OURS, "   " + OURS.replace("\n", "\n   ").rstrip(" "), OURS.rstrip("\n")):
        assert read_block(write_block(text, NAME, block), NAME) == block


def test_the_wording_of_a_marker_may_change_and_stays_as_it_is() -> None:
    for begin in ("<!--vgxness:begin vgxness-->", "<!-- vgxness:begin vgxness: please leave -- alone -->"):
        text = OURS.replace(BEGIN, begin.replace("vgxness: ", "vgxness "))
        assert read_block(text, NAME) == LINES
        assert write_block(text, NAME, "x") == text.replace(LINES, "x")


def test_a_moved_block_is_edited_where_it_stands_and_only_changed_lines_are_rewritten() -> None:
    text = f"# Mine\n\n{OURS}More of mine\n".replace("# Memory\n", "# Memory\r\n")
    assert write_block(text, NAME, f"{LINES}\nTwice.") == text.replace("Use it.\n", "Use it.\nTwice.\n")


def test_an_indented_block_stays_indented() -> None:
    text = f"- item\n\n  {BEGIN}\n  # Memory\n\n  Use it.\n  {END}\n- item\n"
    assert read_block(text, NAME) == LINES
    assert write_block(text, NAME, "# Memory\n\n- a\n  - b") == text.replace("  Use it.", "  - a\n    - b")
    assert undo_block(text, "- item\n- item\n", NAME) == "- item\n- item\n"


def test_lines_that_only_happen_to_be_indented_like_the_markers_keep_their_indentation() -> None:
    text = f" {BEGIN}\nx\n y\n {END}\n"
    assert read_block(text, NAME) == "x\n y"
    for block in (" a\n b", "a\n b", "", " \n"):
        assert read_block(write_block(text, NAME, block), NAME) == block


def test_text_put_behind_the_last_marker_is_the_users_and_stays() -> None:
    text = OURS.rstrip("\n") + " and so on\n"
    assert read_block(text, NAME) == LINES
    assert write_block(text, NAME, "x") == text.replace(LINES, "x")
    assert undo_block(text, "", NAME) == " and so on\n"
    assert undo_block(text.replace("Use", "Never use"), OURS, NAME) == text


def test_undo_gives_a_block_that_was_there_its_old_lines_back() -> None:
    before = f"a\n{OURS.replace('Use', 'use')}b"
    after = write_block(before, NAME, "new")
    assert undo_block(after, before, NAME) == before
    assert undo_block(f"{after}\nmine\n", before, NAME) == f"{before}\nmine\n"
    assert undo_block(after.replace("\n", "\r\n"), before, NAME) == before.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("before", "above", "below", "left"),
    [
        ("a\n", "a\n\n", "b\n", "a\nb\n"),
        ("a\n", "a\n\n", "\nb\n", "a\n\nb\n"),
        ("a", "a\n\n", "b\n", "a\nb\n"),
        ("a", "a\n", "", "a"),
        ("a\n", "a\n", "", "a\n"),
        ("a\n", "a\n\nb\n\n", "", "a\n\nb\n"),
        ("a\n", "a\n\nb\n", "", "a\n\nb\n"),
        ("a\nb\n", "a\n\n", "b\n", "a\n\nb\n"),
        ("", "a\n\n", "b\n", "a\n\nb\n"),
        ("a", "a\nb\n\n", "", "a\nb\n"),
    ],
)
def test_undo_takes_the_line_ends_that_came_with_the_block_and_no_others(
    before: str, above: str, below: str, left: str
) -> None:
    assert undo_block(above + OURS + below, before, NAME) == left


def test_a_released_block_leaves_its_lines() -> None:
    assert release_block(f"a\n\n{OURS}b\n", NAME) == f"a\n\n{LINES}\nb\n"
    assert release_block(f"\ufeff{OURS}".rstrip("\n"), NAME) == f"\ufeff{LINES}\n"


def test_hostile_lines_are_no_danger() -> None:
    hostile = "".join(
        [
            "-    " * 50_000 + "x\n",
            "`" * 100_000 + "x`\n",
            "<!-- vgxness:begin " + "a-" * 100_000 + "\n",
            "> text\n" * 50_000,
        ]
    )
    written = write_block(hostile, NAME, LINES)
    assert written == f"{hostile}\n{OURS}"
    assert undo_block(written, hostile, NAME) == hostile
