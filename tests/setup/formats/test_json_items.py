"""Items of lists: what a person would have typed, and the way back."""

from __future__ import annotations

from typing import Any

import pytest

from vgxness.setup.formats import jsonc
from vgxness.setup.formats.failure import EditError, ParseError

PATH = ("hooks", "Stop")
HOOK = {"matcher": "", "hooks": [{"type": "command", "command": "/bin/vgxness hook stop"}]}
TWO_LINES = '{\n  "plugin": [\n    "a",\n    "b"\n  ]\n}\n'

LOOKS: dict[str, tuple[str, Any, str]] = {
    "one-line": ('{"plugin":["a","b"]}', "x", '{"plugin":["a","b","x"]}'),
    "one-line-spaced": ('{ "plugin": [ "a" ] }', "x", '{ "plugin": [ "a", "x" ] }'),
    "one-line-list-in-lines": ('{\n  "plugin": ["a"]\n}', "x", '{\n  "plugin": ["a", "x"]\n}'),
    "a-line-each": (TWO_LINES, "x", TWO_LINES.replace('"b"', '"b",\n    "x"')),
    "trailing-comma": ('{"plugin": ["a",]}', "x", '{"plugin": ["a", "x",]}'),
    "trailing-comma-lines": (
        '{\n  "plugin": [\n    "a", // mine\n  ],\n}',
        "x",
        '{\n  "plugin": [\n    "a", // mine\n    "x",\n  ],\n}',
    ),
    "comment-after-the-last": (
        '{\n  "plugin": [\n    "a" // mine  \n    // "b"\n  ]\n}',
        "x",
        '{\n  "plugin": [\n    "a", // mine  \n    "x"\n    // "b"\n  ]\n}',
    ),
    "two-a-line": (
        '{\n  "plugin": [\n    "a", "b",\n    "c", "d"\n  ]\n}',
        "x",
        '{\n  "plugin": [\n    "a", "b",\n    "c", "d", "x"\n  ]\n}',
    ),
    "empty": ('{\n  "plugin": []\n}', "x", '{\n  "plugin": ["x"]\n}'),
    "empty-takes-an-object": (
        '{\n  "plugin": []\n}',
        {"a": 1},
        '{\n  "plugin": [\n    {\n      "a": 1\n    }\n  ]\n}',
    ),
    "empty-on-one-line": ('{"plugin": []}', {"a": 1}, '{"plugin": [{"a": 1}]}'),
    "empty-with-a-space": ('{\n  "plugin": [ ]\n}', "x", '{\n  "plugin": [ "x" ]\n}'),
    "empty-with-a-comment": (
        '{\n  "plugin": [\n    // none yet\n  ]\n}',
        "x",
        '{\n  "plugin": [\n    // none yet\n    "x"\n  ]\n}',
    ),
    "empty-with-a-comment-beside": (
        '{\n  "plugin": [/* none */]\n}',
        "x",
        '{\n  "plugin": [/* none */ "x"]\n}',
    ),
    "crlf": (
        '{\r\n\t"plugin": [\r\n\t\t"a"\r\n\t]\r\n}',
        "x",
        '{\r\n\t"plugin": [\r\n\t\t"a",\r\n\t\t"x"\r\n\t]\r\n}',
    ),
    "bom": ('\ufeff{"plugin": ["a"]}', "x", '\ufeff{"plugin": ["a", "x"]}'),
    "object-after-an-object": (
        '{\n  "plugin": [\n    {\n      "a": [1, 2]\n    }\n  ]\n}',
        {"b": 2},
        '{\n  "plugin": [\n    {\n      "a": [1, 2]\n    },\n    {\n      "b": 2\n    }\n  ]\n}',
    ),
    "object-after-one-that-hugs-its-list": (
        '{\n  "plugin": [{\n    "a": 1\n  }]\n}',
        {"b": 2},
        '{\n  "plugin": [{\n    "a": 1\n  }, {\n    "b": 2\n  }]\n}',
    ),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_new_item_looks_as_if_it_had_been_typed_there(name: str) -> None:
    before, value, after = LOOKS[name]
    assert jsonc.insert_item(before, ("plugin",), value) == after
    index = len(read(after, "plugin")) - 1
    assert jsonc.remove_item(after, ("plugin",), index) == before


@pytest.mark.parametrize(
    "before",
    ["", "{}", "{}\n", '{\r\n    "hooks": {}\r\n}', '{"a": 1}', '{\n  "hooks": {\n    // mine\n  },\n}'],
)
def test_a_missing_list_is_made_with_its_parents_and_goes_with_undo(before: str) -> None:
    made = jsonc.insert_item(before, PATH, HOOK)
    assert read(made, *PATH) == [HOOK]
    assert jsonc.undo_key(made, before, PATH) == before
    emptied = jsonc.remove_item(made, PATH, 0)
    assert read(emptied, *PATH) == []
    assert jsonc.undo_key(emptied, before, PATH) == before


@pytest.mark.parametrize(
    "text",
    [
        '{"hooks": {"Stop": {}}}',
        '{"hooks": {"Stop": null}}',
        '{"hooks": {"Stop": "x"}}',
        '{"hooks": []}',
        '{"hooks": {"Stop": [], "Stop": []}}',
        '{"hooks": {"Stop": []}, "hooks": {}}',
        "[]",
    ],
)
def test_where_no_list_can_be_meant_nothing_is_guessed(text: str) -> None:
    with pytest.raises(EditError):
        jsonc.insert_item(text, PATH, 1)
    with pytest.raises(EditError):
        jsonc.replace_item(text, PATH, 0, 1)
    with pytest.raises(EditError):
        jsonc.remove_item(text, PATH, 0)


@pytest.mark.parametrize("index", [-1, 2])
def test_an_item_that_is_not_there_is_an_error(index: int) -> None:
    with pytest.raises(EditError, match=f"no item {index}"):
        jsonc.remove_item(TWO_LINES, ("plugin",), index)
    with pytest.raises(EditError, match=f"no item {index}"):
        jsonc.replace_item(TWO_LINES, ("plugin",), index, "x")


def test_an_edit_needs_a_key_to_find_the_list_by() -> None:
    for text in ("", "[]", "{}"):
        with pytest.raises(EditError):
            jsonc.insert_item(text, (), 1)


def test_what_does_not_parse_is_not_edited() -> None:
    with pytest.raises(ParseError):
        jsonc.insert_item('{"plugin": ["a" "b"]}', ("plugin",), "x")
    with pytest.raises(ParseError, match="comment"):
        jsonc.insert_item('{"plugin": [] // c\n}', ("plugin",), "x", strict=True)


def test_a_replaced_object_keeps_its_comments_order_and_the_spelling_of_what_is_equal() -> None:
    text = """{
  "hooks": {
    "Stop": [
      { "matcher": "*" }, // theirs
      {
        "timeout": 1.50, // seconds
        "hooks": [
          {
            "command": "old", // the path
            "type": "command"
          }
        ],
        "gone": 1
      }
    ]
  }
}
"""
    wanted = {"hooks": [{"type": "command", "command": "new"}], "timeout": 1.5, "fresh": {"a": [1]}}
    expected = text.replace('"old"', '"new"').replace(
        '"gone": 1', '"fresh": {\n          "a": [1]\n        }'
    )
    assert jsonc.replace_item(text, PATH, 1, wanted) == expected
    assert jsonc.replace_item(expected, PATH, 1, wanted) == expected


def test_a_replaced_item_in_a_file_of_windows_line_ends_gets_no_other() -> None:
    text = '{\r\n  "plugin": [\r\n    {},\r\n    {"a": 1},\r\n    "s"\r\n  ]\r\n}\r\n'
    for index in range(3):
        text = jsonc.replace_item(text, ("plugin",), index, {"a": {"b": [{"c": 1}]}})
    assert read(text, "plugin") == [{"a": {"b": [{"c": 1}]}}] * 3
    assert text.count("\n") == text.count("\r\n")


def test_a_scalar_is_replaced_where_it_stands() -> None:
    text = '{"plugin": ["a", /* two */ "b" /* too */, "c"]}'
    assert jsonc.replace_item(text, ("plugin",), 1, "x") == text.replace('"b"', '"x"')
    assert jsonc.replace_item(text, ("plugin",), 1, "b") == text


@pytest.mark.parametrize(
    ("text", "index", "left"),
    [
        ('{"plugin": ["a", "b"]}', 0, '{"plugin": ["b"]}'),
        ('{"plugin": ["a", "b"]}', 1, '{"plugin": ["a"]}'),
        ('{"plugin": [ "a", "b", "c" ]}', 1, '{"plugin": [ "a", "c" ]}'),
        (TWO_LINES, 0, '{\n  "plugin": [\n    "b"\n  ]\n}\n'),
        ('{"plugin": [/* a */ "a" /* b */, /* c */ "b"]}', 0, '{"plugin": [/* a */ /* b */ /* c */ "b"]}'),
        ('{"plugin": [ // a\n"a"]}', 0, '{"plugin": [ // a\n]}'),
        ('{"plugin": ["a" // why\n]}', 0, '{"plugin": [ // why\n]}'),
        ('{"plugin": ["a", // why\n]}', 0, '{"plugin": [ // why\n]}'),
        ('{"plugin": ["a",]}', 0, '{"plugin": []}'),
    ],
)
def test_removing_an_item_keeps_the_comments_around_it(text: str, index: int, left: str) -> None:
    assert jsonc.remove_item(text, ("plugin",), index) == left
    jsonc.parse(left)


@pytest.mark.parametrize(
    ("before", "written", "left"),
    [
        ("{}", '{"mine": 1,\n  "a": {}\n}', '{"mine": 1}'),
        ("", '{"mine": 1,\n  "a": {}\n}\n', '{"mine": 1}\n'),
        ("{ }", '{ "mine": 1,\n  "a": {}\n }', '{ "mine": 1 }'),
        ("{}", '{\n  "mine": 1,\n  "a": {}\n}', '{\n  "mine": 1\n}'),
        ("{\n}", '{"mine": 1,\n  "a": {}\n}', '{"mine": 1\n}'),
        ('{"b": 1}', '{"mine": 1,\n  "a": {}\n}', '{"mine": 1\n}'),
    ],
)
def test_an_object_closes_as_before_where_the_user_wrote_on_its_first_line(
    before: str, written: str, left: str
) -> None:
    assert jsonc.undo_key(written, before, ("a",)) == left


@pytest.mark.parametrize("text", ["", "\ufeff", " \r\n", "{}", "\ufeff{\n}\n", " { } "])
def test_a_text_without_keys_and_comments_is_hollow(text: str) -> None:
    assert jsonc.is_hollow(text)


@pytest.mark.parametrize("text", ['{"a": {}}', "{} // c", "[]", "null", "{", "{}{}", "/* {} */"])
def test_a_text_that_holds_anything_is_not_hollow(text: str) -> None:
    assert not jsonc.is_hollow(text)


def test_a_long_list_of_theirs_is_no_danger() -> None:
    text = '{\n  "plugin": [\n' + "".join(f'    "p{n}", // {n}\n' for n in range(30_000)) + "  ]\n}\n"
    edited = jsonc.insert_item(text, ("plugin",), "x")
    assert edited == text.replace("// 29999\n", '// 29999\n    "x",\n')
    assert jsonc.remove_item(edited, ("plugin",), 30_000) == text


def read(text: str, *path: str) -> Any:
    return jsonc.get(jsonc.parse(text), path)
