"""What holds for every keyed format; each format's own file says for which texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.keyed import KeyedFormat
from vgxness.setup.formats.values import MISSING, same

Path = tuple[str, ...]

PATHS: list[Path] = [("model",), ("mcp", "vgx"), ("mcp", "vgx", "env"), ("mcp", "a"), ("new", "of", "mine")]
VALUES: list[Any] = [
    "plain",
    {"command": "/a b/vgxness", "args": ["mcp", "serve"], "env": {"LOG": "1"}, "enabled": True},
    {},
    [],
    [1, {"a": ["x"]}],
    1.5,
    True,
    "no: #\n'\"\\ é😀",
]


def edited(format: KeyedFormat, text: str, path: Path, value: Any) -> str | None:
    """The text with the value set, or None where that is refused."""
    try:
        return format.set_key(text, path, value)
    except EditError:
        return None


def a_set_value_reads_back_and_setting_it_again_changes_nothing(
    format: KeyedFormat, text: str, path: Path, value: Any
) -> None:
    once = edited(format, text, path, value)
    if once is None:
        return
    standing = format.get(once, path)
    assert standing is not MISSING
    assert same(standing, value)
    assert format.set_key(once, path, value) == once


def undo_gives_every_byte_back(format: KeyedFormat, text: str, path: Path, value: Any) -> None:
    after = edited(format, text, path, value)
    if after is not None:
        assert format.undo_key(after, text, path) == text


def a_new_key_takes_no_character_away(format: KeyedFormat, text: str, path: Path, value: Any) -> None:
    if edited(format, text, path, value) is None or format.get(text, path) is not MISSING:
        return
    rest = iter(format.set_key(text, path, value))
    assert all(char in rest for char in text if not char.isspace())


def undo_keeps_what_the_user_wrote_since(
    format: KeyedFormat, text: str, path: Path, value: Any, *, head: str, tail: str
) -> None:
    """`head` and `tail` are what the user writes above and below everything else."""
    after = edited(format, text, path, value)
    if after is None or format.get(text, path) is not MISSING or not after.endswith("\n"):
        return
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    expected, since = (mark + head + one.removeprefix("\ufeff") + tail for one in (text, after))
    try:
        format.get(since, ("users own",))
        format.get(expected, ("users own",))
    except (ParseError, EditError):
        return
    assert format.undo_key(since, text, path) == expected


def undo_leaves_other_values_alone(
    format: KeyedFormat, text: str, path: Path, value: Any, theirs: Path
) -> None:
    """A value set elsewhere since stays, and no other differs from before."""
    after = edited(format, text, path, value)
    since = None if after is None else edited(format, after, theirs, "mine")
    if since is None or path[: len(theirs)] == theirs or theirs[: len(path)] == path:
        return
    undone = format.undo_key(since, text, path)
    assert format.get(undone, theirs) == "mine"
    was, stays = format.get(text, path), format.get(undone, path)
    assert was is stays if was is MISSING or stays is MISSING else same(was, stays)


def items_come_change_and_go(format: KeyedFormat, text: str, path: Path, items: list[Any]) -> None:
    try:
        start = format.get(text, path)
        count = len(start) if isinstance(start, list) else 0
        for item in items:
            text = format.insert_item(text, path, item)
        listed = format.get(text, path)
    except EditError:
        return
    assert isinstance(listed, list)
    assert same(listed[count:], items)
    if listed and isinstance(listed[0], dict):
        return
    replaced = format.replace_item(text, path, len(listed) - 1, "other")
    assert same(format.get(replaced, path), [*listed[:-1], "other"])  # type: ignore[arg-type]  # it is there
    while listed:
        text = format.remove_item(text, path, 0)
        listed = listed[1:]
        assert same(format.get(text, path), listed)  # type: ignore[arg-type]  # it is there


def nothing_but_a_refusal_is_raised(format: KeyedFormat, text: str, before: str, path: Path) -> None:
    """No error, and no word of the text in a refusal."""
    acts: list[Callable[[], object]] = [
        lambda: format.get(text, path),
        lambda: format.set_key(text, path, {"a": 1}),
        lambda: format.undo_key(text, before, path),
        lambda: format.insert_item(text, path, "x"),
        lambda: format.replace_item(text, path, 0, "x"),
        lambda: format.remove_item(text, path, 0),
        lambda: format.is_hollow(text),
    ]
    assert not any("hunter2" in refusal(act) for act in acts)


def refusal(act: Callable[[], object]) -> str:
    """What a refusal says; empty where there is none."""
    try:
        act()
    except (ParseError, EditError) as problem:
        return str(problem)
    return ""


def an_edit_needs_a_path(format: KeyedFormat) -> None:
    with pytest.raises(EditError, match="at least one key"):
        format.set_key("", (), 1)
