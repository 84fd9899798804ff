"""The authors' pages, run from an empty folder to a wheel that is installed, looked at and removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, blocks
from tests.docs.test_pages import shell
from tests.venvs import Venv

pytestmark = pytest.mark.timeout(300)
FIRST, CONFORMANCE, PUBLISHING = (
    f"plugin-authors/{name}.md" for name in ("first-adapter", "conformance", "publishing")
)


@pytest.fixture
def desk(home: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An author's empty folder, and an active virtual environment."""
    for name, value in Venv(tmp_path / "venv").variables.items():
        monkeypatch.setenv(name, value)
    return workspace


@pytest.fixture
def pelican(desk: Path) -> Path:
    """The package of the first page, its test included."""
    package = desk / "vgxness-pelican"
    package.mkdir()
    (package / "pyproject.toml").write_text(blocks(FIRST, "toml")[0])
    module, test = blocks(FIRST, "python")
    (package / "vgxness_pelican.py").write_text(module)
    (package / "test_pelican.py").write_text(test)
    return package


def test_the_short_way_makes_a_plugin_that_is_installed_and_removed(desk: Path) -> None:
    script = "\n".join(blocks("plugin-authors/index.md", "sh"))
    out = shell(script, directory=desk)
    assert " passed" in out
    assert "heron (vgxness-heron) is well. It offers tools: heron_greet." in out
    assert "vgxness-heron is removed, and with it the plugin heron." in out


def test_the_first_adapter_passes_its_suite(pelican: Path) -> None:
    shell("pip install -q .", directory=pelican)
    out = shell(blocks(FIRST, "sh")[1], directory=pelican)
    assert " passed" in out
    assert "pelican (vgxness-pelican) is well." in out


def test_the_suites_of_the_conformance_page_pass(pelican: Path) -> None:
    shutil.copytree(DOCS.parent / "examples" / "vgxness-clock" / "vgxness_clock", pelican / "vgxness_clock")
    for number, text in enumerate(blocks(CONFORMANCE, "python")):
        (pelican / f"test_page_{number}.py").write_text(text)
    out = shell("python -m pytest -q test_page_*.py", directory=pelican)
    assert " passed" in out
    assert "failed" not in out


def test_a_wheel_is_built_installed_and_removed(pelican: Path) -> None:
    out = shell("pip install -q .\n" + "\n".join(blocks(PUBLISHING, "sh")), directory=pelican)
    assert "vgxness_pelican-1.0.0.dist-info/entry_points.txt" in out
    assert "vgxness-pelican is removed, and with it the plugin pelican." in out
