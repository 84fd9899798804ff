"""A database that git would take along is told, with the line that keeps it out; git itself is asked."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli


@pytest.fixture
def checkout(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git checkout that is the current directory, of a user without any settings of git."""
    assert shutil.which("git"), "git is needed"
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git(workspace, "init", "-q")
    return workspace


def git(directory: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=directory, check=True, capture_output=True, text=True)
    return done.stdout


def found(cli: Cli, database: Path | str) -> dict[str, Any]:
    (one,) = cli("--db", str(database), "doctor", "storage.git", "--json").data["checks"]
    return one


NAMES = ["memory.sqlite", "deep/er/memory.sqlite", "my mem[1].sqlite", "!important.sqlite", "#first.sqlite"]


@pytest.mark.parametrize("name", NAMES)
def test_the_line_that_is_told_makes_git_leave_the_database_alone(
    cli: Cli, checkout: Path, name: str
) -> None:
    cli("--db", name, "memory", "save", "--title", "A", "--content", "B")
    finding = found(cli, name)
    assert finding["severity"] == "warning"
    (line,) = [one for one in finding["evidence"] if one.startswith("line for ")]
    subprocess.run(["sh", "-c", finding["hint"]], check=True)
    assert (checkout / ".gitignore").read_text() == line.partition(": ")[2] + "\n"
    assert git(checkout, "status", "--porcelain", "-uall") == "?? .gitignore\n"
    assert found(cli, name)["severity"] == "ok"


def test_a_database_that_git_has_already_is_an_error(cli: Cli, checkout: Path) -> None:
    cli("--db", "memory.sqlite", "memory", "save", "--title", "A", "--content", "B")
    git(checkout, "add", "memory.sqlite")
    (checkout / ".gitignore").write_text("memory.sqlite*\n")
    finding = found(cli, "memory.sqlite")
    assert finding["severity"] == "error"
    subprocess.run(["sh", "-c", finding["hint"]], check=True, capture_output=True)
    assert found(cli, "memory.sqlite")["severity"] == "ok"


def test_a_database_outside_every_checkout_is_well(cli: Cli, home: Path) -> None:
    assert found(cli, home / "memory.sqlite")["severity"] == "ok"


def test_a_link_into_a_checkout_is_followed(cli: Cli, checkout: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.sqlite"
    link.symlink_to(checkout / "memory.sqlite")
    assert found(cli, link)["severity"] == "warning"


def test_a_broken_repository_is_told_and_not_guessed(cli: Cli, workspace: Path) -> None:
    (workspace / ".git").write_text("gitdir: nowhere\n")
    finding = found(cli, "memory.sqlite")
    assert finding["severity"] == "warning"
    assert "could not be asked" in finding["summary"]


def test_nothing_of_a_hostile_repository_runs(cli: Cli, checkout: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    hook = tmp_path / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {trace}\n")
    hook.chmod(0o755)
    git(checkout, "config", "core.fsmonitor", str(hook))
    cli("--db", "memory.sqlite", "memory", "save", "--title", "A", "--content", "B")
    assert found(cli, "memory.sqlite")["severity"] == "warning"
    assert not trace.exists()
    git(checkout, "status")
    assert trace.exists(), "the trap itself does not work"
