"""What planning and applying do with an adapter's targets, and what they leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vgxness.contract.provider import EnsureItem, ProviderAdapter, SetKey, TargetFormat
from vgxness.testing.machine import SERVER, WINDOWS_SERVER
from vgxness.testing.provider.base import AdapterSuite
from vgxness.testing.provider.documents import KEYED, MARK, contains, edited, edited_inside, get, read
from vgxness.testing.provider.world import OTHER_SERVER, World, worlds


class Applies(AdapterSuite):
    """The promises between a plan and the files it becomes."""

    def test_planning_is_pure(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """A plan writes nothing anywhere, and the next one is the same."""
        for name in ("empty", "in-use"):
            for world in worlds(adapter, tmp_path, name):
                if name == "in-use":
                    world.seed("plain", samples)
                before = world.machine.files()
                first = world.plan()
                assert first.changes, f"{world.label}: nothing would be written"
                assert world.plan().digest == first.digest, f"{world.label}: two plans differ"
                assert world.machine.files() == before, f"{world.label}: planning wrote something"
                assert not world.machine.paths.state.exists(), f"{world.label}: planning left a trace"

    def test_applying_twice_changes_nothing_the_second_time(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """The second plan is empty, and the second apply leaves no receipt."""
        for world in worlds(adapter, tmp_path):
            world.seed("plain", samples)
            assert world.apply().receipt is not None
            after = world.machine.files()
            actions = {target.action for target in world.plan().targets}
            assert actions == {"unchanged"}, f"{world.label}: after an apply, the plan is {actions}"
            assert world.apply().receipt is None, f"{world.label}: the second apply wrote"
            assert world.machine.files() == after

    def test_what_was_planned_stands_in_the_files(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """Read back by another parser, every value is the one asked for; Windows paths too."""
        for name, server in (("posix", SERVER), ("windows", WINDOWS_SERVER)):
            for world in worlds(adapter, tmp_path, name):
                world.seed("plain", samples)
                asked = world.targets(server)
                world.apply(server)
                for target in asked:
                    if target.format in KEYED:
                        said = read(target.path.read_bytes(), target.format)
                        for edit in target.edits:
                            _assert_said(said, edit, f"{world.label}, {target.path.name}")

    def test_what_the_user_has_already_stays(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """Every key, item and line that stood in a file before stands in it after an apply."""
        for world in worlds(adapter, tmp_path):
            world.seed("plain", samples)
            places = (world.machine.home, world.machine.workspace)
            had = {file: file.read_bytes() for place in places for file in files_of(place)}
            world.apply()
            for target in world.targets():
                before, after = had.get(target.path), target.path
                if before is None:
                    continue
                where = f"{world.label}, {target.path.name}"
                if target.format in KEYED and not samples.get(target.id):
                    said = read(after.read_bytes(), target.format)
                    assert contains(said, read(before, target.format)), f"{where}: a user's key is gone"
                lines = set(before.split(b"\n")) - set(after.read_bytes().split(b"\n"))
                assert len(lines) <= len(target.edits) + 1, f"{where}: the user's lines were rewritten"

    def test_a_user_s_edits_beside_ours_survive_the_next_apply(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """A key, an item or a line more, and then a vgxness that moved elsewhere."""
        for world in worlds(adapter, tmp_path):
            world.seed("plain", samples)
            world.apply()
            touched = edit_outside(world)
            for server in (SERVER, OTHER_SERVER):
                world.apply(server)
                for path in touched:
                    assert MARK.encode() in path.read_bytes(), (
                        f"{world.label}: the user's edit of {path} is gone"
                    )

    def test_a_user_s_edits_inside_ours_survive_the_next_apply(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """A key that the user put into our entry stays when the rest of the entry changes."""
        for world in worlds(adapter, tmp_path):
            world.seed("plain", samples)
            world.apply()
            touched = edit_inside(world)
            for server in (SERVER, OTHER_SERVER):
                world.apply(server)
                for file, path, kind in touched:
                    said = get(read(file.read_bytes(), kind), (*path, MARK))
                    assert said == "inside", f"{world.label}: the user's key in {'.'.join(path)} is gone"

    def test_a_moved_server_is_followed(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """After an apply for another command nothing of the old one is left in any file."""
        for world in worlds(adapter, tmp_path):
            world.seed("plain", samples)
            old = world.targets()
            world.apply()
            world.apply(OTHER_SERVER)
            for target in (*old, *world.targets(OTHER_SERVER)):
                for file in files_of(target.path):
                    assert SERVER.command[0].encode() not in file.read_bytes(), (
                        f"{world.label}: {file} is stale"
                    )


def edit_outside(world: World) -> list[Path]:
    """Edit every file of a world as its user might, beside our entries; return the files."""
    touched: list[Path] = []
    for target in world.targets():
        if target.format == "bytes":
            continue
        if target.format == "tree":
            file = target.path / "theirs.txt"
            file.write_text(MARK)
        else:
            file = target.path
            file.write_bytes(edited(file.read_bytes(), target))
        touched.append(file)
    return touched


def edit_inside(world: World) -> list[tuple[Path, tuple[str, ...], TargetFormat]]:
    """Put a user's key into each of our entries that is a table; return file, path and format of each."""
    touched: list[tuple[Path, tuple[str, ...], TargetFormat]] = []
    for target in world.targets():
        for edit in target.edits:
            if isinstance(edit, SetKey) and isinstance(edit.value, Mapping) and not edit.only_if_absent:
                target.path.write_bytes(edited_inside(target.path.read_bytes(), target, edit))
                touched.append((target.path, edit.path, target.format))
    return touched


def files_of(path: Path) -> list[Path]:
    """Return a file, or the files below a directory, or nothing where there is neither."""
    if path.is_dir():
        return [file for file in path.rglob("*") if file.is_file()]
    return [path] if path.exists() else []


def _assert_said(said: Mapping[str, object], edit: object, where: str) -> None:
    if isinstance(edit, SetKey) and not edit.only_if_absent:
        assert get(said, edit.path) == edit.value, f"{where}: {'.'.join(edit.path)} says something else"
    if isinstance(edit, EnsureItem):
        assert edit.value in (get(said, edit.path) or []), f"{where}: {edit.name} is not in its list"
