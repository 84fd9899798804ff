"""The provider suite passes what is right, and of what is wrong fails exactly the promise that is broken."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.testing.specimens.faulty import BROKEN
from vgxness.testing.provider import ProviderConformance

pytestmark = pytest.mark.timeout(300)
# Promises that the engine keeps, whatever an adapter says: no adapter can break them.
ENGINE = {
    "test_undoing_keeps_what_the_user_did_since",
    "test_undoing_takes_an_edited_entry_of_ours_out",
    "test_what_was_planned_stands_in_the_files",
}
TOP = Path(__file__).parents[2]
# A thousand applies wait for the disk at each of their steps; a file system in memory lets them go on.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """By specimen, the tests of the suite that fail; all of them run in one process."""
    report = tmp_path_factory.mktemp("suite") / "report.xml"
    suite = "tests/testing/specimens/suite.py"
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=short", f"--junitxml={report}"]
    with tempfile.TemporaryDirectory(dir=MEMORY) as scratch:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, f"--basetemp={scratch}/machines", suite],
            cwd=TOP,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
    assert done.returncode in (0, 1), done.stdout[-3000:] + done.stderr[-3000:]
    found: dict[str, set[str]] = {}
    for case in ET.parse(report).iter("testcase"):
        kind = case.get("classname", "").rpartition(".Test")[2]
        failed = found.setdefault(kind, set())
        if case.find("failure") is not None or case.find("error") is not None:
            failed.add(case.get("name", ""))
    return found


@pytest.mark.parametrize("specimen", ["Pelican", "Heron"])
def test_a_good_adapter_passes_all_of_it(failures: dict[str, set[str]], specimen: str) -> None:
    assert failures[specimen] == set()


def test_every_promise_is_broken_by_some_specimen(failures: dict[str, set[str]]) -> None:
    every = {name for name in dir(ProviderConformance) if name.startswith("test_")}
    broken = {test.partition("[")[0] for failed in failures.values() for test in failed}
    assert every - broken == ENGINE


@pytest.mark.parametrize("specimen", BROKEN, ids=lambda kind: kind.__name__)
def test_a_fault_fails_exactly_the_promise_it_breaks(failures: dict[str, set[str]], specimen: type) -> None:
    assert failures[specimen.__name__] == BROKEN[specimen]
