"""Fixtures for tests that drive a whole client: a home, a model, and the client itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients import install
from tests.e2e.home import Home
from tests.e2e.opencode.client import OpenCode
from tests.e2e.scripted_model import ScriptedModel


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home and project, with the pinned clients on PATH."""
    return Home.make(tmp_path, programs=(install.MODULES / ".bin",))


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    """A model server on loopback; the test gives it a script with `play`."""
    with ScriptedModel() as server:
        yield server


@pytest.fixture
def opencode(home: Home) -> OpenCode:
    """The pinned OpenCode in `home`; skips where it is not installed, unless it is required."""
    missing = install.why_missing()
    if missing and os.environ.get("VGXNESS_REQUIRE_CLIENTS") == "1":
        pytest.fail(missing, pytrace=False)
    if missing:
        pytest.skip(missing)
    return OpenCode(install.OPENCODE, home)
