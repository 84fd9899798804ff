"""The strict reader takes what Python's takes, less what Antigravity refuses, and knows the places."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from vgxness_antigravity.reading import plain
from vgxness_antigravity.strict_json import DEEPEST, NotStrictError, parse, place

values: some.SearchStrategy[Any] = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=20,
)


@given(values, some.sampled_from([None, 0, 2, "\t"]))
def test_every_document_reads_as_python_reads_it(value: Any, indent: int | str | None) -> None:
    for ascii_only in (True, False):
        text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
        assert plain(parse(text).root) == json.loads(text)


@given(some.text(alphabet='{}[]",:/* \\\n1-.eantrufls', max_size=30))
def test_it_takes_exactly_what_python_takes(text: str) -> None:
    try:
        expected = json.loads(text, parse_constant=_refuse)
    except ValueError:
        with pytest.raises(NotStrictError):
            parse(text)
    else:
        assert plain(parse(text).root) == expected


@pytest.mark.parametrize(
    ("text", "what", "line", "column"),
    [
        ("", "an end that comes too early", 1, 1),
        ('{\n  "a": 1, // why\n}', "a comment", 2, 11),
        ('{\n/* why */ "a": 1}', "a comment", 2, 1),
        ('# why\n{"a": 1}', "a comment", 1, 1),
        ('{"a": 1} // why', "a comment", 1, 10),
        ('{\n "a": [1,\n ]}', "a trailing comma", 2, 9),
        ('{\n "a": 1,}', "a trailing comma", 2, 8),
        ('\ufeff{"a": 1}', "a byte order mark", 1, 1),
        ('{"a": NaN}', "something that is not JSON", 1, 7),
        ('{"a": 01}', "something that is not JSON", 1, 8),
        ("{'a': 1}", "something that is not JSON", 1, 2),
        ('{"a": "x\ty"}', "something that is not JSON", 1, 7),
        ('{"a": "x', "something that is not JSON", 1, 7),
        ('{"a": 1', "an end that comes too early", 1, 8),
        ('{"a": 1} {}', "something that is not JSON", 1, 10),
    ],
)
def test_what_is_not_strict_is_named_with_its_place(text: str, what: str, line: int, column: int) -> None:
    with pytest.raises(NotStrictError) as caught:
        parse(text)
    assert caught.value.what == what
    assert place(text, caught.value.at) == (line, column)


def test_a_key_that_stands_twice_is_noted_and_the_last_one_counts() -> None:
    document = parse('{"a": 1, "a": 2}')
    assert plain(document.root) == {"a": 2}
    assert document.repeats == (9,)


def test_hostile_depth_and_length_are_answered() -> None:
    assert plain(parse("[" * DEEPEST + "]" * DEEPEST).root)
    with pytest.raises(NotStrictError, match="nesting"):
        parse("[" * 100_000)
    assert isinstance(plain(parse("9" * 10_000).root), int)
    assert plain(parse(json.dumps("\\" * 1_000_000)).root) == "\\" * 1_000_000


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
