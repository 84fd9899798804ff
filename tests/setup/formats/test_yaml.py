"""Shapes of YAML that a careless writer damages, each with the whole text that is to come out."""

from __future__ import annotations

from typing import Any

import pytest

from vgxness.setup.formats import yaml
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.values import MISSING

OURS = ("extensions", "vgxness")
SERVER: dict[str, Any] = {"type": "stdio", "args": ["mcp"], "envs": {"LOG": "1"}}


def test_a_mapping_joins_its_siblings_in_their_indentation_and_line_ends() -> None:
    text = (
        "\ufeff# mine\r\nextensions:\r\n    other:\r\n        args:\r\n        - a   # here\r\nlast: 'x'\r\n"
    )
    after = yaml.set_key(text, OURS, SERVER)
    assert after == text.replace(
        "last:",
        "    vgxness:\r\n        type: stdio\r\n        args:\r\n        - mcp\r\n        envs:\r\n"
        '            LOG: "1"\r\nlast:',
    )
    assert yaml.undo_key(after, text, OURS) == text


def test_an_indented_list_shows_how_ours_is_indented() -> None:
    text = "a:\n  - x\n"
    assert yaml.set_key(text, ("b",), ["w", {"k": 1, "l": [2]}]) == (
        "a:\n  - x\nb:\n  - w\n  - k: 1\n    l:\n      - 2\n"
    )


def test_a_file_without_a_final_newline_stays_one() -> None:
    assert yaml.set_key("a: 1", ("b",), 2) == "a: 1\nb: 2"
    assert yaml.undo_key("a: 1\nb: 2", "a: 1", ("b",)) == "a: 1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a:\n  b: 1\n"),
        ("# only a comment", "# only a comment\na:\n  b: 1\n"),
        ("---\n", "---\na:\n  b: 1\n"),
        ("--- # doc\n# c\n", "--- # doc\n# c\na:\n  b: 1\n"),
        ("a:\n", "a:\n  b: 1\n"),
        ("a: # none yet\n# c\nz: 1\n", "a: # none yet\n  b: 1\n# c\nz: 1\n"),
        ("{}\n", "{a: {b: 1}}\n"),
        ("a: {}\n", "a: {b: 1}\n"),
        ("%YAML 1.2\n---\na:\n  x: 1\n...\n", "%YAML 1.2\n---\na:\n  x: 1\n  b: 1\n...\n"),
    ],
    ids=[
        "empty",
        "comment",
        "marker",
        "marker with comment",
        "key",
        "key with comment",
        "braces",
        "inner",
        "end",
    ],
)
def test_a_key_finds_its_place_where_little_stands(text: str, expected: str) -> None:
    assert yaml.set_key(text, ("a", "b"), 1) == expected
    assert yaml.undo_key(expected, text, ("a", "b")) == text


def test_a_mapping_in_braces_stays_in_braces() -> None:
    text = "a: {x: 1, 'y': [2]} # flow\n"
    assert yaml.set_key(text, ("a", "b"), {"c": ["d e", "f, g"]}) == (
        "a: {x: 1, 'y': [2], b: {c: [d e, \"f, g\"]}} # flow\n"
    )


def test_json_stays_json() -> None:
    text = '{\n  "a": {"x": 1},\n  "b": [\n    "y"\n  ]\n}\n'
    after = yaml.set_key(yaml.insert_item(text, ("b",), "z"), ("a", "k"), "v")
    assert after == '{\n  "a": {"x": 1, "k": "v"},\n  "b": [\n    "y",\n    "z"\n  ]\n}\n'


def test_a_block_scalar_and_its_blank_lines_stay_what_they_are() -> None:
    text = "a: |+\n  kept\n\n\n# about b\nb: >-\n  folded\n  # no comment\n\n# end\n"
    after = yaml.set_key(text, ("c",), 1)
    assert after == text.replace("comment\n", "comment\nc: 1\n")
    assert yaml.get(after, ("b",)) == "folded # no comment"


def test_blank_lines_that_a_last_block_scalar_keeps_stay_its_own() -> None:
    text = "a: |+\n  kept\n\n\n"
    assert yaml.set_key(text, ("b",), 1) == f"{text}b: 1\n"


