"""What holds for blocks in every text, whatever its user does around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.lines import lines_of
from vgxness.setup.formats.markdown import read_block, release_block, undo_block, write_block
from vgxness.setup.formats.values import MISSING

NAME = "vgxness"
MARKERS = "<!-- vgxness:begin vgxness -->{0}# Old{0}<!-- vgxness:end vgxness -->"
PIECES = [
    *[
        "text",
        "",
        "",
        "# Title",
        "- item",
        "  - item",
        "   ",
        "    code",
        "---",
        "name: x",
        "a\u2028b",
        "> q",
    ],
    *["```", "~~~~", "   ```sh", "- ```sh", "  ```", "```a`", "<!-- note -->", "<!--", "-->"],
    *["```md{0}" + MARKERS + "{0}```", "~~~{0}" + MARKERS + "{0}~~~", "see <!-- vgxness:begin vgxness -->"],
    "<!-- vgxness:begin other -->{0}x{0}<!-- vgxness:end other -->",
]
BLOCKS = st.lists(
    st.sampled_from(["Use it.", "", "  - b", "# H", "```{0}x{0}```", "   x", "ü", "<!-- c -->"]), max_size=6
).map(lambda rows: "\n".join(rows).replace("{0}", "\n"))
THEIRS = st.lists(st.sampled_from(["mine", "", "- mine", "# Mine"]), max_size=3)


@st.composite
def texts(draw: st.DrawFn) -> str:
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    lines = [piece.format(newline) for piece in draw(st.lists(st.sampled_from(PIECES), max_size=8))]
    last = draw(st.sampled_from(["", newline]))
    return draw(st.sampled_from(["", "\ufeff"])) + newline.join(lines) + (last if lines else "")


def written(text: str, block: str) -> str | None:
    try:
        return write_block(text, NAME, block)
    except EditError:
        return None


def not_blank(lines: list[str]) -> list[str]:
    return [row for line in lines if (row := line.strip(" \t\r\n\ufeff"))]


@given(text=texts(), block=BLOCKS, other=BLOCKS)
def test_a_block_reads_back_and_undo_equals_the_original(text: str, block: str, other: str) -> None:
    if (edited := written(text, block)) is None:
        return
    assert edited.startswith(text)
    assert read_block(edited, NAME) == block
    assert write_block(edited, NAME, block) == edited
    again = write_block(edited, NAME, other)
    assert again.startswith(text)
    assert read_block(again, NAME) == other
    assert undo_block(again, edited, NAME) == edited
    for one in (edited, again):
        assert undo_block(one, text, NAME) == text
        assert read_block(release_block(one, NAME), NAME) is MISSING


@given(text=texts(), block=BLOCKS, theirs=THEIRS, at=st.integers(0, 20))
def test_lines_that_the_user_adds_anywhere_outside_survive_everything(
    text: str, block: str, theirs: list[str], at: int
) -> None:
    if (edited := written(text, block)) is None:
        return
    newline = lines_of(edited)[-1][-2:].lstrip(">")
    added = [row + newline for row in theirs]
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = lines_of(edited.removeprefix(mark))
    ours = len(lines_of(write_block("", NAME, block)))
    # Anywhere above the block, or right after it.
    place = at % (len(lines) - ours + 2)
    place = len(lines) if place > len(lines) - ours else place
    users = mark + "".join([*lines[:place], *added, *lines[place:]])
    try:
        assert read_block(users, NAME) == block
    except EditError:
        return
    undone = undo_block(users, text, NAME)
    rest = lines_of(text.removeprefix(mark))
    rest[place:place] = added
    assert not_blank(lines_of(undone)) == not_blank(rest)
    if place == len(lines) and text.endswith(("\n", "\r")):
        assert undone == text + "".join(added)
    assert read_block(write_block(users, NAME, "new"), NAME) == "new"
    assert undo_block(write_block(users, NAME, "new"), text, NAME) == undone


@given(text=texts(), block=BLOCKS, at=st.integers(0, 20), indent=st.sampled_from(["", " ", "   "]))
def test_a_block_is_found_where_the_user_moves_it(text: str, block: str, at: int, indent: str) -> None:
    if (edited := written(text, block)) is None:
        return
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = lines_of(edited.removeprefix(mark))
    own = lines[-len(lines_of(write_block("", NAME, block))) :]
    rest = lines[: -len(own)]
    place = 1 + at % len(rest) if rest else 0
    moved = "".join(
        [*rest[:place], *(indent + line if line.strip() else line for line in own), *rest[place:]]
    )
    try:
        found = read_block(moved, NAME)
    except EditError:
        return
    if found is not MISSING:
        assert found == block
        assert undo_block(write_block(moved, NAME, "x"), moved, NAME) == moved
