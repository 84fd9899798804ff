"""A machine for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from vgxness.testing.machine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """An empty home and an empty project, without Antigravity."""
    return Machine(root=tmp_path)
