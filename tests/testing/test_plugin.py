"""The pytest plugin: in everybody's runs, in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vgxness.errors import VgxnessError
from vgxness.testing.machine import Machine

NOBODY_S = """
import sys


def test_nothing_of_vgxness_is_loaded():
    ours = {name for name in sys.modules if name.partition(".")[0] == "vgxness"}
    assert ours == {"vgxness", "vgxness.testing", "vgxness.testing.plugin"}
"""
AUTHOR_S = """
import os
from pathlib import Path


def test_the_machine(vgxness_machine, vgxness_home, vgxness_workspace):
    assert Path.home() == vgxness_home == vgxness_machine.home
    assert Path.cwd() == vgxness_workspace == vgxness_machine.workspace
    assert list(vgxness_home.iterdir()) == list(vgxness_workspace.iterdir()) == []
    assert not [name for name in os.environ if name.startswith(("XDG_", "CLAUDE", "OPENCODE", "VGXNESS_"))]
    assert vgxness_machine.environment("HOME") == str(vgxness_home)
    assert vgxness_machine.environment("SECRET") is None
"""


@pytest.mark.parametrize("source", [NOBODY_S, AUTHOR_S], ids=["a-run-of-anybody", "an-author-s-run"])
def test_a_run_elsewhere_gets_the_fixtures_and_nothing_else(tmp_path: Path, source: str) -> None:
    (tmp_path / "test_it.py").write_text(source)
    private = {
        "XDG_CONFIG_HOME": "/real",
        "CLAUDE_CONFIG_DIR": "/real",
        "VGXNESS_DB_PATH": "/real",
        "SECRET": "x",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "test_it.py"],
        cwd=tmp_path,
        env={**os.environ, **private},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_fake_program_tells_how_it_was_called(vgxness_machine: Machine) -> None:
    program = vgxness_machine.install("pelican", "print('hello')\nsys.exit(3)")
    done = subprocess.run(
        [program.path, "a", "b c"],
        cwd=vgxness_machine.workspace,
        env={"ONLY": "this"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "hello\n")
    (call,) = program.calls
    assert (call.arguments, call.directory) == (("a", "b c"), vgxness_machine.workspace)
    assert call.environment["ONLY"] == "this"


def test_a_machine_answers_for_the_tools_it_was_given(vgxness_machine: Machine) -> None:
    with pytest.raises(VgxnessError) as caught:
        vgxness_machine.call("memory", {})
    assert caught.value.code == "unknown_tool"
    vgxness_machine.tools["memory"] = lambda arguments: {"got": arguments["x"]}
    assert vgxness_machine.call("memory", {"x": 1}) == {"got": 1}
