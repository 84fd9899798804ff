"""The proof that nothing changed must be able to fail."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.home import OPENCODE_OWNS, Home


@pytest.fixture
def lived_in(tmp_path: Path) -> Home:
    home = Home.make(tmp_path)
    home.write(".config/opencode/opencode.jsonc", "{}")
    home.write(".config/opencode/.gitignore", "node_modules")
    return home


def test_a_snapshot_sees_bytes_modes_new_files_and_new_directories(lived_in: Home) -> None:
    file = lived_in.path / ".config/opencode/opencode.jsonc"
    seen = [lived_in.snapshot(excluding=OPENCODE_OWNS)]
    file.write_text("{ }")
    seen.append(lived_in.snapshot(excluding=OPENCODE_OWNS))
    file.chmod(0o600)
    seen.append(lived_in.snapshot(excluding=OPENCODE_OWNS))
    (lived_in.path / ".config/vgxness").mkdir()
    seen.append(lived_in.snapshot(excluding=OPENCODE_OWNS))
    file.unlink()
    file.symlink_to("elsewhere")
    seen.append(lived_in.snapshot(excluding=OPENCODE_OWNS))
    assert all(one != other for one, other in pairwise(seen))


def test_a_snapshot_leaves_out_what_a_client_wrote_and_the_directories_it_made_for_that(
    lived_in: Home,
) -> None:
    (lived_in.path / ".config/opencode/opencode.jsonc").unlink()
    lived_in.write(".local/share/opencode/log/opencode.log", "started")
    assert lived_in.snapshot(excluding=OPENCODE_OWNS) == {}
    assert ".config/opencode/.gitignore" in lived_in.snapshot()
