"""Which command a client is told to start."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.setup.fakes import Notepad
from vgxness.app import App, Options
from vgxness.errors import VgxnessError
from vgxness.setup import SetupService
from vgxness.setup.server import find_server, is_ephemeral

HOME = Path("/home/ada")


@pytest.mark.parametrize(
    "program",
    [
        "/home/ada/.cache/uv/archive-v0/Yx3/bin/vgxness",
        "/home/ada/.cache/uv/environments-v2/script-1/bin/vgxness",
        "/home/ada/.cache/uv/builds-v0/.tmpX/bin/vgxness",
        "/home/ada/.local/pipx/.cache/1a2b/bin/vgxness",
        "/home/ada/.cache/pipx/1a2b/bin/vgxness",
        "/tmp/venv/bin/vgxness",
        "/var/tmp/venv/bin/vgxness",
        str(Path(tempfile.gettempdir()) / "v" / "bin" / "vgxness"),
    ],
)
def test_a_command_that_will_be_gone_soon_is_ephemeral(program: str) -> None:
    assert is_ephemeral(Path(program), HOME)


@pytest.mark.parametrize(
    "program",
    [
        "/home/ada/.local/share/uv/tools/vgxness/bin/vgxness",
        "/home/ada/.local/share/pipx/venvs/vgxness/bin/vgxness",
        "/home/ada/code/vgxness/.venv/bin/vgxness",
        "/usr/local/bin/vgxness",
        "/srv/tmp/venv/bin/vgxness",
    ],
)
def test_a_command_that_was_installed_is_not(program: str) -> None:
    assert not is_ephemeral(Path(program), HOME)


def test_where_the_home_is_temporary_too_both_go_together() -> None:
    assert not is_ephemeral(Path("/tmp/demo/venv/bin/vgxness"), Path("/tmp/demo/home"))


def test_a_link_into_a_cache_is_followed(tmp_path: Path) -> None:
    program = tmp_path / "archive-v0" / "bin" / "vgxness"
    program.parent.mkdir(parents=True)
    program.touch()
    (tmp_path / "vgxness").symlink_to(program)
    assert is_ephemeral(tmp_path / "vgxness", tmp_path)


def test_the_command_is_absolute_and_of_this_installation(home: Path) -> None:
    server = find_server(home, {"VGXNESS_DB_PATH": "/x"})
    assert Path(server.command[0]) == Path(sys.executable).parent / "vgxness"
    assert server.command[1:] == ("mcp", "serve")
    assert server.environment == {"VGXNESS_DB_PATH": "/x"}


def test_the_script_that_was_called_is_the_one_that_is_written(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = home / "bin" / "vgxness"
    script.parent.mkdir()
    script.touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(script), "setup", "plan"])
    assert find_server(home).command[0] == str(script)
    monkeypatch.setattr(sys, "argv", ["vgxness"])
    assert os.path.isabs(find_server(home).command[0])  # noqa: PTH117 -- the command is text, as the client gets it


def test_an_ephemeral_command_stops_apply_and_not_rollback(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.setup.fakes import service, tree

    service(home).apply()
    monkeypatch.setattr("vgxness.setup.wishes.find_server", refuse)
    app = App(Options(workspace=home), environ={"HOME": str(home)})
    setup = SetupService(adapters=(Notepad(),), context=app)
    for verb in (setup.plan, setup.apply):
        with pytest.raises(VgxnessError) as caught:
            verb()
        assert caught.value.code == "server_ephemeral"
        assert caught.value.exit_code == 3
    (row,) = setup.status()[0].targets
    assert row.drift == "in-sync"
    setup.rollback()
    assert tree(home) == {}


def refuse(_home: Path, _environment: object) -> None:
    raise VgxnessError("server_ephemeral", "no")
