"""What holds for every Markdown file, with frontmatter or without."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.setup.formats import laws
from tests.setup.formats.yaml_texts import yaml_texts
from vgxness.setup.formats import frontmatter
from vgxness.setup.formats.failure import EditError, ParseError

PATHS = st.sampled_from(laws.PATHS)
VALUES = st.sampled_from(laws.VALUES)
BODIES = [
    "",
    "# Title\n\ntext\n",
    "\n---\n\nrule\n---\n",
    "no final newline",
    "```yaml\n---\na: 1\n---\n```\n",
]


@st.composite
def files(draw: st.DrawFn) -> str:
    """Files whose frontmatter follows the grammar."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    body = draw(st.sampled_from(BODIES)).replace("\n", newline)
    mark = draw(st.sampled_from(["", "\ufeff"]))
    if draw(st.booleans()):
        text = mark + body
    else:
        region = draw(yaml_texts()).removeprefix("\ufeff").replace("\r\n", "\n").replace("\n", newline)
        region += newline if region and not region.endswith("\n") else ""
        text = f"{mark}---{newline}{region}---{newline}{body}"
    try:
        frontmatter.is_hollow(text)
        frontmatter.get(text, ("model",))
    except (ParseError, EditError):
        assume(False)
    return text


@given(text=files(), path=PATHS, value=VALUES)
def test_a_set_value_reads_back(text: str, path: laws.Path, value: Any) -> None:
    laws.a_set_value_reads_back_and_setting_it_again_changes_nothing(frontmatter, text, path, value)


@given(text=files(), path=PATHS, value=VALUES)
def test_undo_gives_every_byte_back(text: str, path: laws.Path, value: Any) -> None:
    laws.undo_gives_every_byte_back(frontmatter, text, path, value)


@given(text=files(), path=PATHS, value=VALUES)
def test_a_new_key_takes_no_character_away(text: str, path: laws.Path, value: Any) -> None:
    laws.a_new_key_takes_no_character_away(frontmatter, text, path, value)


@given(text=files(), path=PATHS, value=VALUES)
def test_the_body_is_never_touched(text: str, path: laws.Path, value: Any) -> None:
    after = laws.edited(frontmatter, text, path, value)
    if after is not None:
        body = text[frontmatter.body_start(text) :].removeprefix("\ufeff")
        assert after[frontmatter.body_start(after) :] == body


@given(text=files(), path=PATHS, value=VALUES, more=st.sampled_from(["", "\n---\n", "a: b\n"]))
def test_undo_keeps_a_body_written_since(text: str, path: laws.Path, value: Any, more: str) -> None:
    after = laws.edited(frontmatter, text, path, value)
    if after is not None and after != text and text.endswith("\n"):
        assert frontmatter.undo_key(after + more, text, path) == text + more


@given(text=files(), path=PATHS, value=VALUES, theirs=st.sampled_from([("a",), ("mcp", "z"), ("x", "y")]))
def test_undo_leaves_other_values_alone(text: str, path: laws.Path, value: Any, theirs: laws.Path) -> None:
    laws.undo_leaves_other_values_alone(frontmatter, text, path, value, theirs)


@given(
    text=files(), path=PATHS, items=st.lists(st.sampled_from(["x", 2, {"k": "v"}]), min_size=1, max_size=3)
)
def test_items_come_change_and_go(text: str, path: laws.Path, items: list[Any]) -> None:
    laws.items_come_change_and_go(frontmatter, text, path, items)


@given(
    text=st.one_of(files(), st.text("-\n\r a:\ufeff", max_size=30), st.text(max_size=20)),
    at=st.integers(0, 300),
    junk=st.sampled_from(["---\n", '"hunter2', "\n---", "hunter2:\n\t", "\x00", "\r", "[", ""]),
    before=st.sampled_from(["", "---\na: 1\n---\n", "body\n", "---\n"]),
    path=PATHS,
)
def test_any_text_is_edited_or_refused(text: str, at: int, junk: str, before: str, path: laws.Path) -> None:
    at %= len(text) + 1
    laws.nothing_but_a_refusal_is_raised(frontmatter, text[:at] + junk + text[at:], before, path)
