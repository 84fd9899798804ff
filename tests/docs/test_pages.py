"""The pages do what they say: every block runs, every generated page is fresh, every link leads somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs import generate
from tests.conftest import Site
from tests.docs.blocks import DOCS, blocks

TOP = DOCS.parent
PAGES = sorted([*DOCS.rglob("*.md"), TOP / "README.md", TOP / "CONTRIBUTING.md"])


def shell(script: str, *, directory: Path) -> str:
    """Run a script as a new user's shell would, stopping at the first failure."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def with_this_python_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def copied(checkout: Path) -> Path:
    """Copy what an installation needs, as a clone would hold it."""
    checkout.mkdir()
    for name in ("vgxness", "plugins", "pyproject.toml", "README.md", "LICENSE"):
        source = TOP / name
        if source.is_dir():
            shutil.copytree(source, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, checkout / name)
    return checkout


@pytest.mark.timeout(300)
def test_uv_installs_the_workspace(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_this_python_first(monkeypatch)
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", str(tmp_path / "environment"))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    script = f"uv sync -q --no-config --system-certs --all-packages --no-dev --python {sys.executable}"
    shell(script, directory=copied(tmp_path / "vgxness"))
    listed = shell(f"{tmp_path}/environment/bin/vgxness plugins list", directory=home)
    assert "vgxness-opencode" in listed


@pytest.mark.timeout(300)
def test_getting_started_runs_from_a_checkout_to_the_rollback(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = copied(tmp_path / "vgxness")
    (home / "bookshop").mkdir()
    out = shell("\n".join(blocks("getting-started.md", "sh")), directory=checkout)
    assert "Prices are integer cents" in out
    assert "Cents everywhere" in (home / "bookshop" / "memory.ndjson").read_text()
    assert not (home / ".config" / "opencode" / "opencode.jsonc").exists()


def test_the_storage_page_runs(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_this_python_first(monkeypatch)
    shell("vgxness memory save --title A --content B", directory=workspace)
    out = shell("\n".join(blocks("storage.md", "sh")), directory=workspace)
    assert "The database is sound." in out
    assert (workspace / "before-the-holidays.sqlite").is_file()


def test_the_first_adapter_plans_applies_and_rolls_back(
    workspace: Path, home: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "pelican"
    package.mkdir()
    (package / "pyproject.toml").write_text(blocks("plugin-authors/first-adapter.md", "toml")[0])
    (package / "vgxness_pelican.py").write_text(blocks("plugin-authors/first-adapter.md", "python")[0])
    site.pip_install(package)
    with_this_python_first(monkeypatch)
    settings = home / ".pelican" / "settings.json"
    settings.parent.mkdir()
    settings.write_text('{\n\t"theme": "sea"\n}')
    script = blocks("plugin-authors/first-adapter.md", "sh")[0].splitlines()
    for line in script:
        shell(line, directory=workspace)
        if "apply" in line:
            written = settings.read_text()
            assert '"mcpServers"' in written
            assert '\t"theme": "sea"' in written
    assert settings.read_text() == '{\n\t"theme": "sea"\n}'


def test_the_reference_is_fresh() -> None:
    for name, text in generate.pages().items():
        assert (generate.REFERENCE / name).read_text(encoding="utf-8") == text, f"{name}: run `make docs`"


def test_every_hook_command_and_tool_is_in_the_reference() -> None:
    from vgxness.app import App, Options
    from vgxness.kernel.manager import HOOKS

    catalogue = App(Options(plugins=False)).catalogue
    pages = {path.name: path.read_text(encoding="utf-8") for path in generate.REFERENCE.glob("*.md")}
    assert all(f"`{hook}(" in pages["hooks.md"] for hook in HOOKS)
    assert all(f"`vgxness {offer.value.name}`" in pages["commands.md"] for offer in catalogue.commands)
    assert all(f"## `{offer.value.name}`" in pages["mcp-tools.md"] for offer in catalogue.tools)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_exported_word_of_the_door_is_importable() -> None:
    import vgxness.plugin as door

    assert all(hasattr(door, name) for name in door.__all__)
