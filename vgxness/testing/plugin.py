"""Fixtures for plugin authors, loaded by pytest through its entry point.

Every pytest run of whoever has vgxness installed loads this module: it imports nothing but pytest, and its
fixtures bear a prefix, so that they are in nobody's way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from vgxness.testing.machine import Machine

# Their assertions are an author's only explanation, so pytest has to know them before they are imported.
pytest.register_assert_rewrite(
    "vgxness.testing.check",
    "vgxness.testing.command",
    "vgxness.testing.provider",
    "vgxness.testing.storage",
    "vgxness.testing.tool",
)

PRIVATE: Final = (
    "XDG_",
    "VGXNESS_",
    "CLAUDE",
    "OPENCODE",
    "GEMINI",
    "ANTIGRAVITY",
    "CODEX",
    "APPDATA",
    "LOCALAPPDATA",
)
"""Variables by their first letters that lead a program to the real user's files."""


@pytest.fixture
def vgxness_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home that this process and its children live in; the user's own is out of reach."""
    import os

    for name in [name for name in os.environ if name.startswith(PRIVATE)]:
        monkeypatch.delenv(name)
    home = tmp_path / "machine" / "home"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    return home


@pytest.fixture
def vgxness_workspace(vgxness_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, and the current directory."""
    workspace = vgxness_home.parent / "workspace"
    workspace.mkdir()
    monkeypatch.chdir(workspace)
    return workspace


@pytest.fixture
def vgxness_machine(vgxness_workspace: Path) -> Machine:
    """A computer of its own around that home and workspace: hand it to an adapter as its context."""
    from vgxness.testing.machine import Machine

    return Machine(root=vgxness_workspace.parent)
