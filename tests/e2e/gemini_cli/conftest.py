"""The example adapter installed as a user would, beside the real Gemini CLI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.clients import install
from tests.conftest import Site
from tests.e2e.gemini_cli.client import GeminiCli
from tests.e2e.home import Home

EXAMPLE = Path(__file__).parents[3] / "examples" / "vgxness-gemini-cli"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that pip installed the example into."""
    path = tmp_path_factory.mktemp("site")
    Site(path).pip_install(EXAMPLE)
    return path


@pytest.fixture
def gemini(home: Home, installed: Path) -> GeminiCli:
    """The pinned Gemini CLI in `home`; skips where it is not installed, unless it is required."""
    missing = install.why_missing()
    if missing and os.environ.get("VGXNESS_REQUIRE_CLIENTS") == "1":
        pytest.fail(missing, pytrace=False)
    if missing:
        pytest.skip(missing)
    home.env["PYTHONPATH"] = str(installed)
    return GeminiCli(install.MODULES / ".bin" / "gemini", home)
