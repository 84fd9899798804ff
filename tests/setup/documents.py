"""Generated documents: every way of writing JSON with comments that the grammar allows."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

NEWLINES = ("\n", "\r\n", "\r")
KEYS = st.one_of(
    st.sampled_from(["mcp", "a", "model", "$schema", "käse", 'quo"te', "", "vgxness"]),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
SCALARS = st.sampled_from(
    [
        "null",
        "true",
        "1",
        "1.0",
        "-0",
        "1e5",
        "12345678901234567890",
        '""',
        '"a, b } // no"',
        '"\\u00e9\\n"',
        '"😀"',
        '"/* */"',
    ]
)


def trivia(newline: str, *, comments: bool) -> st.SearchStrategy[str]:
    """White space, and comments where they are allowed."""
    pieces = ["", "", " ", "  ", "\t", newline, newline + "   ", newline + newline + "\t"]
    if comments:
        pieces += [
            "/* c */",
            f" // c }}{newline}",
            f"{newline}  // d{newline}  ",
            f"/* a{newline} b */ ",
            " /**/",
        ]
    return st.sampled_from(pieces)


@st.composite
def values(draw: st.DrawFn, newline: str, depth: int, *, comments: bool, kind: str = "") -> str:
    """The text of one value, at most `depth` containers deep."""
    kind = kind or draw(st.sampled_from(["scalar", "object", "array"] if depth else ["scalar"]))
    if kind == "scalar":
        return draw(SCALARS)

    def space() -> str:
        return draw(trivia(newline, comments=comments))

    rows = []
    if kind == "object":
        for key in draw(st.lists(KEYS, max_size=3, unique=True)):
            inner = "object" if key == "mcp" else ""
            value = draw(values(newline, depth - 1, comments=comments, kind=inner))
            name = json.dumps(key, ensure_ascii=draw(st.booleans()))
            rows.append(f"{space()}{name}{space()}:{space()}{value}{space()}")
    else:
        count = draw(st.integers(0, 3))
        rows += [
            f"{space()}{draw(values(newline, depth - 1, comments=comments))}{space()}" for _ in range(count)
        ]
    comma = "," + space() if comments and rows and draw(st.booleans()) else ""
    brackets = "{}" if kind == "object" else "[]"
    return brackets[0] + (",".join(rows) + comma if rows else space()) + brackets[1]


@st.composite
def documents(draw: st.DrawFn, *, comments: bool = True) -> str:
    """A whole document whose root is an object."""
    newline = draw(st.sampled_from(NEWLINES))
    root = draw(values(newline, 3, comments=comments, kind="object"))
    bom = draw(st.sampled_from(["", "\ufeff"]))
    before, after = (draw(trivia(newline, comments=comments)) for _ in range(2))
    return bom + before + root + after


def is_subsequence(small: str, large: str) -> bool:
    rest = iter(large)
    return all(char in rest for char in small)


def without(value: Any, path: tuple[str, ...]) -> Any:
    """The value less the key at a path, and less objects that this leaves empty."""
    if not isinstance(value, dict) or path[0] not in value:
        return value
    rest = {key: item for key, item in value.items() if key != path[0]}
    if len(path) == 1:
        return rest
    inner = without(value[path[0]], path[1:])
    return rest if inner == {} else {**rest, path[0]: inner}
