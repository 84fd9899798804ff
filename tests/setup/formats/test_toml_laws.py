"""What holds for every TOML text, not only for those somebody thought of."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.setup.formats import laws
from tests.setup.formats.toml_texts import VALUES as ANY
from tests.setup.formats.toml_texts import entries, toml_texts
from vgxness.setup.formats import toml
from vgxness.setup.formats.failure import EditError, ParseError

PATHS = st.sampled_from(laws.PATHS)
VALUES = st.sampled_from(laws.VALUES)


@given(text=toml_texts(), path=PATHS, value=VALUES)
def test_a_set_value_reads_back(text: str, path: laws.Path, value: Any) -> None:
    laws.a_set_value_reads_back_and_setting_it_again_changes_nothing(toml, text, path, value)


@given(text=toml_texts(), path=PATHS, value=VALUES)
def test_undo_gives_every_byte_back(text: str, path: laws.Path, value: Any) -> None:
    laws.undo_gives_every_byte_back(toml, text, path, value)


@given(text=toml_texts(), path=PATHS, value=VALUES)
def test_a_new_key_takes_no_character_away(text: str, path: laws.Path, value: Any) -> None:
    laws.a_new_key_takes_no_character_away(toml, text, path, value)


@given(text=toml_texts(), path=PATHS, value=VALUES, head=st.sampled_from(["", "# mine\n"]))
def test_undo_keeps_what_the_user_wrote_since(text: str, path: laws.Path, value: Any, head: str) -> None:
    tail = "\n# mine\n['users own']\nx = 1\n"
    laws.undo_keeps_what_the_user_wrote_since(toml, text, path, value, head=head, tail=tail)


@given(
    text=toml_texts(),
    path=PATHS,
    value=VALUES,
    theirs=st.sampled_from([("a",), ("mcp", "z"), ("x", "y", "n")]),
)
def test_undo_leaves_other_values_alone(text: str, path: laws.Path, value: Any, theirs: laws.Path) -> None:
    laws.undo_leaves_other_values_alone(toml, text, path, value, theirs)


@given(
    text=toml_texts(),
    path=PATHS,
    items=st.lists(st.sampled_from(["x", 2, [1], {"k": "v"}]), min_size=1, max_size=3),
)
def test_items_come_change_and_go(text: str, path: laws.Path, items: list[Any]) -> None:
    laws.items_come_change_and_go(toml, text, path, items)


@given(text=toml_texts(), path=PATHS, value=VALUES)
def test_an_independent_reader_sees_one_difference(text: str, path: laws.Path, value: Any) -> None:
    try:
        after = toml.set_key(text, path, value)
    except EditError:
        return
    left, right = (tomllib.loads(one.removeprefix("\ufeff")) for one in (text, after))
    assert repr(without(left, path)) == repr(without(right, path))


@given(above=entries(), old=st.sampled_from(ANY), value=VALUES, newline=st.sampled_from(["\n", "\r\n"]))
def test_a_changed_value_leaves_every_line_around_it(above: str, old: str, value: Any, newline: str) -> None:
    head, tail = f"{above}# c\n\n# d\n  ours  =  ", " # e\n\n# f\n[last]\nx = 1 # g\n"
    head, tail = head.replace("\n", newline), tail.replace("\n", newline)
    try:
        after = toml.set_key(head + old.replace("\n", newline) + tail, ("ours",), value)
    except (EditError, ParseError):
        return
    if after.startswith(head):
        assert after.endswith(tail)
    else:
        assert old in after


@given(
    text=st.one_of(toml_texts(), st.text("[]{}=\"'.,#\n\r a1\\", max_size=40), st.text(max_size=20)),
    at=st.integers(0, 300),
    junk=st.sampled_from(
        ['"hunter2', "[hunter2]\n", "hunter2 = hunter2\n", "'''", "\x00", "\r", "=", "[[", "}", ""]
    ),
    before=st.sampled_from(["", "a = 1\n", "[mcp]\n"]),
    path=PATHS,
)
def test_any_text_is_edited_or_refused(text: str, at: int, junk: str, before: str, path: laws.Path) -> None:
    at %= len(text) + 1
    laws.nothing_but_a_refusal_is_raised(toml, text[:at] + junk + text[at:], before, path)


def without(value: Any, path: laws.Path) -> Any:
    """The value less the key at a path, less tables that this leaves empty, in the order of keys."""
    if not isinstance(value, dict):
        return value
    first, *others = path
    rest = {key: value[key] for key in sorted(value) if key != first}
    inner = without(value.get(first, {}), tuple(others)) if others else {}
    return rest if inner == {} else {**rest, first: inner}