def test_a_key_without_a_value_inside_braces_keeps_its_name() -> None:
    assert yaml.set_key("k: {a: 1, c: }\n", ("k", "d"), 2) == "k: {a: 1, c: , d: 2}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("k: 1 # c\nz: 1\n", 2, "k: 2 # c\nz: 1\n"),
        ("k: 'it''s' # c\n", "x", "k: x # c\n"),
        ("k: # c\n  a: 1\n# d\nz: 1\n", 2, "k: 2 # c\n# d\nz: 1\n"),
        ("k: 1 # c\n", {"a": 1}, "k: # c\n  a: 1\n"),
        ("k: # c\n# d\nz: 1\n", 2, "k: 2 # c\n# d\nz: 1\n"),
        ("k:\n  m:\n\n# d\nz: 1\n", "x", "k: x\n\n# d\nz: 1\n"),
        ("k: |\n  text\n\n# d\n", 2, "k: 2\n\n# d\n"),
        ("k:\n  # why\n  a: 1\n  b: 2 # b\n", {"a": 3, "b": 2}, "k:\n  # why\n  a: 3\n  b: 2 # b\n"),
        ("k:\n  a: 1\n  b: 2\n", {"b": 2, "c": 3}, "k:\n  b: 2\n  c: 3\n"),
        ("k:\n- 1\n- 2\nz: 1\n", [3], "k:\n- 3\nz: 1\n"),
        ("k: [1, 2] # c\n", [], "k: [] # c\n"),
        ("k:\n  a: 1\n", {}, "k: {}\n"),
    ],
)
def test_a_changed_value_keeps_what_stands_around_it(old: str, new: Any, expected: str) -> None:
    assert yaml.set_key(old, ("k",), new) == expected
    assert yaml.undo_key(expected, old, ("k",)) == old


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ("plain words, and more", '"plain words, and more"'),
        ("https://x.y/z?a", '"https://x.y/z?a"'),
        ("/usr/bin/x", "/usr/bin/x"),
        ("C:\\x", '"C:\\\\x"'),
        ("on", '"on"'),
        ("No", '"No"'),
        ("null", '"null"'),
        ("1", '"1"'),
        ("12:30", '"12:30"'),
        ("2020-01-01", '"2020-01-01"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("", '""'),
        ("a\nb", '"a\\nb"'),
        ("é😀", '"é😀"'),
        ("\u2028\x85", '"\\u2028\\u0085"'),
        (1e20, "1.0e+20"),
        (None, "null"),
        (True, "true"),
    ],
)
def test_a_value_is_spelled_so_that_every_reader_agrees(value: Any, spelled: str) -> None:
    assert yaml.set_key("", ("k",), value) == f"k: {spelled}\n"


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n---\nb: 2\n",
        "%YAML 1.1\n---\na: 1\n",
        "extensions: &e {}\ncopy: *e\n",
        "extensions: *e\n",
        "base: &b {}\nextensions:\n  <<: *b\n",
        "extensions:\n  ? [a]\n  : 1\n",
        "extensions: text\n",
        "extensions: [1]\n",
        "- extensions\n",
        "extensions:\n  vgxness: &v {a: 1}\nother: *v\n",
        "base: &b {x: 1}\nextensions:\n  vgxness: *b\n",
        "extensions:\r  a: 1\r",
    ],
    ids=[
        "several documents",
        "YAML 1.1",
        "shared mapping",
        "alias without anchor",
        "merge key",
        "complex key",
        "text on the way",
        "list on the way",
        "root is a list",
        "anchor that others use",
        "alias in our place",
        "bare carriage returns",
    ],
)
def test_what_has_no_single_right_place_is_refused(text: str) -> None:
    with pytest.raises((EditError, ParseError)):
        yaml.set_key(text, OURS, SERVER)


def test_an_alias_in_our_place_is_not_replaced() -> None:
    with pytest.raises(EditError, match="alias"):
        yaml.set_key("base: &b 1\nours: *b\n", ("ours",), 2)
    assert yaml.get("base: &b [1]\nours: *b\n", ("ours",)) == [1]


def test_aliases_and_merges_elsewhere_are_no_obstacle() -> None:
    text = "base: &b\n  x: 1\nuse:\n  <<: *b\nlist: [*b, !mine y]\n"
    assert yaml.set_key(text, ("k",), 1) == text + "k: 1\n"


def test_a_key_that_is_a_number_is_not_taken_for_its_text() -> None:
    with pytest.raises(EditError, match="not as text"):
        yaml.set_key("1: x\n", ("1",), "y")
    assert yaml.set_key("'1': x\n", ("1",), "w") == "'1': w\n"


def test_aliases_that_unfold_to_a_billion_values_cost_nothing_until_asked_for() -> None:
    rows = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)]
    text = "a0: &a0 [x]\n" + "".join(rows)
    assert yaml.set_key(text, ("k",), 1) == text + "k: 1\n"
    with pytest.raises(EditError, match="parts"):
        yaml.get(text, ("a29",))
    with pytest.raises(EditError, match="deeper"):
        yaml.get("a: &a [*a]\n", ("a",))


