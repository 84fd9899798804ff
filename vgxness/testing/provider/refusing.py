"""Files that can't be edited safely: refused with a code, and left as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from vgxness.contract.provider import ConfigTarget, ProviderAdapter, SetKey
from vgxness.errors import ERROR_CODES, ExitCode
from vgxness.testing.machine import Machine
from vgxness.testing.provider.base import AdapterSuite
from vgxness.testing.provider.documents import KEYED, existing, write
from vgxness.testing.provider.world import World, put, worlds

Spoil = Callable[[ConfigTarget, Machine], bool]


class Refuses(AdapterSuite):
    """The promises about files that are not as one hopes."""

    @pytest.mark.parametrize(
        "bad",
        [
            "not-utf8",
            "unparsable",
            "a-directory-in-its-place",
            "a-file-in-its-directory's-place",
            "dangling-symlink",
            "link-out-of-the-root",
            "read-only",
            "another-s-entry",
        ],
    )
    def test_a_bad_file_blocks_and_stays_as_it_is(
        self, adapter: ProviderAdapter, tmp_path: Path, bad: str
    ) -> None:
        """Each target's file by itself; the answer has a code that a script can branch on."""
        tried = 0
        for world in worlds(adapter, tmp_path):
            for number, target in enumerate(world.targets()):
                machine = Machine(root=tmp_path / f"{bad}-{world.scope}-{number}")
                tried += _blocks(World(adapter, world.scope, machine), target.id, bad)
        if not tried:
            pytest.skip(f"no file of this adapter can be {bad}")


def _blocks(world: World, id: str, bad: str) -> int:
    target = next(one for one in world.targets() if one.id == id)
    if not _SPOILERS[bad](target, world.machine):
        return 0
    if target.path not in {one.path for one in world.targets()}:
        return 0  # the adapter chose another file, so this one is out of danger
    before = _state_of(target.path)
    where = f"{world.label}, {target.path}: {bad}"
    # A tree is planned file by file, so each of its files has to be held back.
    planned = [one for one in world.plan().targets if one.path.is_relative_to(target.path)]
    assert planned, f"{where}: it is not in the plan"
    assert all(one.problem for one in planned), f"{where}: it would be written"
    code = world.refusal()
    assert code, f"{where}: an apply took it"
    assert ERROR_CODES[code].exit_code == ExitCode.CONFLICT, f"{where}: {code}"
    assert _state_of(target.path) == before, f"{where}: it was changed"
    return 1


def _state_of(path: Path) -> Mapping[str, str]:
    from vgxness.testing.machine import snapshot

    return snapshot(path) if path.is_symlink() or path.exists() else snapshot(path.parent)


def _not_utf8(target: ConfigTarget, _machine: Machine) -> bool:
    content = existing(target)
    if content is not None:
        put(target.path, content + b"caf\xe9\n")
    return content is not None


def _unparsable(target: ConfigTarget, _machine: Machine) -> bool:
    content = existing(target)
    if content is None or target.format not in KEYED:
        return False
    middle = len(content) // 2
    broken = (
        b"---\n: [ {\n---\n"
        if target.format == "frontmatter"
        else content[:middle] + b"\n]}{[ = :\n" + content[middle:]
    )
    put(target.path, broken)
    return True


def _directory(target: ConfigTarget, _machine: Machine) -> bool:
    if target.format == "tree":
        put(target.path, b"a file where a directory should be")
    else:
        target.path.mkdir(parents=True)
    return True


def _file_above(target: ConfigTarget, machine: Machine) -> bool:
    parent = target.path.parent
    if parent in (machine.home, machine.workspace):
        return False
    put(parent, b"a file where a directory should be")
    return True


def _dangling(target: ConfigTarget, _machine: Machine) -> bool:
    target.path.parent.mkdir(parents=True, exist_ok=True)
    target.path.symlink_to("nowhere")
    return True


def _out_of_root(target: ConfigTarget, machine: Machine) -> bool:
    outside = machine.root / "outside"
    if target.format == "tree":
        outside.mkdir()
    else:
        put(outside, existing(target) or b"")
    target.path.parent.mkdir(parents=True, exist_ok=True)
    target.path.symlink_to(outside)
    return True


def _read_only(target: ConfigTarget, _machine: Machine) -> bool:
    content = existing(target)
    if content is not None:
        put(target.path, content, 0o400)
    return content is not None


def _another_s(target: ConfigTarget, _machine: Machine) -> bool:
    """Put an entry of somebody else's under the name of ours."""
    keys = [edit for edit in target.edits if isinstance(edit, SetKey) and not edit.only_if_absent]
    if target.format not in KEYED or not keys:
        return False
    table: dict[str, object] = {}
    inner = table
    for key in keys[0].path[:-1]:
        inner[key] = inner = {}
    inner[keys[0].path[-1]] = {"theirs": "theirs"}
    put(target.path, write(table, target.format).encode())
    return True


_SPOILERS: Final[Mapping[str, Spoil]] = {
    "not-utf8": _not_utf8,
    "unparsable": _unparsable,
    "a-directory-in-its-place": _directory,
    "a-file-in-its-directory's-place": _file_above,
    "dangling-symlink": _dangling,
    "link-out-of-the-root": _out_of_root,
    "read-only": _read_only,
    "another-s-entry": _another_s,
}
