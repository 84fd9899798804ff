"""A machine for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.opencode.tests.machine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """An empty home and an empty project, without OpenCode."""
    return Machine(root=tmp_path)
