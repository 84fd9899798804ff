"""Engines for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vgxness.kernel.clock import SystemClock
from vgxness.storage.sqlite.engine import SqliteEngine

WAIT = 20.0


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A path where nothing stands, in a directory that does not exist yet."""
    return tmp_path / "deep" / "memory.sqlite"


@pytest.fixture
def opened(database: Path) -> Iterator[Callable[..., SqliteEngine]]:
    """Make engines that are closed at the end."""
    engines: list[SqliteEngine] = []

    def make(path: Path = database, **options) -> SqliteEngine:
        engines.append(SqliteEngine(str(path), SystemClock(), **{"wait": WAIT, **options}))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(opened: Callable[..., SqliteEngine]) -> SqliteEngine:
    """An engine whose store exists, with a table `note`."""
    engine = opened()
    with engine.writing() as writer:
        writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    return engine
