"""Real repositories, made by the real git, and a service on a real database."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from vgxness.kernel.clock import SystemClock
from vgxness.projects import Project, ProjectService
from vgxness.projects.store import ProjectStore
from vgxness.storage.sqlite.engine import SqliteEngine

Git = Callable[..., str]


@pytest.fixture
def git() -> Git:
    """Run git as nobody's user, with nobody's settings."""
    environment = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{who}_{what}": "a@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def run(folder: Path, *words: str) -> str:
        settings = ("-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main")
        done = subprocess.run(
            ["git", *settings, *words],
            cwd=folder,
            env=environment,
            check=True,
            text=True,
            capture_output=True,
            timeout=60,
        )
        return done.stdout.strip()

    return run


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Callable[..., Path]:
    """Make a repository with one commit, at a path below the test's own directory."""

    def make(name: str, remote: str | None = None) -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True)
        git(folder, "init", "-q")
        git(folder, "commit", "-q", "--allow-empty", "-m", "first")
        if remote is not None:
            git(folder, "remote", "add", "origin", remote)
        return folder

    return make


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the database will be; it is not there yet."""
    return tmp_path / "data" / "memory.sqlite"


@pytest.fixture
def projects(database: Path) -> ProjectService:
    """The service on a database that nobody has opened yet."""
    clock = SystemClock()
    return ProjectService(store=ProjectStore(SqliteEngine(str(database), clock)), clock=clock)


def found(projects: ProjectService, folder: Path) -> Project:
    """Return the project of a directory, which must have one."""
    project = projects.find(folder)
    assert project is not None
    return project
