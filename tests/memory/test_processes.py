"""Many processes at once, and processes that die: what was acknowledged is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vgxness.app import App, Options
from vgxness.memory import Listing, Revision

WORKER = Path(__file__).with_name("worker.py")
ROOT = Path(__file__).parents[2]


def start(db: Path, workspace: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WORKER), str(db), str(workspace), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def spoken(workers: list[subprocess.Popen[str]]) -> list[tuple[str, str]]:
    """Wait for all and return what was acknowledged, as (id, action)."""
    said: list[tuple[str, str]] = []
    for worker in workers:
        out, err = worker.communicate(timeout=280)
        assert (worker.returncode, err) == (0, "")
        said.extend((line.split()[0], line.split()[1]) for line in out.splitlines())
    return said


@pytest.fixture
def app(tmp_path: Path) -> App:
    """An app whose database nobody has opened."""
    (tmp_path / "shop").mkdir()
    return App(Options(db=str(tmp_path / "memory.sqlite"), workspace=tmp_path / "shop", plugins=False))


@pytest.mark.timeout(300)
def test_eight_processes_save_five_hundred_each_on_a_cold_database_and_nothing_is_lost(
    app: App, tmp_path: Path
) -> None:
    db, shop = tmp_path / "memory.sqlite", tmp_path / "shop"
    said = spoken([start(db, shop, f"w{it}", "500") for it in range(8)])
    assert len({one for one, _ in said}) == 4_000
    assert {action for _, action in said} == {"created"}
    counted = app.memory.stats()
    assert (counted.total, counted.revisions, counted.duplicates) == (4_000, 4_000, 0)
    assert len(app.projects.list()) == 1
    assert app.engine.check() == ()


@pytest.mark.timeout(300)
def test_eight_processes_revise_one_topic_key_and_every_content_is_a_revision(
    app: App, tmp_path: Path
) -> None:
    db, shop = tmp_path / "memory.sqlite", tmp_path / "shop"
    said = spoken([start(db, shop, f"w{it}", "25", "one/key") for it in range(8)])
    assert len({one for one, _ in said}) == 1
    assert [action for _, action in said].count("created") == 1
    kept: list[Revision] = []
    while page := app.memory.revisions(said[0][0], limit=200, before=kept[-1].revision if kept else None):
        kept.extend(page)
        if page[-1].revision == 1:
            break
    assert [it.revision for it in kept] == list(range(200, 0, -1))
    assert {it.title for it in kept} == {
        f"w{name} says {number}" for name in range(8) for number in range(25)
    }


def kept_ids(app: App) -> set[str]:
    """Return the id of every live observation, page by page."""
    page = app.memory.list(Listing(limit=200))
    kept = {line.id for line in page.items}
    while page.next_cursor:
        page = app.memory.list(Listing(limit=200, cursor=page.next_cursor))
        kept |= {line.id for line in page.items}
    return kept


@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_process_killed_while_it_saves_loses_nothing_that_it_acknowledged(
    app: App, tmp_path: Path, after: int
) -> None:
    worker = start(tmp_path / "memory.sqlite", tmp_path / "shop", "w", "100000")
    assert worker.stdout is not None
    said = [worker.stdout.readline().split()[0] for _ in range(after)]
    worker.kill()
    rest, _ = worker.communicate(timeout=60)
    said.extend(line.split()[0] for line in rest.splitlines(keepends=True) if line.endswith("\n"))
    assert set(said) <= kept_ids(app)
    assert app.engine.check() == ()
    spoken([start(tmp_path / "memory.sqlite", tmp_path / "shop", "after", "3")])


@pytest.mark.soak
def test_fifty_deaths_and_eight_times_three_thousand_saves_lose_nothing(app: App, tmp_path: Path) -> None:
    db, shop = tmp_path / "memory.sqlite", tmp_path / "shop"
    acknowledged: set[str] = set()
    for death in range(50):
        worker = start(db, shop, f"death{death}", "100000")
        assert worker.stdout is not None
        said = [worker.stdout.readline().split()[0] for _ in range(1 + death * 7 % 90)]
        worker.kill()
        rest, _ = worker.communicate(timeout=60)
        acknowledged |= {
            *said,
            *(line.split()[0] for line in rest.splitlines(keepends=True) if line[-1] == "\n"),
        }
    workers = [start(db, shop, f"w{it}", "3000") for it in range(8)]
    acknowledged |= {one for one, _ in spoken(workers)}
    assert acknowledged <= kept_ids(app)
    assert app.engine.check() == ()
