"""What the specimens found: each of these once lost a byte, changed something else, or was not refused."""

from __future__ import annotations

from typing import Any

import pytest

from vgxness.setup.formats import frontmatter, toml, yaml
from vgxness.setup.formats.failure import EditError, ParseError

OURS = ("extensions", "vgxness")
SERVER: dict[str, Any] = {"cmd": "vgxness", "args": ["mcp"], "envs": {"A": "1"}}
BY_HAND = """\
extensions:
  vgxness:
    # started through mise
    cmd: mise # both machines
    enabled: false   # until the release

    # last remark
  memory: {type: builtin}
"""


@pytest.mark.parametrize(
    "text",
    [
        "extensions: &all\n  memory: {}\nbackup: *all\n",
        "extensions: &all\n  memory:\n    parent: *all\n",
        "tools: &all\n  extensions:\n    memory: {}\ncopy: *all\n",
    ],
    ids=["alias elsewhere", "alias inside", "alias of what is around it"],
)
def test_a_mapping_that_an_alias_repeats_is_not_edited(text: str) -> None:
    path = OURS if text.startswith("extensions") else ("tools", *OURS)
    with pytest.raises(EditError):
        yaml.set_key(text, path, SERVER)


def test_an_anchor_without_an_alias_is_no_obstacle() -> None:
    text = "extensions: &all\n  memory: {}\nmode: auto\n"
    after = yaml.set_key(text, OURS, True)
    assert after == "extensions: &all\n  memory: {}\n  vgxness: true\nmode: auto\n"
    assert yaml.undo_key(after, text, OURS) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nextensions: {}\na: 2\n", 3), ('a: 1\n"a": 2\n', 2), ("k:\n  - {b: 1, b: 2}\n", 2)],
    ids=["root", "quoted", "deep"],
)
def test_a_key_that_stands_twice_anywhere_is_told_with_its_line(text: str, line: int) -> None:
    for raised in (lambda: yaml.set_key(text, OURS, True), lambda: yaml.get(text, OURS)):
        with pytest.raises(ParseError) as caught:
            raised()
        assert caught.value.line == line
    with pytest.raises(ParseError) as caught:
        frontmatter.set_key(f"---\n{text}---\n", OURS, True)
    assert caught.value.line == line + 1


def test_keys_that_only_look_alike_are_two() -> None:
    text = "1: a\n'1': b\nnull: c\n'null': d\nv: {<<: {x: 1}, <<: {y: 2}}\n"
    assert yaml.get(yaml.set_key(text, OURS, True), OURS) is True


@pytest.mark.parametrize("value", [SERVER, True, ["x"]], ids=["mapping", "scalar", "list"])
def test_undo_brings_back_the_comments_of_an_entry_by_hand(value: Any) -> None:
    since = yaml.set_key(BY_HAND, OURS, value) + "# mine\n"
    assert yaml.undo_key(since, BY_HAND, OURS) == BY_HAND + "# mine\n"


def test_undo_brings_back_the_comment_behind_a_value_beneath_another_edit() -> None:
    text = "vgxness: 1 # by hand\nname: x\n"
    since = yaml.set_key(text, ("vgxness",), SERVER).replace("name: x", "name: y")
    assert yaml.undo_key(since, text, ("vgxness",)) == "vgxness: 1 # by hand\nname: y\n"


def test_undo_doubles_no_comment_that_stayed() -> None:
    text = "vgxness: 1 # by hand\nname: x\n"
    since = yaml.set_key(text, ("vgxness",), 2).replace("by hand", "by my hand")
    assert yaml.undo_key(since, text, ("vgxness",)) == "vgxness: 1 # by my hand\nname: x\n"


def test_a_new_line_leaves_the_line_end_above_it_alone() -> None:
    text = "extensions:\r\n  memory: {}\nread:\r\n  - a\nmode: auto\r\n"
    assert yaml.set_key(text, OURS, True) == text.replace("{}\n", "{}\n  vgxness: true\r\n")
    assert yaml.insert_item(text, ("read",), "b") == text.replace("- a\n", "- a\n  - b\r\n")
    upgraded = yaml.set_key(yaml.set_key(text, OURS, SERVER), OURS, {"cmd": "v", "args": [], "envs": {}})
    assert yaml.undo_key(upgraded, text, OURS) == text


def test_a_mapping_with_question_marks_takes_a_key() -> None:
    text = "? mode\n: auto\n? read\n: - a\n"
    after = yaml.set_key(text, ("new",), 1)
    assert after == text + "new: 1\n"
    assert yaml.undo_key(after, text, ("new",)) == text


@pytest.mark.parametrize(
    "text",
    [
        "+++\ntitle = 'x'\n+++\nBody\n",
        "\ufeff+++\r\ntitle = 'x'\r\n+++\r\n",
        ';;;\n{"title": "x"}\n;;;\n',
        '---json\n{"title": "x"}\n---\n',
        "--- toml\ntitle = 'x'\n---\n",
        "\n \n---\nname: x\n---\nBody\n",
        "---\rname: x\r---\rBody\r",
    ],
    ids=["toml", "toml of windows", "json", "language", "language after a space", "blank lines", "old mac"],
)
def test_a_head_of_another_kind_gets_no_second_one_above_it(text: str) -> None:
    for refused in (
        lambda: frontmatter.set_key(text, ("vgxness",), 1),
        lambda: frontmatter.insert_item(text, ("tools",), "x"),
        lambda: frontmatter.get(text, ("vgxness",)),
    ):
        with pytest.raises(EditError, match="metadata that is not YAML"):
            refused()


@pytest.mark.parametrize(
    "text",
    [
        "----\nA rule\n",
        "+++ b/file\n",
        "# Title\n\n---\n\nText\n",
        "<!-- a -->\n---\n",
        "\n\nText\n",
        ";;; x\n",
    ],
    ids=["rule", "diff", "rule below", "comment", "blank lines", "lisp"],
)
def test_a_body_that_only_looks_like_a_head_gets_one(text: str) -> None:
    after = frontmatter.set_key(text, ("vgxness",), 1)
    assert after == f"---\nvgxness: 1\n---\n{text}"
    assert frontmatter.undo_key(after, text, ("vgxness",)) == text


def test_toml_undo_brings_back_dotted_keys_and_their_comments_beneath_another_edit() -> None:
    path = ("mcp_servers", "vgxness")
    text = '[mcp_servers]\nvgxness.command = "v"\nd.args = []\nvgxness.args = ["m"] # apart\nt.args = []\n'
    since = "# mine\n" + toml.set_key(text, path, True)
    assert toml.undo_key(since, text, path) == "# mine\n" + text


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", " \n"], ids=["empty", "mark", "newlines", "blanks"])
def test_toml_two_keys_leave_an_empty_file_as_it_was(text: str) -> None:
    ours, other = ("mcp_servers", "vgxness"), ("other", "x")
    both = toml.set_key(toml.set_key(text, ours, SERVER), other, 1)
    assert toml.undo_key(toml.undo_key(both, text, other), text, ours) == text


def test_a_dotted_key_without_end_is_refused_before_it_takes_the_square_of_its_length() -> None:
    for lead in ("", '"quoted".'):
        with pytest.raises(ParseError) as caught:
            toml.set_key("x = 1\n  " + lead + "a." * 200_000 + "b = 1\n", ("ours",), 1)
        assert (caught.value.line, caught.value.column) == (2, 3)
    assert toml.set_key("a." * 150 + "b = 1\n", ("ours",), 1).startswith("a." * 150 + "b = 1\n")
