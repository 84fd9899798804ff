"""Plugins are installed by whatever made the environment, after a yes, and what came of it is looked up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_setup import TERMINAL
from tests.conftest import Cli
from tests.venvs import OFFLINE, TOP, Venv
from vgxness.errors import VgxnessError
from vgxness.kernel.installer import (
    Environment,
    distribution_of,
    install_command,
    parse_requirement,
    recognise,
    run,
    uninstall_command,
)
from vgxness.kernel.scaffold import draft, write

UV = Path(sys.executable).with_name("uv")


@pytest.fixture
def pelican(tmp_path: Path) -> Path:
    """The source tree of a plugin."""
    scaffold = draft("pelican", "provider", tmp_path)
    write(scaffold)
    return scaffold.directory


def vgxness(where: Venv, *words: str, code: int = 0) -> Any:
    done = subprocess.run(
        [where.python, "-m", "vgxness", *words, "--json"],
        env={**os.environ, **OFFLINE},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stdout + done.stderr
    document = json.loads(done.stdout)
    return document["data"] if document["ok"] else document["error"]


@pytest.mark.timeout(400)
def test_a_plugin_goes_into_a_virtual_environment_and_out_again(
    tmp_path: Path, home: Path, workspace: Path, pelican: Path
) -> None:
    there = Venv(tmp_path / "venv")
    refused = vgxness(there, "plugins", "install", str(pelican), code=3)
    assert refused["code"] == "consent_required"
    assert f"{there.python} -m pip install" in refused["cause"]
    assert str(pelican) in refused["cause"]
    assert refused["hint"] == f"vgxness plugins install {pelican} --yes"
    assert "pelican" not in {row["name"] for row in vgxness(there, "plugins", "list")}

    done = vgxness(there, "plugins", "install", str(pelican), "--yes")
    assert done["environment"] == "venv"
    (row,) = done["plugins"]
    assert (row["name"], row["distribution"], row["version"], row["state"]) == (
        "pelican",
        "vgxness-pelican",
        "0.1.0",
        "ok",
    )

    again = vgxness(there, "plugins", "install", str(pelican), "--yes")
    assert [row["name"] for row in again["plugins"]] == ["pelican"]

    vgxness(there, "setup", "apply", "--provider", "pelican", "--yes")
    settings = home / ".pelican" / "settings.json"
    assert settings.exists()
    gone = vgxness(there, "plugins", "uninstall", "vgxness-pelican", "--yes")
    assert gone["removed"] == ["pelican"]
    assert gone["still_configured"] == [{"provider": "pelican", "scope": "user"}]
    assert settings.exists()
    assert "pelican" not in {row["name"] for row in vgxness(there, "plugins", "list")}

    vgxness(there, "setup", "uninstall", "--provider", "pelican", "--yes")
    assert not settings.parent.exists()


@pytest.mark.parametrize(("answer", "said"), [("n", "The answer was no."), ("", "The answer was no.")])
def test_on_a_terminal_the_exact_command_is_shown_and_a_yes_is_needed(
    home: Path, answer: str, said: str
) -> None:
    # In a process of one thread, because it forks; see tests/cli/test_setup.py.
    words = [str(home), answer, "plugins", "install", "vgxness-nonesuch"]
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        cwd=TOP,
    )
    code, shown = json.loads(done.stdout)
    assert code == 3, shown
    assert "-m pip install --disable-pip-version-check --no-input vgxness-nonesuch" in shown
    assert said in shown
    assert "Collecting" not in shown


def test_what_is_no_plugin_can_not_be_uninstalled(cli: Cli) -> None:
    for name in ("pip", "vgxness", "nonesuch"):
        ran = cli("plugins", "uninstall", name, "--yes", "--json")
        assert (ran.code, ran.error["code"]) == (2, "unknown_plugin")


def test_a_failed_installer_is_an_error_and_what_it_said_is_on_stderr(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(VgxnessError) as caught:
        run([sys.executable, "-c", "import sys; print('it said so'); sys.exit(3)"])
    assert (caught.value.code, int(caught.value.exit_code)) == ("install_failed", 1)
    assert "exit code 3" in caught.value.cause
    captured = capfd.readouterr()
    assert ("it said so" in captured.err, captured.out) == (True, "")
    with pytest.raises(VgxnessError):
        run([str(tmp_path / "nonesuch")])


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "-r",
        "--index-url=x",
        "-e",
        "https://example.invalid/x.whl",
        "git+ssh://example.invalid/x",
        "file:///x",
        "a @ https://example.invalid/x",
        "a; python_version > '3'",
        "a b",
        "a\nb",
        "a\0",
        "a==1 --pre",
        "a[b",
        "./nowhere",
        "../nowhere.whl",
        ".",
        "x" * 501,
        "näme",
    ],
)
def test_what_is_neither_a_distribution_nor_a_path_is_refused(tmp_path: Path, said: str) -> None:
    with pytest.raises(VgxnessError) as caught:
        parse_requirement(said, tmp_path)
    assert caught.value.code == "usage"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("said", "text", "name"),
    [
        ("vgxness-pelican", "vgxness-pelican", "vgxness-pelican"),
        ("Vgxness_Pelican", "Vgxness_Pelican", "vgxness-pelican"),
        ("vgxness-pelican==1.0rc1", "vgxness-pelican==1.0rc1", "vgxness-pelican"),
        ("vgxness-pelican >= 1, < 2", "vgxness-pelican>=1,<2", "vgxness-pelican"),
        ("vgxness-pelican[extra,more]~=1.2", "vgxness-pelican[extra,more]~=1.2", "vgxness-pelican"),
    ],
)
def test_a_distribution_may_have_extras_and_versions(tmp_path: Path, said: str, text: str, name: str) -> None:
    wanted = parse_requirement(said, tmp_path)
    assert (wanted.text, wanted.name, wanted.path) == (text, name, None)


def test_a_path_is_handed_over_whole_whatever_it_is_called(tmp_path: Path, pelican: Path) -> None:
    odd = pelican.rename(tmp_path / "-r my plugin")
    wanted = parse_requirement("./-r my plugin", tmp_path)
    assert (wanted.text, wanted.path, wanted.name) == (str(odd), odd, "vgxness-pelican")


@pytest.mark.parametrize("name", ["vgxness_pelican-1.0-py3-none-any.whl", "vgxness_pelican-1.0.tar.gz"])
def test_a_built_distribution_is_known_by_its_file_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert parse_requirement(name, tmp_path).name == "vgxness-pelican"


@pytest.mark.parametrize("said", ["-y", "a b", "a==1", "./a", "", "a/b", "a\n"])
def test_only_a_name_can_be_uninstalled(said: str) -> None:
    with pytest.raises(VgxnessError) as caught:
        distribution_of(said)
    assert caught.value.code == "usage"


def test_environments_are_told_by_the_marks_that_their_makers_leave(tmp_path: Path) -> None:
    base, stdlib = tmp_path / "usr", tmp_path / "usr" / "lib"
    tool, piped, plain = tmp_path / "tool", tmp_path / "piped", tmp_path / "plain"
    for directory in (stdlib, tool, piped, plain):
        directory.mkdir(parents=True)
    (tool / "uv-receipt.toml").write_text('[tool]\nrequirements = [{ name = "vgxness" }]\n')
    (piped / "pipx_metadata.json").write_text('{"main_package": {"package": "vgxness", "suffix": ""}}')

    def kind(prefix: Path) -> str:
        return recognise(prefix, base=base, stdlib=stdlib).kind

    assert [kind(prefix) for prefix in (tool, piped, plain, base)] == ["uv-tool", "pipx", "venv", "system"]
    (stdlib / "EXTERNALLY-MANAGED").write_text("[externally-managed]\n")
    assert kind(base) == "managed"
    assert kind(plain) == "venv"


@pytest.mark.parametrize("receipt", ["", "[tool", "[tool]\nrequirements = []", "[tool]\nrequirements = [{}]"])
def test_a_receipt_that_can_not_be_read_is_an_error(tmp_path: Path, receipt: str) -> None:
    (tmp_path / "uv-receipt.toml").write_text(receipt)
    with pytest.raises(VgxnessError) as caught:
        recognise(tmp_path)
    assert caught.value.code == "usage"


def environment(kind: Any, **attributes: Any) -> Environment:
    return Environment(
        kind=kind, prefix=Path("/envs/vgxness"), python="/envs/vgxness/bin/python", **attributes
    )


def test_a_python_of_the_operating_system_is_left_alone(tmp_path: Path) -> None:
    wanted = parse_requirement("vgxness-pelican", tmp_path)
    for ask in (
        lambda: install_command(environment("managed"), wanted),
        lambda: uninstall_command(environment("managed"), "vgxness-pelican"),
    ):
        with pytest.raises(VgxnessError) as caught:
            ask()
        assert (caught.value.code, int(caught.value.exit_code)) == ("environment_managed", 3)
        assert "uv tool install vgxness --with vgxness-pelican" in caught.value.hint


def test_pipx_injects_into_the_environment_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "pipx_metadata.json").write_text(
        '{"main_package": {"package": "vgxness", "suffix": "-next"}}'
    )
    wanted = parse_requirement("vgxness-pelican", tmp_path)
    piped = Environment(kind="pipx", prefix=tmp_path, python="python", pipx="/bin/pipx")
    assert install_command(piped, wanted) == ("/bin/pipx", "inject", "vgxness-next", "vgxness-pelican")
    assert uninstall_command(piped, "vgxness-pelican") == (
        "/bin/pipx",
        "uninject",
        "vgxness-next",
        "vgxness-pelican",
    )
    with pytest.raises(VgxnessError) as caught:
        install_command(environment("pipx"), wanted)
    assert caught.value.code == "installer_missing"


def test_an_environment_without_pip_is_filled_by_uv(tmp_path: Path) -> None:
    wanted = parse_requirement("vgxness-pelican", tmp_path)
    bare = environment("venv", has_pip=False, uv="/bin/uv")
    start = ("/bin/uv", "pip", "install", "--python", "/envs/vgxness/bin/python")
    assert install_command(bare, wanted) == (*start, "vgxness-pelican")
    with pytest.raises(VgxnessError) as caught:
        install_command(environment("venv", has_pip=False), wanted)
    assert caught.value.code == "installer_missing"


def wheel(directory: Path, name: str, wheels: Path, *, extra: str = "") -> None:
    """Build the wheel of an empty distribution."""
    module = name.replace("-", "_")
    (directory / module).mkdir(parents=True)
    (directory / module / "__init__.py").write_text("def main(): print('ran')\n")
    (directory / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        f'[project]\nname = "{name}"\nversion = "1.0"\n{extra}'
    )
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "-w", str(wheels), str(directory)], check=True, timeout=100)


@pytest.mark.timeout(300)
def test_a_real_uv_tool_keeps_what_it_had_and_gets_the_plugin(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheels = tmp_path / "wheels"
    wheel(tmp_path / "a", "stand-in", wheels, extra='[project.scripts]\nstand-in = "stand_in:main"\n')
    wheel(tmp_path / "b", "other-plugin", wheels)
    wheel(tmp_path / "c", "new-plugin", wheels)
    tools = tmp_path / "tools"
    for name, value in {
        **OFFLINE,
        "UV_TOOL_DIR": str(tools),
        "UV_TOOL_BIN_DIR": str(tmp_path / "bin"),
        "UV_FIND_LINKS": str(wheels),
        "UV_CACHE_DIR": str(tmp_path / "cache"),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_CONFIG": "1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", f"{UV.parent}{os.pathsep}{os.environ['PATH']}")
    uv = ["tool", "install", "--python", sys.executable, "stand-in>=1", "--with", "other-plugin==1.0"]
    subprocess.run([UV, *uv], check=True, timeout=100)

    prefix = tools / "stand-in"
    found = recognise(prefix)
    assert found.kind == "uv-tool"
    run(install_command(found, parse_requirement("new-plugin", tmp_path)))
    assert installed(prefix) == {"stand-in": ">=1", "other-plugin": "==1.0", "new-plugin": ""}
    run(install_command(recognise(prefix), parse_requirement("new-plugin==1.0", tmp_path)))
    assert installed(prefix) == {"stand-in": ">=1", "other-plugin": "==1.0", "new-plugin": "==1.0"}
    run(uninstall_command(recognise(prefix), "new-plugin"))
    assert installed(prefix) == {"stand-in": ">=1", "other-plugin": "==1.0"}
    assert not list(prefix.rglob("new_plugin"))
    said = subprocess.run(
        [tmp_path / "bin" / "stand-in"], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout == "ran\n"


def installed(prefix: Path) -> Mapping[str, str]:
    rows = recognise(prefix).tool
    for row in rows:
        assert list(prefix.rglob(row["name"].replace("-", "_"))), row
    return {row["name"]: row.get("specifier", "") for row in rows}
