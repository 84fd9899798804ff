"""Every bad thing that can stand in a file's place, in every format: refused, or edited and back."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.setup.fakes import Editor, Wished, service, tree
from vgxness.contract.provider import Edit, ManagedBlock, OwnedTree, SetKey, TargetFormat, WholeFile
from vgxness.setup import SetupService

SECRET = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"
KEY = SetKey(path=("servers", "vgxness"), value={"command": "/opt/vgxness", "args": ["mcp"]})
BLOCK = ManagedBlock(text="Remember.\n")
WANTED: dict[TargetFormat, tuple[Edit, ...]] = {
    "jsonc": (KEY,),
    "json": (KEY,),
    "toml": (KEY,),
    "yaml": (KEY,),
    "markdown": (BLOCK,),
    "frontmatter": (KEY, BLOCK),
    "bytes": (WholeFile(content=b"ours \0\n"),),
    "tree": (OwnedTree(files={"deep/ours.md": b"ours\n"}),),
}
GOOD: dict[TargetFormat, str] = {
    "jsonc": '{\n  "own": "käse" // mine\n}\n',
    "json": '{\n  "own": "käse"\n}\n',
    "toml": 'own = "käse" # mine\n',
    "yaml": "own: käse # mine\n",
    "markdown": "# Käse\n\nMine.\n",
    "frontmatter": "---\nown: käse # mine\n---\n\nMine.\n",
}
FORMATS = list(WANTED)
TEXTS = list(GOOD)
KEYED: tuple[TargetFormat, ...] = ("jsonc", "json", "toml", "yaml", "frontmatter")


def path_of(home: Path, kind: TargetFormat) -> Path:
    """Where the file stands in the end, below directories of its own."""
    path = home / "config" / "place"
    path.parent.mkdir()
    if kind == "tree":
        (path / "deep").mkdir(parents=True)
        return path / "deep" / "ours.md"
    return path


def setup_of(home: Path, kind: TargetFormat) -> SetupService:
    return service(home, Editor(wished=(Wished(path="config/place", format=kind, edits=WANTED[kind]),)))


def named(noun: str, kinds: list[TargetFormat] | tuple[TargetFormat, ...]) -> list[object]:
    return [pytest.param(kind, id=f"{kind}-config-{noun}") for kind in kinds]


def require_refused(home: Path, kind: TargetFormat, code: str, cause: str) -> None:
    """Nothing is written, not even a state directory, and what is said quotes nothing."""
    before = tree(home.parent)
    setup = setup_of(home, kind)
    outcome = setup.apply()
    assert outcome.receipt is None
    (held,) = outcome.plan.held_back
    assert held.problem
    assert held.problem.code == code
    assert cause in held.problem.cause
    assert held.problem.hint
    (status,) = setup.status()[0].targets
    assert status.drift == "unreadable" or cause == "is read-only"
    assert SECRET not in repr(outcome) + repr(status)
    assert tree(home.parent) == before
    assert not (home / ".local").exists()


def require_there_and_back(home: Path, kind: TargetFormat) -> bytes:
    """Apply, twice, and go back; return what stood there in between."""
    before = tree(home)
    setup = setup_of(home, kind)
    assert setup.apply(takes={"": "ours"}).receipt
    path = home / "config" / "place"
    edited = (path / "deep" / "ours.md" if kind == "tree" else path).read_bytes()
    assert {row.drift for row in setup.status()[0].targets} == {"in-sync"}
    assert setup.apply().receipt is None
    setup.rollback()
    assert tree(home) == before
    return edited


def directory(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def out_of_root(path: Path) -> None:
    outside = path.parents[len(path.parts) - len(home_of(path).parts)] / "outside"
    outside.write_text(SECRET)
    path.symlink_to(outside)


def home_of(path: Path) -> Path:
    return next(parent for parent in path.parents if parent.name == "home").parent


def fifo(path: Path) -> None:
    os.mkfifo(path)


def read_only(path: Path) -> None:
    path.write_bytes(b"")
    path.chmod(0o444)


PLACES: dict[str, tuple[Callable[[Path], None], str]] = {
    "directory": (directory, "It is a directory."),
    "dangling-symlink": (dangling, "does not exist"),
    "symlink-out-of-root": (out_of_root, "which is not in"),
    "fifo": (fifo, "not a regular file"),
    "read-only": (read_only, "is read-only"),
}


@pytest.mark.parametrize(
    ("kind", "noun"),
    [pytest.param(kind, noun, id=f"{kind}-config-{noun}") for noun, kind in product(PLACES, FORMATS)],
)
def test_a_place_that_is_no_plain_file_is_refused(home: Path, kind: TargetFormat, noun: str) -> None:
    make, cause = PLACES[noun]
    make(path_of(home, kind))
    require_refused(home, kind, "config_blocked", cause)


UNPARSABLE: dict[TargetFormat, str] = {
    "jsonc": f'{{\n  "key": "{SECRET}"\n  "b": 1\n}}',
    "json": f'{{\n  "key": "{SECRET}", // not in strict JSON\n  "b": 1\n}}',
    "toml": f'key = "{SECRET}\n',
    "yaml": f'key: "{SECRET}\n: [\n',
    "frontmatter": f'---\nkey: "{SECRET}\n---\n\nBody.\n',
}
TWICE: dict[TargetFormat, str] = {
    "jsonc": '{"servers": {}, "servers": {}}',
    "json": '{"servers": {}, "servers": {}}',
    "toml": "[servers]\n[servers]\n",
    "yaml": "servers: {}\nservers: {}\n",
    "frontmatter": "---\nservers: {}\nservers: {}\n---\n",
}
BLOCKS = {
    "unparsable": "# Mine\n\n<!-- vgxness:begin vgxness -->\n" + SECRET + "\n",
    "duplicate-keys": "<!-- vgxness:begin vgxness -->\n<!-- vgxness:end vgxness -->\n\n" * 2,
}
COMMAS: dict[TargetFormat, str] = {"json": '{"own": [1, 2,],}'}


@pytest.mark.parametrize("kind", named("unparsable", list(UNPARSABLE)))
def test_a_text_that_does_not_parse_is_refused(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_text(UNPARSABLE[kind])
    require_refused(home, kind, "config_unparsable", "Line ")


@pytest.mark.parametrize("kind", named("duplicate-keys", KEYED))
def test_a_key_that_stands_twice_on_our_way_is_refused(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_text(TWICE[kind])
    code = "config_unparsable" if kind in ("toml", "yaml", "frontmatter") else "config_blocked"
    require_refused(home, kind, code, "")


@pytest.mark.parametrize(
    ("kind", "noun"),
    [
        pytest.param(kind, noun, id=f"{kind}-config-{noun}-block")
        for kind, noun in product(("markdown", "frontmatter"), BLOCKS)
    ],
)
def test_a_block_that_never_ends_or_stands_twice_is_refused(
    home: Path, kind: TargetFormat, noun: str
) -> None:
    path_of(home, kind).write_text(BLOCKS[noun])
    require_refused(home, kind, "config_blocked", "block")


@pytest.mark.parametrize("kind", named("not-utf8", TEXTS))
def test_a_text_that_is_not_utf8_is_refused_with_its_place(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_bytes(GOOD[kind].encode("latin-1"))
    require_refused(home, kind, "config_unparsable", "the text is not UTF-8")


def test_a_whole_file_need_not_be_utf8(home: Path) -> None:
    path_of(home, "bytes").write_bytes(b"\xff\xfe\0")
    assert require_there_and_back(home, "bytes") == b"ours \0\n"


@pytest.mark.parametrize("kind", named("trailing-commas", ("json",)))
def test_trailing_commas_are_refused_in_strict_json(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_text(COMMAS[kind])
    require_refused(home, kind, "config_unparsable", "Line 1")


@pytest.mark.parametrize("kind", named("trailing-commas", ("jsonc",)))
def test_trailing_commas_are_kept_in_jsonc(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_text(COMMAS["json"])
    assert b"[1, 2,]" in require_there_and_back(home, kind)


@pytest.mark.parametrize("kind", named("bom", TEXTS))
def test_a_byte_order_mark_stays_in_front(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_text("\ufeff" + GOOD[kind])
    edited = require_there_and_back(home, kind).decode()
    assert edited.startswith("\ufeff")
    assert edited.count("\ufeff") == 1


@pytest.mark.parametrize("kind", named("crlf", TEXTS))
def test_carriage_returns_are_used_where_the_file_uses_them(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_bytes(GOOD[kind].replace("\n", "\r\n").encode())
    edited = require_there_and_back(home, kind)
    assert edited.count(b"\r\n") == edited.count(b"\n") > GOOD[kind].count("\n")


@pytest.mark.parametrize("kind", named("empty", FORMATS))
def test_an_empty_file_is_filled_and_emptied(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_bytes(b"")
    assert require_there_and_back(home, kind)


@pytest.mark.parametrize("kind", named("hard-link", FORMATS))
def test_a_hard_link_is_noticed_and_its_other_name_keeps_the_old_text(home: Path, kind: TargetFormat) -> None:
    path, other = path_of(home, kind), home / "other"
    path.write_text(GOOD.get(kind, "mine"))
    os.link(path, other)
    (notice,) = setup_of(home, kind).plan(takes={"": "ours"}).notices
    assert notice == f"{path} is hard-linked; its other names will keep what stands there now."
    require_there_and_back(home, kind)
    assert other.read_text() == GOOD.get(kind, "mine")


def many(kind: TargetFormat, count: int) -> str:
    """A text of so many lines, in the middle of what a client keeps."""
    numbers = range(count)
    match kind:
        case "jsonc" | "json":
            rows = ",\n".join(f'    {{"n": {n}, "text": "lorem ipsum dolor sit amet"}}' for n in numbers)
            return f'{{\n  "pad": [\n{rows}\n  ]\n}}\n'
        case "toml":
            return "".join(f'key{n} = "lorem ipsum dolor sit amet"\n' for n in numbers)
        case "yaml":
            return "".join(f"key{n}: lorem ipsum dolor sit amet\n" for n in numbers)
        case "frontmatter":
            half = numbers[: count // 2]
            head = "".join(f"key{n}: lorem ipsum dolor\n" for n in half)
            return f"---\n{head}---\n" + "Lorem ipsum dolor sit amet.\n" * (count // 2)
        case _:
            return "".join(f"Line {n} of many.\n" for n in numbers)


@pytest.mark.parametrize("kind", named("30000-lines", FORMATS))
def test_thirty_thousand_lines_go_there_and_back(home: Path, kind: TargetFormat) -> None:
    path_of(home, kind).write_text(many(kind, 30_000))
    require_there_and_back(home, kind)


@pytest.mark.parametrize("kind", named("5mb", ("jsonc", "json", "markdown", "bytes", "tree")))
def test_five_megabytes_go_there_and_back(home: Path, kind: TargetFormat) -> None:
    path = path_of(home, kind)
    path.write_text(many(kind, 90_000 if kind in ("json", "jsonc") else 240_000))
    assert path.stat().st_size > 4_500_000
    require_there_and_back(home, kind)


@pytest.mark.parametrize("kind", named("over-32mib", FORMATS))
def test_more_than_is_ever_edited_is_refused_unread(home: Path, kind: TargetFormat) -> None:
    path = path_of(home, kind)
    path.touch()
    os.truncate(path, 33 * 1024 * 1024)
    require_refused(home, kind, "config_blocked", "at most")
