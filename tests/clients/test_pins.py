"""The pins say what they must, and nothing about where they come from."""

from __future__ import annotations

import json
import re
from pathlib import Path

HERE = Path(__file__).parent
LOCK = json.loads((HERE / "package-lock.json").read_text())


def test_each_client_is_pinned_to_one_exact_version() -> None:
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_lock_file_covers_every_platform_that_a_client_offers() -> None:
    packages = LOCK["packages"]
    offered = {name for row in packages.values() for name in row.get("optionalDependencies", {})}
    assert offered
    assert {f"node_modules/{name}" for name in offered} <= packages.keys()


def test_no_committed_file_names_a_download_address() -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        text = (HERE / name).read_text()
        assert "://" not in text
        assert '"resolved"' not in text
