"""The pages about the ledger and the doctor do what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.docs.blocks import DOCS, blocks
from tests.docs.test_pages import shell, with_this_python_first
from tests.tokens.paper import configure, install, script
from tests.tokens.test_tokenizer import HIGH, LOW, NEVER_OVER, NEVER_UNDER
from vgxness.mcp.asking import SECONDS
from vgxness.mcp.checks import SLOW_SECONDS
from vgxness.mcp.listing import CORE_TOKEN_BUDGET, FULL_TOKEN_BUDGET


@pytest.fixture(autouse=True)
def world(site: Site, home: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(site)
    configure(home, library=script(tmp_path, "library", "serve([TOOL])"))
    with_this_python_first(monkeypatch)


def test_the_ledgers_page_runs(workspace: Path) -> None:
    out = shell("\n".join(blocks("tokens.md", "sh")), directory=workspace)
    assert "Counted by: " in out
    assert "library" in out


def test_the_doctors_page_runs(workspace: Path) -> None:
    out = shell("\n".join(blocks("doctor.md", "sh")), directory=workspace)
    assert "mcp.others" in out
    assert json.loads((workspace / "report.json").read_text())["about"]


def test_the_numbers_of_the_pages_are_those_of_the_program() -> None:
    ledger, doctor = ((DOCS / name).read_text(encoding="utf-8") for name in ("tokens.md", "doctor.md"))
    assert f"between {NEVER_UNDER} and {NEVER_OVER} times" in ledger
    assert f"between {LOW} and {HIGH} times" in ledger
    assert f"{CORE_TOKEN_BUDGET:,} tokens for the core profile" in ledger
    assert f"{FULL_TOKEN_BUDGET:,} for the full one" in ledger
    assert f"at most {SECONDS:.0f} seconds" in ledger
    assert f"Over {SLOW_SECONDS:.0f} seconds" in doctor
