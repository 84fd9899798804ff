"""Every specimen goes there and back: what we want stands in it, and nothing else of it ever changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from typing import cast

import pytest

from tests.setup.documents import is_subsequence
from tests.setup.fakes import Editor, Wished, service, tree
from vgxness.contract.provider import Edit, EnsureItem, ManagedBlock, SetKey, TargetFormat
from vgxness.setup import SetupService
from vgxness.setup.formats.dialects import blocks, keyed
from vgxness.setup.formats.failure import EditError

CONFIGS = Path(__file__).parents[1] / "data" / "configs"
VALUE = {"command": "/opt/vg ness/vgxness", "args": ["mcp", "--x=#1: {y}"], "env": {"A": "C:\\x"}, "on": True}
SERVERS = {
    "json": ("mcpServers", "vgxness"),
    "jsonc": ("mcp", "vgxness"),
    "toml": ("mcp_servers", "vgxness"),
    "yaml": ("extensions", "vgxness"),
    "frontmatter": ("vgxness",),
}
LISTS = {
    "json": ("permissions", "allow"),
    "jsonc": ("instructions",),
    "toml": ("project_doc_fallback_filenames",),
    "yaml": ("read",),
    "frontmatter": ("tools",),
}
BLOCK = ManagedBlock(text="Remember what you learn.\n\n- Search first.\n")
NOTE = "note of mine"

SPECIMENS = [
    pytest.param(path, id=f"{path.parent.name}-{path.stem}")
    for path in sorted(CONFIGS.glob("*/*--*"))
    if not path.name.startswith("broken")
]
BROKEN = [
    pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in sorted(CONFIGS.glob("*/broken--*"))
]


def format_of(specimen: Path) -> TargetFormat:
    return cast("TargetFormat", specimen.parent.name)


def edits_for(format: TargetFormat, text: str) -> tuple[Edit, ...]:
    """All the edits that a format takes; an item only where the specimen has a place for it."""
    found: list[Edit] = [SetKey(path=SERVERS[format], value=VALUE)] if keyed(format) else []
    if takes_item(format, text):
        found.append(EnsureItem(path=LISTS[format], name="ours", value="of-vgxness"))
    if blocks(format):
        found.append(BLOCK)
    return tuple(found)


def takes_item(format: TargetFormat, text: str) -> bool:
    dialect = keyed(format)
    with suppress(EditError):
        return bool(dialect and dialect.insert_item(text, LISTS[format], "of-vgxness"))
    return False


def placed(home: Path, specimen: Path) -> tuple[Path, SetupService, tuple[Edit, ...]]:
    path = home / specimen.name
    path.write_bytes(specimen.read_bytes())
    path.chmod(0o640)
    edits = edits_for(format_of(specimen), text_of(path))
    wished = Wished(path=path.name, format=format_of(specimen), edits=edits)
    return path, service(home, Editor(wished=(wished,))), edits


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


def apply(setup: SetupService) -> bool:
    """Apply, taking our side where the specimen holds something else in our place; tell whether it did."""
    outcome = setup.apply()
    if held := outcome.plan.held_back:
        assert [target.action for target in held] == ["conflict"]
        assert setup.apply(takes={"": "ours"}).receipt
        return True
    assert outcome.receipt
    return False


def stands(format: TargetFormat, text: str, edit: Edit) -> bool:
    """Whether an edit is made in a text."""
    dialect, lines = keyed(format), blocks(format)
    match edit:
        case SetKey() if dialect:
            return dialect.get(text, edit.path) == edit.value
        case EnsureItem() if dialect:
            found = dialect.get(text, edit.path)
            return isinstance(found, Sequence) and edit.value in found
        case ManagedBlock() if lines:
            return lines.read_block(text, edit.name) == edit.text.strip("\n")
        case _:
            return False


def changed_lines(before: str, after: str) -> int:
    """How many lines of the one don't stand in the other, in order."""
    left, right = before.splitlines(), after.splitlines()
    kept = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return len(left) - sum(block.size for block in kept)


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_it_goes_there_and_back(home: Path, specimen: Path) -> None:
    path, setup, edits = placed(home, specimen)
    before, text = tree(home), text_of(path)
    replaced = apply(setup)
    edited = text_of(path)
    assert [edit for edit in edits if not stands(format_of(specimen), edited, edit)] == []
    if not replaced:
        assert is_subsequence(text, edited), "something of the user's is gone"
        assert changed_lines(text, edited) <= 2 * len(edits)
    assert path.stat().st_mode & 0o777 == 0o640
    assert setup.status()[0].targets[0].drift == "in-sync"
    assert setup.apply().receipt is None
    assert text_of(path) == edited
    setup.rollback()
    assert tree(home) == before


