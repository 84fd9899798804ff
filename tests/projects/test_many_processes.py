"""Eight processes meet a database and a workspace that none of them has seen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.projects.conftest import Git
from vgxness.projects import ProjectService

Make = Callable[..., Path]

PROGRAM = """
import sys
from pathlib import Path
from vgxness.kernel.clock import SystemClock
from vgxness.projects import ProjectService
from vgxness.projects.store import ProjectStore
from vgxness.storage.sqlite.engine import SqliteEngine

clock = SystemClock()
projects = ProjectService(store=ProjectStore(SqliteEngine(sys.argv[1], clock)), clock=clock)
sys.stdin.readline()
print(projects.ensure(Path(sys.argv[2])).id)
"""


def test_eight_processes_at_once_make_one_project(
    projects: ProjectService, repository: Make, git: Git, database: Path
) -> None:
    shop = repository("shop", "https://example.org/acme/shop")
    clone = repository("clone", "git@example.org:acme/shop.git")
    for number in range(3):
        git(shop, "worktree", "add", "-q", f"../tree{number}")
    trees = [shop.parent / f"tree{number}" for number in range(3)]
    places = [shop, clone, *trees, shop, clone, shop]

    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(database), str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for place in places
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60) for process in running]

    assert [err for _, err in answers] == [""] * 8
    (project,) = projects.list(merged=True)
    assert {out.strip() for out, _ in answers} == {project.id}