@pytest.mark.parametrize("piece", ["[", "[\n", "- ", "{a: ", "? "])
def test_a_file_nested_without_end_is_refused(piece: str) -> None:
    with pytest.raises(EditError, match="nested deeper"):
        yaml.set_key("a:\n " + piece * 50_000, ("k",), 1)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: 1\nhunter2: b: c\n", "a colon where no key can stand", 2),
        ("a:\n\thunter2: 1\n", "a character that can't start a value, such as a tab in the indentation", 2),
        ("a: 1\nb: *hunter2\n", "an alias without its anchor", 2),
        ("a: [hunter2\n", "a comma or a closing bracket is missing", 2),
        ("a: 'hunter2\n", "a quoted text is not closed", 2),
        ('a: "\\hunter2"\n', "an escape that YAML does not know", 1),
        ("a: 1\nb: hunter2\x00\n", "a character that YAML forbids", 2),
        ("a: !hunter2!x y\n", "a tag that nothing declares", 1),
        ("a:\n  b: 1\n c: hunter2\n", "the indentation fits nothing above it, or a quote is missing", 3),
    ],
)
def test_a_broken_file_is_told_with_its_line_and_not_quoted(text: str, reason: str, line: int) -> None:
    with pytest.raises(ParseError) as caught:
        yaml.set_key(text, ("k",), 1)
    assert (caught.value.reason, caught.value.line) == (reason, line)


@pytest.mark.parametrize(
    "value", ["2020-01-01", "0777", "1_000", "0b11", "12:30", ".inf", ".nan", "!!int 1", "!x y"]
)
def test_a_value_that_programs_read_differently_is_not_guessed(value: str) -> None:
    with pytest.raises(EditError):
        yaml.get(f"a: {value}\n", ("a",))


def test_what_yaml_can_say_is_read_as_1_2_has_it() -> None:
    text = 'k: {a: yes, b: ~, c: 0x1F, d: 1e3, e: "1", f: , g: !!str 1, h: True, i: -0.5}\n'
    expected = {
        "a": "yes",
        "b": None,
        "c": 31,
        "d": 1000.0,
        "e": "1",
        "f": None,
        "g": "1",
        "h": True,
        "i": -0.5,
    }
    assert yaml.get(text, ("k",)) == expected
    assert yaml.get(text, ("k", "a", "x")) is MISSING


def test_items_join_and_leave_a_list_in_its_own_shape() -> None:
    text = "k:\n- a # one\n-\n  b: 1\n# end\nz: 1\n"
    after = yaml.insert_item(text, ("k",), {"c": 1, "d": 2})
    assert after == text.replace("# end", "- c: 1\n  d: 2\n# end")
    assert yaml.remove_item(after, ("k",), 2) == text
    assert yaml.replace_item(text, ("k",), 1, "x") == "k:\n- a # one\n- x\n# end\nz: 1\n"
    assert yaml.remove_item(text, ("k",), 0) == "k:\n# one\n-\n  b: 1\n# end\nz: 1\n"
    assert yaml.remove_item("k:\n  - a\nz: 1\n", ("k",), 0) == "k: []\nz: 1\n"
    assert yaml.insert_item("k: [a, b] # c\n", ("k",), "d") == "k: [a, b, d] # c\n"
    assert yaml.insert_item("k:\n", ("k",), "d") == "k:\n  - d\n"


@pytest.mark.parametrize("index", [-1, 1])
def test_an_item_that_is_not_there_is_refused(index: int) -> None:
    for text in ("k: [a]\n", "k:\n- a\n"):
        with pytest.raises(EditError, match="no such item"):
            yaml.replace_item(text, ("k",), index, "x")


@pytest.mark.parametrize(
    ("text", "hollow"),
    [
        ("", True),
        ("\ufeff\r\n", True),
        ("---\n...\n", True),
        ("{}\n", True),
        ("# c", False),
        ("a:", False),
        ("- ", False),
    ],
)
def test_a_file_is_hollow_without_key_and_comment(text: str, hollow: bool) -> None:
    assert yaml.is_hollow(text) is hollow


def test_an_edit_that_would_change_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def clumsy(text: str, _path: Any, _value: Any) -> str:
        return text.replace("b: 1", "b: 2")

    monkeypatch.setattr("vgxness.setup.formats.yaml.edit.put", clumsy)
    with pytest.raises(EditError, match="something else"):
        yaml.set_key("a: 1\nb: 1\n", ("a",), 2)