def newline_of(text: str) -> str:
    return next(iter(re.findall(r"\r\n|\r|\n", text)), "\n")


def with_note(format: TargetFormat, text: str, *, at_end: bool) -> str:
    """The text as a user leaves it who writes a word above or below everything in it."""
    newline = newline_of(text)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    if format == "json":
        head, brace, tail = text.partition("{")
        comma = "" if tail.lstrip().startswith("}") else ","
        return f'{head}{brace}"{NOTE}": 1{comma}{tail}'
    if format == "frontmatter" and not at_end and body.startswith("---"):
        fence, end, rest = body.partition(newline)
        return f"{mark}{fence}{end}# {NOTE}{newline}{rest}"
    words = {"jsonc": f"// {NOTE}", "toml": f"# {NOTE}", "yaml": f"# {NOTE}"}.get(format, NOTE)
    if not at_end:
        return f"{mark}{words}{newline}{body}"
    return text + ("" if text.endswith(("\n", "\r")) or not body else newline) + words + newline


@pytest.mark.parametrize("at_end", [False, True], ids=["above", "below"])
@pytest.mark.parametrize("specimen", SPECIMENS)
def test_what_the_user_writes_meanwhile_stays_and_nothing_of_ours_does(
    home: Path, specimen: Path, at_end: bool
) -> None:
    format = format_of(specimen)
    path, setup, _ = placed(home, specimen)
    text = text_of(path)
    apply(setup)
    path.write_bytes(with_note(format, text_of(path), at_end=at_end).encode())
    setup.uninstall()
    assert text_of(path) == with_note(format, text, at_end=at_end)


@pytest.mark.parametrize("specimen", BROKEN)
def test_what_is_broken_is_refused_untouched_and_unquoted(home: Path, specimen: Path) -> None:
    path = home / specimen.name
    path.write_bytes(specimen.read_bytes())
    format = format_of(specimen)
    edits: list[Edit] = [SetKey(path=SERVERS[format], value=VALUE)] if keyed(format) else []
    edits += [BLOCK] if blocks(format) else []
    setup = service(home, Editor(wished=(Wished(path=path.name, format=format, edits=tuple(edits)),)))
    before = tree(home)
    outcome = setup.apply()
    assert outcome.receipt is None
    (held,) = outcome.plan.held_back
    assert held.problem
    assert held.problem.code in ("config_unparsable", "config_blocked")
    assert outcome.plan.targets[0].diff == ""
    status = setup.status()[0].targets[0]
    assert status.drift in ("unreadable", "foreign", "absent")
    assert tree(home) == before
    assert not (home / ".local").exists()
    said = repr(outcome.plan) + repr(status)
    content = specimen.read_bytes().decode("latin-1")
    assert [word for word in re.findall(r"[\w./:-]{14,}", content) if word in said] == []
    assert [line for line in content.splitlines() if len(line) > 8 and line.strip() in said] == []


def test_there_are_enough_of_them_and_no_hazard_twice() -> None:
    found = [(path.parent.name, *path.stem.split("--", 1)) for path in CONFIGS.glob("*/*--*")]
    for format in {row[0] for row in found}:
        rows = [row for row in found if row[0] == format]
        assert len(rows) >= 60
        assert len({kind for _, kind, _ in rows}) >= 12
        assert len({hazard for _, _, hazard in rows}) == len(rows)
