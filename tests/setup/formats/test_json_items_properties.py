"""What holds for every list in every document."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.setup.documents import NEWLINES, documents, is_subsequence, trivia, values, without
from vgxness.setup.formats import jsonc
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.jsonc.read import same

LIST = ("mcp", "list")
COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|(//[^\r\n]*|/\*(?s:.*?)\*/)')
ITEMS = st.sampled_from(
    [
        "x",
        1,
        None,
        [],
        {},
        {"type": "command", "command": "/a b/vgxness"},
        [{"a": [1]}],
        {"hooks": [{"type": "command", "timeout": 1.5}], "matcher": ""},
        "long " * 30,
    ]
)


@st.composite
def listed(draw: st.DrawFn, *, comments: bool = True) -> str:
    """A document with a list of any shape in it."""
    newline = draw(st.sampled_from(NEWLINES))

    def space() -> str:
        return draw(trivia(newline, comments=comments))

    inner = draw(values(newline, 3, comments=comments, kind="array"))
    rest = draw(values(newline, 1, comments=comments))
    end = draw(st.sampled_from(["", ",", f'{newline}, "z": {rest}'])) if comments else ""
    own = f'{{{space()}"list"{space()}:{space()}{inner}{space()}{end}{space()}}}'
    first = draw(st.sampled_from(["", f'"a": {rest},{newline}  ']))
    return f'{draw(st.sampled_from(["", chr(0xFEFF)]))}{{{space()}{first}"mcp"{space()}: {own}{space()}}}'


def read(text: str, path: tuple[str, ...] = ()) -> Any:
    return jsonc.get(jsonc.parse(text), path)


def comments_of(text: str) -> list[str]:
    return sorted(found.rstrip() for found in COMMENT.findall(text) if found)


@given(text=listed(), item=ITEMS)
def test_insert_and_remove_give_the_same_bytes(text: str, item: Any) -> None:
    edited = jsonc.insert_item(text, LIST, item)
    assert is_subsequence(text, edited)
    assert same(read(edited, LIST), [*read(text, LIST), item])
    assert same(without(read(edited), LIST), without(read(text), LIST))
    assert jsonc.remove_item(edited, LIST, len(read(text, LIST))) == text


@given(text=listed(), items=st.lists(ITEMS, max_size=4))
def test_several_items_go_again_last_one_first(text: str, items: list[Any]) -> None:
    edited, count = text, len(read(text, LIST))
    for item in items:
        edited = jsonc.insert_item(edited, LIST, item)
    for index in reversed(range(len(items))):
        edited = jsonc.remove_item(edited, LIST, count + index)
    assert edited == text


@given(text=listed(comments=False), item=ITEMS)
def test_plain_json_stays_plain_json(text: str, item: Any) -> None:
    edited = jsonc.insert_item(text, LIST, item, strict=True)
    assert same(json.loads(edited.removeprefix("\ufeff")), read(edited))
    assert jsonc.remove_item(edited, LIST, len(read(text, LIST)), strict=True) == text


@given(text=documents(), item=ITEMS)
def test_a_list_that_was_made_goes_with_undo(text: str, item: Any) -> None:
    assume(jsonc.get(jsonc.parse(text), LIST) is jsonc.MISSING)
    edited = jsonc.insert_item(text, LIST, item)
    assert same(read(edited, LIST), [item])
    assert jsonc.undo_key(edited, text, LIST) == text
    assert jsonc.undo_key(jsonc.remove_item(edited, LIST, 0), text, LIST) == text


@given(text=listed(), index=st.integers(0, 3))
def test_a_removed_item_takes_no_other_value_and_no_comment_along(text: str, index: int) -> None:
    items = read(text, LIST)
    assume(index < len(items))
    left = jsonc.remove_item(text, LIST, index)
    assert same(read(left, LIST), items[:index] + items[index + 1 :])
    assert same(without(read(left), LIST), without(read(text), LIST))
    if not isinstance(items[index], dict | list):
        assert comments_of(left) == comments_of(text)


@given(text=listed(), index=st.integers(0, 3), item=ITEMS)
def test_a_replaced_item_changes_no_other_value(text: str, index: int, item: Any) -> None:
    items = read(text, LIST)
    assume(index < len(items))
    try:
        edited = jsonc.replace_item(text, LIST, index, item)
    except EditError:
        return
    assert same(read(edited, LIST), [*items[:index], item, *items[index + 1 :]])
    assert same(without(read(edited), LIST), without(read(text), LIST))
    assert jsonc.replace_item(edited, LIST, index, item) == edited
