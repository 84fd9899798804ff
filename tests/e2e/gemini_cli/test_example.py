"""The example is what a stranger would publish: it needs the front door only, and passes the suite."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.gemini_cli.conftest import EXAMPLE

SOURCES = sorted((EXAMPLE / "vgxness_gemini_cli").glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_it_imports_nothing_of_vgxness_but_the_front_door(source: Path) -> None:
    nodes = list(ast.walk(ast.parse(source.read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    ours = {name for name in names if name.partition(".")[0] == "vgxness"}
    assert ours <= {"vgxness.plugin", "vgxness.errors"}


def test_it_is_about_150_lines_of_code() -> None:
    lines = [line.strip() for source in SOURCES for line in source.read_text("utf-8").splitlines()]
    assert len([line for line in lines if line and not line.startswith(("#", '"""'))]) <= 160


def test_it_passes_the_suite_of_the_authors_kit_where_pip_installed_it(
    installed: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(EXAMPLE / "tests")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6_000:]
    assert "passed" in done.stdout
