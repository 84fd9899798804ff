"""The demo plays the real job, proves each step, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli
from vgxness.demo import Stage, play
from vgxness.errors import VgxnessError


def test_the_demo_proves_every_step_and_leaves_no_trace(
    cli: Cli, home: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "mine.txt").write_text("mine")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    ran = cli("demo", "--json")
    assert ran.code == 0, ran.err
    titles = [step["title"] for step in ran.data["steps"]]
    assert titles[0] == "vgxness setup plan"
    assert titles[-1] == "vgxness setup rollback --yes"
    assert len(titles) == 7
    assert ran.data["left_behind"] is False
    assert list(scratch.iterdir()) == []
    assert [path.name for path in home.rglob("*")] == ["mine.txt"]
    assert list(workspace.iterdir()) == []


def test_nothing_on_the_stage_leads_back_to_the_users_own_settings(tmp_path: Path) -> None:
    stage = Stage(
        tmp_path / "stage", {"PATH": "/bin", "HOME": "/root", "VGXNESS_DB_PATH": "/x", "XDG_DATA_HOME": "/y"}
    )
    assert not {"VGXNESS_DB_PATH", "XDG_DATA_HOME"} & set(stage.variables)
    assert stage.variables["HOME"] == str(tmp_path / "stage" / "home")


def test_a_step_that_does_not_hold_stops_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "stage"
    root.mkdir()
    stage = Stage(root, {"PATH": "/usr/bin:/bin"})
    steps = play(stage)
    assert next(steps).title == "vgxness setup plan"
    assert next(steps).title == "vgxness setup apply --yes"
    stage.config.write_text(stage.config.read_text().replace("gruvbox", "nord"))
    with pytest.raises(VgxnessError, match="the home differs from before"):
        list(steps)
