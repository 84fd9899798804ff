"""The log keeps what a hidden stderr would lose, without secrets and without growing for ever."""

from __future__ import annotations

import os
from pathlib import Path

from tests.conftest import Site
from vgxness.kernel.log import NAME, write_log

MOMENT = "2026-11-23T10:00:00.000Z"


def test_an_entry_is_redacted_and_its_lines_stay_together(tmp_path: Path) -> None:
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    write_log(tmp_path / "state", MOMENT, f"first\nsecond {secret}\n")
    write_log(tmp_path / "state", MOMENT, "other")
    lines = (tmp_path / "state" / NAME).read_text().splitlines()
    assert lines == [f"{MOMENT} first", "    second [REDACTED]", f"{MOMENT} other"]


def test_a_full_file_is_moved_aside_and_four_are_kept_at_most(tmp_path: Path) -> None:
    for number in range(7):
        write_log(tmp_path, MOMENT, f"{number}" * 1_000_000)
    kept = {path.name: path.read_text()[-2] for path in tmp_path.iterdir()}
    assert kept == {NAME: "6", f"{NAME}.1": "5", f"{NAME}.2": "4", f"{NAME}.3": "3"}


def test_a_directory_that_cannot_be_made_is_no_second_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    write_log(tmp_path / "file" / "state", MOMENT, "lost")
    assert (tmp_path / "file").read_text() == "in the way"


def test_the_server_notes_a_broken_plugin_in_the_log(home: Path, workspace: Path, site: Site) -> None:
    from vgxness.app import App
    from vgxness.mcp.server import build_server

    site.install("acme-broken", "raise RuntimeError('no luck')", name="broken")
    build_server(App())
    noted = (home / ".local" / "state" / "vgxness" / NAME).read_text()
    assert "acme-broken 1.0" in noted
    assert "no luck" in noted


def test_the_directory_is_the_users_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_log(tmp_path / "state" / "vgxness", MOMENT, "note")
    finally:
        os.umask(before)
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "state" / "vgxness").stat().st_mode & 0o777 == 0o700
