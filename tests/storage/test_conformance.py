"""The built-in engine does what every storage engine does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vgxness.storage.sqlite.engine import SqliteEngine
from vgxness.testing.storage import StorageConformance


class TestSqlite(StorageConformance):
    @pytest.fixture
    def make_engine(self, tmp_path: Path, opened: Callable[..., SqliteEngine]) -> Callable[[], SqliteEngine]:
        return lambda: opened(tmp_path / "conformance" / "store.sqlite")
