"""Every specimen goes there and back: what we want stands in it, and nothing else of it ever changes."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from typing import cast

import pytest

from tests.setup.documents import is_subsequence
from tests.setup.fakes import Editor, Wished, service, tree
from tests.setup.homes import Note
from vgxness.contract.provider import Edit, EnsureItem, ManagedBlock, SetKey, TargetFormat, WholeFile
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
HOLLOW = re.compile(r"\ufeff?(\s|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
BLOCK = ManagedBlock(text="Remember what you learn.\n\n- Search first.\n")
NOTE = "note of mine"


@pytest.fixture(autouse=True)
def unflushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug here, and flushing a thousand specimens takes minutes."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


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
    if dialect is None:
        return False
    with suppress(EditError):
        dialect.get(text, LISTS[format])
        return bool(dialect.insert_item(text, LISTS[format], "of-vgxness"))
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
            return isinstance(found, list) and edit.value in found
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


@pytest.mark.parametrize("at_end", [False, True], ids=["above", "below"])
@pytest.mark.parametrize("specimen", SPECIMENS)
def test_what_the_user_writes_meanwhile_stays_and_nothing_of_ours_does(
    home: Path, specimen: Path, at_end: bool
) -> None:
    kind = format_of(specimen)
    note = Note(NOTE, at_end=at_end)
    path, setup, _ = placed(home, specimen)
    text = text_of(path)
    apply(setup)
    path.write_bytes(note.written(kind, text_of(path)).encode())
    setup.uninstall()
    assert is_noted(kind, text, text_of(path), note)


def is_noted(format: TargetFormat, before: str, after: str, note: Note) -> bool:
    """Whether a text is the one from before with a user's word in it."""
    if format == "json" and '"' not in before:
        return json.loads(after.removeprefix("\ufeff")) == {NOTE: 1}
    # Braces that we made stay where the user wrote beside them: JSON without a document is none.
    braced = f"{before}{{}}\n" if format == "jsonc" and HOLLOW.fullmatch(before) else before
    return after in (note.written(format, text) for text in (before, braced))


@pytest.mark.parametrize("specimen", BROKEN)
def test_what_is_broken_is_refused_untouched_and_unquoted(home: Path, specimen: Path) -> None:
    path = home / specimen.name
    path.write_bytes(specimen.read_bytes())
    kind = format_of(specimen)
    edits: list[Edit] = [SetKey(path=SERVERS[kind], value=VALUE)] if keyed(kind) else []
    edits += [BLOCK] if blocks(kind) else []
    setup = service(home, Editor(wished=(Wished(path=path.name, format=kind, edits=tuple(edits)),)))
    before = tree(home)
    outcome = setup.apply(takes={"": "ours"})
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


WHOLE = [pytest.param(path, id=path.stem) for path in sorted((CONFIGS.parent / "files").glob("*--*"))]


@pytest.mark.parametrize("is_ours", [False, True], ids=["theirs", "ours"])
@pytest.mark.parametrize("specimen", WHOLE)
def test_a_whole_file_is_taken_byte_by_byte(home: Path, specimen: Path, is_ours: bool) -> None:
    path, other = home / specimen.name, b"\0 of vgxness \xff\r\n"
    content = specimen.read_bytes()
    if not is_ours:
        path.write_bytes(content)
        path.chmod(0o755)
    before = tree(home)
    edit = WholeFile(content=content if is_ours else other)
    setup = service(home, Editor(wished=(Wished(path=path.name, format="bytes", edits=(edit,)),)))
    assert setup.apply(takes={"": "ours"}).receipt
    assert path.read_bytes() == edit.content
    assert setup.apply().receipt is None
    assert setup.status()[0].targets[0].drift == ("in-sync" if edit.content else "missing")
    setup.rollback()
    assert tree(home) == before


def test_there_are_enough_of_them_and_no_hazard_twice() -> None:
    found = [(path.parent.name, *path.stem.split("--", 1)) for path in CONFIGS.glob("*/*--*")]
    for kind in {row[0] for row in found}:
        rows = [row for row in found if row[0] == kind]
        assert len(rows) >= 60
        assert len({kind for _, kind, _ in rows}) >= 12
        assert len({hazard for _, _, hazard in rows}) == len(rows)
