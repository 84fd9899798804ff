"""Specimens follow their rule (tests/data/configs/README.md), and our readers agree with their names."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final, cast

import pytest

from vgxness.contract.provider import TargetFormat
from vgxness.setup.formats.dialects import blocks, keyed
from vgxness.setup.formats.failure import EditError, ParseError

DATA = Path(__file__).parents[2] / "data"
FORMATS: Final = ("jsonc", "json", "markdown", "toml", "yaml", "frontmatter")
NAME = re.compile(r"(?P<kind>[a-z0-9]+(?:-[a-z0-9]+)*)--(?P<hazard>[a-z0-9]+(?:-[a-z0-9]+)*)\.[a-z0-9]+")
KEYS: Final = {
    "jsonc": ("mcp", "vgxness"),
    "json": ("mcpServers", "vgxness"),
    "toml": ("mcp_servers", "vgxness"),
    "yaml": ("extensions", "vgxness"),
    "frontmatter": ("vgxness",),
}
# So that a specimen of a live key can't slip in: what their vendors' own scanners look for.
LIVE = re.compile(
    rb"sk-ant-api\d\d-|sk-proj-\w{24}|gh[pousr]_\w{36}|AKIA[0-9A-Z]{16}|xox[bp]-\d{10}|AIza[\w-]{35}"
)
FILES = [path for path in sorted(DATA.glob("**/*")) if path.is_file() and path.name != "README.md"]
SPECIMENS = [path for path in FILES if path.parent.name in FORMATS]


def named(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def parts(path: Path) -> tuple[str, str]:
    found = NAME.fullmatch(path.name)
    assert found, path
    return found["kind"], found["hazard"]


@pytest.mark.parametrize("format", FORMATS)
def test_there_are_enough_of_a_format_and_no_hazard_twice(format: str) -> None:
    rows = [parts(path) for path in SPECIMENS if path.parent.name == format]
    assert len(rows) >= 60
    assert len({kind for kind, _ in rows}) >= 12
    assert len({hazard for _, hazard in rows}) == len(rows)
    assert len([kind for kind, _ in rows if kind == "broken"]) >= 5


def test_no_two_specimens_of_a_format_are_alike_and_none_is_out_of_place() -> None:
    contents = Counter((path.parent.name, path.read_bytes()) for path in FILES)
    assert [name for (name, _), count in contents.items() if count > 1] == []
    assert {path.parent.name for path in FILES} == {*FORMATS, "files"}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_it_is_named_by_the_rule_small_and_holds_nothing_live(path: Path) -> None:
    assert NAME.fullmatch(path.name)
    assert path.stat().st_size < 64 * 1024
    assert not LIVE.search(path.read_bytes())


@pytest.mark.parametrize("path", SPECIMENS, ids=named)
def test_our_reader_agrees_with_its_name(path: Path) -> None:
    if parts(path)[0] != "broken":
        assert edited(path) != path.read_bytes().decode()
        return
    with pytest.raises((ParseError, EditError, UnicodeDecodeError)):
        edited(path)


def edited(path: Path) -> str:
    """Return a specimen with an entry of each kind that its format takes."""
    name, text = cast("TargetFormat", path.parent.name), path.read_bytes().decode()
    dialect, lines = keyed(name), blocks(name)
    if dialect:
        dialect.get(text, KEYS[name])
        text = dialect.set_key(text, KEYS[name], {"command": "/opt/vgxness"})
    return lines.write_block(text, "vgxness", "Remember.") if lines else text
