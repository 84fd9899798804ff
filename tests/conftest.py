"""What every test may use: an empty home, the command line in this process, and plugins made on disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PRIVATE = ("XDG_", "VGXNESS_DB", "VGXNESS_DISABLE", "OPENCODE", "CLAUDE")


@dataclass(frozen=True)
class Ran:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        document = self.document
        assert document["ok"], document
        return document["data"]

    @property
    def error(self) -> dict[str, Any]:
        document = self.document
        assert not document["ok"], document
        return document["error"]


Cli = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home that this process and its children live in."""
    for name in list(os.environ):
        if name.startswith(PRIVATE):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture
def workspace(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory that is the current one."""
    workspace = tmp_path / "bookshop"
    workspace.mkdir()
    monkeypatch.chdir(workspace)
    return workspace


@pytest.fixture
def cli(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command line in this process, in an empty home and workspace."""
    from vgxness.cli.main import run

    def invoke(*words: str) -> Ran:
        capsys.readouterr()
        code = run(list(words))
        captured = capsys.readouterr()
        return Ran(int(code), captured.out, captured.err)

    return invoke


@dataclass(frozen=True)
class Site:
    """A directory of installed distributions, real metadata and all."""

    path: Path

    def install(
        self,
        distribution: str,
        source: str,
        *,
        version: str = "1.0",
        name: str = "",
        group: str = "vgxness.v1",
    ) -> str:
        """Lay one distribution down as pip would; return the name of its module."""
        module = distribution.replace("-", "_")
        metadata = self.path / f"{module}-{version}.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        )
        (metadata / "entry_points.txt").write_text(f"[{group}]\n{name or distribution} = {module}\n")
        (self.path / f"{module}.py").write_text(textwrap.dedent(source))
        return module

    def pip_install(self, source: Path) -> None:
        """Install a source tree here with the real pip, offline."""
        options = ["-q", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(self.path)]
        command = [sys.executable, "-m", "pip", "install", *options, str(source)]
        subprocess.run(command, check=True, timeout=100)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A place on the import path, for this process and its children, where a test installs plugins."""
    path = tmp_path / "site"
    path.mkdir()
    monkeypatch.syspath_prepend(str(path))
    monkeypatch.setenv("PYTHONPATH", str(path))
    before = set(sys.modules)
    yield Site(path)
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(path) in str(sys.modules[name].__file__):
            del sys.modules[name]
