"""Generated TOML: tables in every spelling, comments everywhere, three kinds of file ends."""

from __future__ import annotations

import tomllib

from hypothesis import assume
from hypothesis import strategies as st

VALUES = [
    "1",
    "1979-05-27 07:32:00",
    "07:32:00",
    "-inf",
    "0x_ff".replace("_", ""),
    '"a # b"',
    "'C:\\dir'",
    '"""x\n# no comment\n[no table]\n"""',
    "'''\n[mcp]\n'''''",
    "[]",
    "[ 1, 2 ]",
    "[\n  1, # one\n  2, # two\n]",
    "[\n  'a'\n  , 'b' # b\n]",
    "{}",
    "{ a = 1, b.c = [ { d = 2 } ] }",
    "true",
]
HEADERS = ["mcp", "mcp.a", "mcp.vgx", "x.y", '"q.r"', " x . 'z' ", "mcp.vgx.env", "model.sub"]
KEYS = ["model", "a", "mcp.a", "mcp.k", "vgx", "'l'", "b . c", "new.other", "env.A", '"\\u0061b"', "mcp"]


@st.composite
def entries(draw: st.DrawFn) -> str:
    rows: list[str] = []
    for key in draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True)):
        equals = draw(st.sampled_from([" = ", "=", "   =  "]))
        comment = draw(st.sampled_from(["", "", " # why", "  #"]))
        before = draw(st.sampled_from(["", "", "\n", "# above\n", "  "]))
        rows.append(f"{before}{key}{equals}{draw(st.sampled_from(VALUES))}{comment}\n")
    return "".join(rows)


@st.composite
def toml_texts(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(["", "# top\n\n", "\n", "# top\n"])) + draw(entries())
    for header in draw(st.lists(st.sampled_from(HEADERS), max_size=4, unique=True)):
        lead = draw(st.sampled_from(["", "\n", "\n# about it\n", "# tail\n\n\n"]))
        end = draw(st.sampled_from(["", " # head"]))
        text += f"{lead}[{header}]{end}\n{draw(entries())}"
    if draw(st.booleans()):
        text += draw(st.sampled_from(["[[hooks]]\nx = 1\n\n[[hooks]]\n[hooks.in]\ny = 2\n", "# end", "\n\n"]))
    if draw(st.booleans()):
        text = text.rstrip("\n")
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return mark + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
