"""What an adapter says: names, places and edits that the host can trust, and nothing done while saying it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from vgxness.contract.provider import ConfigScope, Detection, LiveVerdict, ProviderAdapter, ServerCommand
from vgxness.kernel.linter import private_imports
from vgxness.testing.machine import SERVER, WINDOWS_SERVER, Machine, snapshot
from vgxness.testing.provider.base import AdapterSuite
from vgxness.testing.provider.rules import NAME, faults_of, texts_of
from vgxness.testing.provider.world import OTHER_SERVER, worlds
from vgxness.testing.sources import sources_of


class Declares(AdapterSuite):
    """The promises that hold before anything is planned."""

    def test_the_adapter_has_all_the_parts_of_one(self, adapter: ProviderAdapter) -> None:
        """Its name is what a user types, its scopes are known ones, its verbs are there."""
        assert isinstance(adapter, ProviderAdapter), "it lacks a part of the protocol ProviderAdapter"
        assert NAME.fullmatch(adapter.name), f"the name {adapter.name!r} is not [a-z0-9-]"
        assert adapter.title.strip(), "the title is empty"
        scopes: tuple[ConfigScope, ...] = adapter.config_scopes
        assert scopes, "it has no config scope"
        assert len(set(scopes)) == len(scopes), f"a scope is named twice: {scopes}"
        assert set(scopes) <= {"user", "project"}, f"an unknown scope: {scopes}"

    def test_it_imports_the_door_and_nothing_else_of_vgxness(self, adapter: ProviderAdapter) -> None:
        """Only `vgxness.plugin` and `vgxness.errors`, in every module of its package."""
        private = [
            f"{path.name}:{line} imports {name}"
            for path in sources_of(self.package or type(adapter).__module__.partition(".")[0])
            for line, name in private_imports(path.read_text("utf-8"))
        ]
        assert private == []

    def test_detection_writes_nothing(self, adapter: ProviderAdapter, tmp_path: Path) -> None:
        """Whether the client is there or not; asked twice, it answers the same."""
        machine = Machine(root=tmp_path / "machine")
        _detect_quietly(adapter, machine)
        for name in self.programs:
            machine.install(name)
            _detect_quietly(adapter, machine)

    def test_detection_looks_at_the_context_and_not_at_the_real_environment(
        self, adapter: ProviderAdapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """HOME, XDG_* and PATH of the process belong to somebody else: nothing of theirs is in any answer."""
        machine = Machine(root=tmp_path / "machine")
        quiet = adapter.detect(machine)
        stranger = Machine(root=tmp_path / "stranger")
        for name in self.programs:
            stranger.install(name)
        for name, value in _variables(stranger).items():
            monkeypatch.setenv(name, value)
        before = snapshot(stranger.root)
        assert adapter.detect(machine) == quiet, "detection depends on the environment of the process"
        for scope in adapter.config_scopes:
            for target in adapter.targets(machine.request(adapter, scope)):
                assert not target.path.is_relative_to(stranger.root), (
                    f"{target.path} is the process's, not the request's"
                )
        assert snapshot(stranger.root) == before, "something was written into the real home"

    def test_the_same_request_gets_the_same_targets(self, adapter: ProviderAdapter, tmp_path: Path) -> None:
        """Asked again, with another request in between; and asking writes nothing."""
        for world in worlds(adapter, tmp_path):
            before = world.machine.files()
            request = world.machine.request(adapter, world.scope)
            first = adapter.targets(request)
            world.targets(OTHER_SERVER)
            assert adapter.targets(request) == first, f"{world.label}: the same request got two answers"
            assert world.machine.files() == before, f"{world.label}: naming targets wrote something"

    def test_every_target_lies_in_the_home_or_the_workspace(
        self, adapter: ProviderAdapter, tmp_path: Path
    ) -> None:
        """The user's scope in the home of the request, the project's in its workspace; paths are absolute."""
        for world in worlds(adapter, tmp_path):
            allowed = world.machine.home if world.scope == "user" else world.machine.workspace
            for target in world.targets():
                for what, path in (("path", target.path), ("root", target.root)):
                    where = f"{world.label}, {target.id}: the {what} {path}"
                    assert path.is_absolute(), f"{where} is not absolute"
                    assert ".." not in path.parts, f"{where} has a .. in it"
                    assert path.is_relative_to(allowed), f"{where} is not in {allowed}"
                assert target.path.is_relative_to(target.root), (
                    f"{world.label}, {target.id}: outside its root"
                )

    def test_every_target_is_well_formed(self, adapter: ProviderAdapter, tmp_path: Path) -> None:
        """Ids are unique; each edit suits its format and has a place of its own."""
        for world in worlds(adapter, tmp_path):
            targets = world.targets()
            assert targets, f"{world.label}: there is nothing to set up"
            faults = [fault for target in targets for fault in faults_of(target)]
            ids = [target.id for target in targets]
            faults += [
                f"{one}: two targets have this id" for one in {one for one in ids if ids.count(one) > 1}
            ]
            assert faults == [], world.label

    @pytest.mark.parametrize("server", [SERVER, WINDOWS_SERVER], ids=["posix-paths", "windows-paths"])
    def test_the_server_reaches_the_client_whole(
        self, adapter: ProviderAdapter, tmp_path: Path, server: ServerCommand
    ) -> None:
        """Program, arguments and environment stand in the edits as values of their own, unquoted."""
        for world in worlds(adapter, tmp_path):
            said = [
                text for target in world.targets(server) for edit in target.edits for text in texts_of(edit)
            ]
            for word in (*server.command, *server.environment.values()):
                assert word in said, f"{world.label}: {word!r} is in no value of any edit"

    def test_without_its_client_the_live_check_is_skipped(
        self, adapter: ProviderAdapter, tmp_path: Path
    ) -> None:
        """It says why, and writes nothing."""
        for world in worlds(adapter, tmp_path):
            request = world.machine.request(adapter, world.scope)
            before = world.machine.files()
            verdict = adapter.verify_live(world.machine, request)
            assert isinstance(verdict, LiveVerdict)
            assert verdict.state == "skipped", f"{world.label}: {verdict}"
            assert verdict.summary.strip(), f"{world.label}: it does not say why"
            assert world.machine.files() == before, f"{world.label}: the live check wrote something"


def _detect_quietly(adapter: ProviderAdapter, machine: Machine) -> None:
    before = machine.files()
    found = adapter.detect(machine)
    assert machine.files() == before, "detecting changed the home or the workspace"
    assert isinstance(found, Detection), f"detect returned a {type(found).__name__}"
    assert adapter.detect(machine) == found, "two detections differ"


def _variables(machine: Machine) -> Mapping[str, str]:
    home = machine.home
    return {
        **machine.variables,
        "XDG_CONFIG_HOME": str(home / "xdg-config"),
        "XDG_DATA_HOME": str(home / "xdg-data"),
        "XDG_STATE_HOME": str(home / "xdg-state"),
        "APPDATA": str(home / "appdata"),
    }
