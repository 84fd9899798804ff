"""Generated YAML: block and flow, both ways to hang a list, anchors, comments, block scalars."""

from __future__ import annotations

import textwrap

from hypothesis import strategies as st

SCALARS = [
    "1",
    "",
    "null",
    "plain words",
    "'single # quoted'",
    '"double: \\"quoted\\""',
    "2020-01-01",
    "!mine x",
    "yes",
    "é😀",
    "{}",
    "[]",
    "[a, 'b', {c: d}]",
    '{a: 1, "b": [x], c: }',
    "[\n  one, # 1\n  two, # 2\n]",
    "|\n  block # no comment\n\n  more: text",
    ">-  # header\n  folded\n  text",
    "|+\n  kept\n\n",
    "first\n  second",
    "&anchor 1",
]
KEYS = ["model", "mcp", "vgx", "a", '"b c"', "'d'", "new", "env"]


@st.composite
def mappings(draw: st.DrawFn, depth: int, unit: int, dash: int) -> str:
    lines: list[str] = []
    for key in draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True)):
        above = draw(st.sampled_from(["", "", "", "# above\n", "\n"]))
        kinds = ["scalar", "mapping", "mapping", "list"] if depth else ["scalar"]
        kind = "mapping" if key == "mcp" and depth else draw(st.sampled_from(kinds))
        comment = draw(st.sampled_from(["", "", " # beside"]))
        if kind == "scalar":
            value = draw(st.sampled_from(SCALARS))
            first, *rest = value.split("\n")
            body = "\n".join(
                [first + (comment if not rest else ""), *(f"  {line}" if line else "" for line in rest)]
            )
            lines.append(f"{above}{key}: {body}".rstrip(" ") + "\n")
        else:
            step = unit if kind == "mapping" else dash
            inner = mappings(depth - 1, unit, dash) if kind == "mapping" else lists()
            lines.append(f"{above}{key}:{comment}\n{textwrap.indent(draw(inner), ' ' * step)}")
    return "".join(lines)


@st.composite
def lists(draw: st.DrawFn) -> str:
    items = draw(
        st.lists(st.sampled_from(["x", "'y' # y", "k: v\n  l: w", "- n", "", "[a]"]), min_size=1, max_size=3)
    )
    return "".join(f"- {item}".rstrip(" ") + "\n" for item in items)


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """A text; most parse."""
    unit = draw(st.sampled_from([2, 4, 3]))
    text = draw(
        st.one_of(
            mappings(2, unit, draw(st.sampled_from([0, 2, unit]))), st.sampled_from(["", "# only\n", "{}\n"])
        )
    )
    text = draw(st.sampled_from(["", "", "---\n", "# top\n\n", "%YAML 1.2\n---\n", "--- # doc\n"])) + text
    text += draw(st.sampled_from(["", "", "# end\n", "\n\n", "...\n", "last: *anchor\n"]))
    if draw(st.booleans()):
        text = text.rstrip("\n")
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return mark + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
