"""The looks of an edit: what a person would have typed."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from vgxness.setup.formats import jsonc
from vgxness.setup.formats.failure import EditError, ParseError

OURS = ("mcp", "vgxness")
VALUE = {"type": "local", "command": ["/bin/vgxness", "mcp", "serve"]}

LOOKS = {
    "empty-file": ("", '{\n  "mcp": {\n    "vgxness": 1\n  }\n}\n'),
    "empty-object": ("{}", '{\n  "mcp": {\n    "vgxness": 1\n  }\n}'),
    "one-line": ('{"a":1}', '{"a":1,"mcp":{"vgxness":1}}'),
    "one-line-spaced": ('{ "a": 1 }', '{ "a": 1, "mcp": {"vgxness": 1} }'),
    "tabs": ('{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"mcp": {\n\t\t"vgxness": 1\n\t}\n}'),
    "trailing-comma": ('{\n  "a": 1,\n}', '{\n  "a": 1,\n  "mcp": {\n    "vgxness": 1\n  },\n}'),
    "comment-after-the-last": (
        '{\n  "a": 1 // why\n  // "b": 2\n}',
        '{\n  "a": 1, // why\n  "mcp": {\n    "vgxness": 1\n  }\n  // "b": 2\n}',
    ),
    "into-existing": (
        '{\n    "mcp": {\n        "x": {}\n    }\n}\n',
        '{\n    "mcp": {\n        "x": {},\n        "vgxness": 1\n    }\n}\n',
    ),
    "crlf": ('{\r\n  "a": 1\r\n}\r\n', '{\r\n  "a": 1,\r\n  "mcp": {\r\n    "vgxness": 1\r\n  }\r\n}\r\n'),
    "only-a-comment-inside": (
        "{\n  // nothing yet\n}",
        '{\n  // nothing yet\n  "mcp": {\n    "vgxness": 1\n  }\n}',
    ),
    "space-before-colons": ('{\n  "a" : 1\n}', '{\n  "a" : 1,\n  "mcp" : {\n    "vgxness" : 1\n  }\n}'),
    "bom": ('\ufeff{\n  "a": 1\n}', '\ufeff{\n  "a": 1,\n  "mcp": {\n    "vgxness": 1\n  }\n}'),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_new_key_looks_as_if_it_had_been_typed_there(name: str) -> None:
    before, after = LOOKS[name]
    assert jsonc.set_key(before, OURS, 1) == after
    assert jsonc.undo_key(after, before, OURS) == before


def test_a_changed_object_keeps_its_comments_and_order() -> None:
    text = '{"mcp": {"vgxness": {\n  "enabled": false, // for now\n  "type": "local"\n}}}'
    wanted = {"type": "remote", "enabled": False}
    assert jsonc.set_key(text, OURS, wanted) == text.replace('"local"', '"remote"')


@pytest.mark.parametrize("number", ["12345678901234567890", "1.0", "1E400", "-0", "0.1000"])
def test_numbers_that_are_not_ours_keep_their_text(number: str) -> None:
    text = f'{{\n  "n": {number}\n}}'
    assert f'"n": {number},' in jsonc.set_key(text, OURS, VALUE)


def test_a_key_that_stands_there_twice_is_not_guessed_at() -> None:
    for text in ('{"mcp": {}, "mcp": {}}', '{"mcp": {"vgxness": 1, "vgxness": 2}}'):
        with pytest.raises(EditError, match="more than once"):
            jsonc.set_key(text, OURS, 3)
    assert (
        jsonc.set_key('{"mcp": {"vgxness": 1, "vgxness": 1}}', OURS, 1)
        == '{"mcp": {"vgxness": 1, "vgxness": 1}}'
    )
    assert '"new"' in jsonc.set_key('{"a": 1, "a": 2}', ("new",), 1)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{\n  "secret": hunter2\n}', 2, 13),
        ('{"a": 1', 1, 8),
        ('{\r\n  "a": 1\r\n  "b": 2}', 3, 3),
        ("{} {}", 1, 4),
        ('\ufeff{"a" 1}', 1, 6),
        ('{"a": "unclosed\n}', 1, 7),
        ("{ /* open", 1, 3),
        ('{"a": 01}', 1, 7),
        ("{'a': 1}", 1, 2),
        ("{,}", 1, 2),
        ("[1,,2]", 1, 4),
    ],
)
def test_an_error_names_the_place_and_quotes_nothing(text: str, line: int, column: int) -> None:
    with pytest.raises(ParseError) as caught:
        jsonc.parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "hunter2" not in str(caught.value)


def test_plain_json_refuses_comments_and_trailing_commas() -> None:
    for text, reason in (
        ('{"a": 1, // c\n}', "comment"),
        ('{"a": 1,}', "trailing comma"),
        ("[1,]", "trailing comma"),
    ):
        with pytest.raises(ParseError, match=reason):
            jsonc.parse(text, strict=True)


def test_depth_is_no_danger() -> None:
    deep = '{"deep": ' + "[" * 20_000 + "]" * 20_000 + "}"
    edited = jsonc.set_key(deep, OURS, VALUE)
    assert jsonc.get(jsonc.parse(edited, along=OURS), OURS) == VALUE
    with pytest.raises(EditError, match="deeper"):
        jsonc.get(jsonc.parse(deep), ("deep",))


def test_failed_attempts_to_skip_do_not_add_up() -> None:
    # Each of 900 levels is tried as plain JSON, and fails only at the comment at the far end.
    text = '{"x": ' + "[" * 900 + "1, " * 60_000 + "/* c */ 1" + "]" * 900 + "}"
    assert seconds(lambda: jsonc.parse(text, along=OURS)) < 6 * seconds(lambda: jsonc.parse(text))


def seconds(work: Callable[[], object]) -> float:
    """Processor time, the least of three: what a busy machine adds is left out."""
    spent: list[float] = []
    for _ in range(3):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def test_what_only_python_takes_for_json_is_refused_in_every_corner() -> None:
    for value in ("NaN", "-Infinity", "Infinity"):
        with pytest.raises(ParseError):
            jsonc.parse(f'{{"x": {{"y": [{value}]}}}}', along=OURS)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('{ // why\n"a": 1}', "{ // why\n}"),
        ('{"b": 1, // why\n"a": 1}', '{"b": 1 // why\n}'),
        ('{"b": 1, /* x */ "a": 1 /* y */, "c": 2}', '{"b": 1, /* x */ /* y */ "c": 2}'),
        ('{\n  "a": 1, // mine\n  "b": 2\n}', '{ // mine\n  "b": 2\n}'),
        ('{"a": 1, "b": 2}', '{ "b": 2}'),
        ('{ "a": 1 }', "{}"),
        ('{\n  "b": 2,\n  "a": 1,\n}', '{\n  "b": 2,\n}'),
    ],
)
def test_removing_a_key_keeps_the_comments_around_it(text: str, left: str) -> None:
    assert jsonc.remove_key(text, ("a",)) == left
    jsonc.parse(left)


def test_text_that_utf8_can_not_carry_is_escaped() -> None:
    edited = jsonc.set_key("{}", ("a",), "\ud800 ü")
    assert edited.encode()
    assert jsonc.get(jsonc.parse(edited), ("a",)) == "\ud800 ü"


def test_a_hostile_depth_is_refused_with_its_place() -> None:
    with pytest.raises(ParseError, match="nested deeper than 50,000 levels"):
        jsonc.parse("[" * 1_000_000 + "]" * 1_000_000)
