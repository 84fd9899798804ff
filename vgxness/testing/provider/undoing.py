"""The way back: to the byte, without what the user did since, and without a trace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from vgxness.contract.provider import ProviderAdapter
from vgxness.testing.machine import SERVER
from vgxness.testing.provider.applying import edit_inside, edit_outside, files_of
from vgxness.testing.provider.base import AdapterSuite
from vgxness.testing.provider.documents import MARK, SPELLINGS
from vgxness.testing.provider.world import OTHER_SERVER, worlds


class Undoes(AdapterSuite):
    """The promises of rollback and uninstall."""

    @pytest.mark.parametrize("spelling", SPELLINGS)
    def test_a_rollback_puts_every_byte_back(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path, spelling: str
    ) -> None:
        """However the user's file is written; modes and directories too."""
        seeded = False
        for world in worlds(adapter, tmp_path):
            seeded |= world.seed(spelling, samples)
            before = world.state()
            world.apply()
            assert world.state() != before, f"{world.label}: the apply did nothing"
            world.rollback()
            assert world.state() == before, f"{world.label}: the rollback left something else"
        if spelling != "plain" and not seeded:
            pytest.skip(f"no format of this adapter's files knows the spelling {spelling}")

    def test_a_rollback_undoes_one_apply_at_a_time(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """First the newest, then the one before it."""
        for world in worlds(adapter, tmp_path):
            world.seed("plain", samples)
            states = [world.state()]
            world.apply()
            if world.plan(OTHER_SERVER).changes:  # a scope without a server in it has nothing to change
                states.append(world.state())
                world.apply(OTHER_SERVER)
            for state in reversed(states):
                world.rollback()
                assert world.state() == state, f"{world.label}: the rollback left something else"

    def test_an_uninstall_leaves_nothing(self, adapter: ProviderAdapter, tmp_path: Path) -> None:
        """On a machine that had no file, no file and no directory is left; the plugin need not be there."""
        for world in worlds(adapter, tmp_path):
            before = world.state()
            world.apply()
            world.apply(OTHER_SERVER)
            world.uninstall()
            assert world.state() == before, f"{world.label}: the uninstall left something"

    def test_an_uninstall_gives_a_user_s_files_back(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """To the byte, after several applies."""
        for world in worlds(adapter, tmp_path):
            world.seed("plain", samples)
            before = world.state()
            world.apply()
            world.apply(OTHER_SERVER)
            world.uninstall()
            assert world.state() == before, f"{world.label}: the uninstall left something else"

    @pytest.mark.parametrize("verb", ["rollback", "uninstall"])
    @pytest.mark.parametrize("seeded", [True, False], ids=["an-old-file", "a-new-file"])
    def test_undoing_keeps_what_the_user_did_since(
        self,
        adapter: ProviderAdapter,
        samples: Mapping[str, bytes],
        tmp_path: Path,
        *,
        verb: str,
        seeded: bool,
    ) -> None:
        """What stands beside our entries stays, and our entries go."""
        for world in worlds(adapter, tmp_path):
            if seeded:
                world.seed("plain", samples)
            world.apply()
            touched = edit_outside(world)
            outcome = world.rollback() if verb == "rollback" else world.uninstall()
            assert not outcome.plan.held_back, f"{world.label}: {outcome.plan.held_back}"
            for path in touched:
                content = path.read_bytes()
                assert MARK.encode() in content, f"{world.label}: the user's edit of {path} is gone"
                assert SERVER.command[0].encode() not in content, (
                    f"{world.label}: our entry is left in {path}"
                )

    @pytest.mark.parametrize("verb", ["rollback", "uninstall"])
    def test_undoing_takes_an_edited_entry_of_ours_out(
        self, adapter: ProviderAdapter, samples: Mapping[str, bytes], tmp_path: Path, verb: str
    ) -> None:
        """An entry into which the user put a key: the client is not told to start us any more."""
        for world in worlds(adapter, tmp_path):
            world.seed("plain", samples)
            world.apply()
            edit_inside(world)
            world.rollback() if verb == "rollback" else world.uninstall()
            for target in world.targets():
                for file in files_of(target.path):
                    assert SERVER.command[0].encode() not in file.read_bytes(), (
                        f"{world.label}: left in {file}"
                    )
