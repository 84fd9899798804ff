"""A new plugin is a whole package that installs, is well, and passes its conformance suite as it stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Cli, Site
from vgxness.kernel.scaffold import KINDS, Kind, draft


def program(*words: str, directory: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_passes_its_own_tests_as_it_stands(
    cli: Cli, workspace: Path, site: Site, kind: Kind
) -> None:
    made = cli("plugins", "new", "sea-bird", "--kind", kind, "--json").data
    package = workspace / "vgxness-sea-bird"
    assert (made["name"], made["distribution"], made["directory"]) == (
        "sea-bird",
        "vgxness-sea-bird",
        str(package),
    )
    assert sorted(made["files"]) == sorted(str(path) for path in package.rglob("*") if path.is_file())
    looked = cli("plugins", "check", str(package), "--json")
    assert (looked.code, looked.data[0]["faults"]) == (0, [])
    site.pip_install(package)
    assert cli("plugins", "info", "sea-bird", "--json").data[0]["state"] == "ok"
    assert " passed" in program("pytest", "-q", "-p", "no:cacheprovider", directory=package)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_is_formatted_and_lints_clean(cli: Cli, workspace: Path, kind: Kind) -> None:
    cli("plugins", "new", "sea-bird", "--kind", kind)
    package = workspace / "vgxness-sea-bird"
    program("ruff", "format", "--isolated", "--check", "--line-length", "110", ".", directory=package)
    rules = "E,F,I,UP,B,N,SIM,RET,C4"
    program("ruff", "check", "--isolated", "--select", rules, "--line-length", "110", ".", directory=package)


def test_the_prefix_of_a_distribution_is_no_part_of_the_name(tmp_path: Path) -> None:
    assert draft("vgxness-pelican", "provider", tmp_path) == draft("pelican", "provider", tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-x",
        "--kind",
        "Pelican",
        "a--b",
        "a-",
        "../x",
        "a/b",
        "1a",
        "a b",
        "x" * 41,
        "клей",
        "a\n",
        "vgxness-",
    ],
)
def test_a_name_that_no_package_can_have_is_refused(cli: Cli, workspace: Path, name: str) -> None:
    ran = cli("plugins", "new", "--json", "--", name)
    assert (ran.code, ran.error["code"]) == (2, "usage")
    assert list(workspace.iterdir()) == []


def test_what_stands_already_is_not_touched(cli: Cli, workspace: Path) -> None:
    package = workspace / "vgxness-pelican"
    package.mkdir()
    (package / "mine").write_text("mine")
    ran = cli("plugins", "new", "pelican", "--json")
    assert (ran.code, ran.error["code"]) == (2, "usage")
    assert [path.name for path in package.iterdir()] == ["mine"]


def test_a_directory_that_can_not_be_made_is_an_error_with_manners(cli: Cli, workspace: Path) -> None:
    (workspace / "file").write_text("")
    ran = cli("plugins", "new", "pelican", "--directory", "file", "--json")
    assert (ran.code, ran.error["code"]) == (5, "write_failed")


def test_it_is_made_where_it_was_asked_for(cli: Cli, workspace: Path) -> None:
    cli("plugins", "new", "pelican", "--directory", "deep/er")
    assert (workspace / "deep" / "er" / "vgxness-pelican" / "pyproject.toml").is_file()
