"""`vgxness verify`: storage is proved on a clean database, here and from a wheel in an empty venv."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import vgxness
from tests.conftest import Cli
from vgxness.kernel.clock import SystemClock
from vgxness.storage.verify import prove

ROOT = Path(vgxness.__file__).parents[1]
IDS = [
    "migrations",
    "foreign_keys",
    "busy_timeout",
    "search",
    "rollback",
    "integrity",
    "cleanup",
    "temporary_directory",
]


def test_every_proof_passes_and_the_users_own_place_is_untouched(cli: Cli, home: Path) -> None:
    data = cli("verify", "--json").data
    assert data["passed"]
    assert [proof["id"] for proof in data["proofs"]] == IDS
    assert all(proof["passed"] and proof["detail"] for proof in data["proofs"])
    assert list(home.rglob("*")) == []


def test_one_line_a_proof_and_a_verdict(cli: Cli) -> None:
    ran = cli("verify")
    *lines, blank, verdict = ran.out.splitlines()
    assert ran.code == 0
    assert [line.split()[2] for line in lines] == IDS
    assert (blank, verdict) == ("", "Storage works here.")


def test_no_packaged_migrations_fail_the_proof() -> None:
    failed = {proof.id: proof.detail for proof in prove(SystemClock(), migrations=()) if not proof.passed}
    assert "no migration is packaged" in failed["migrations"]
    assert "search" in failed


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def test_a_machine_that_can_not_hold_a_database_exits_with_1(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "vgxness", "verify", "--json"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        preexec_fn=_small_files,
        timeout=60,
    )
    data = json.loads(ran.stdout)["data"]
    assert (ran.returncode, data["passed"]) == (1, False)
    assert "migrations" in [proof["id"] for proof in data["proofs"] if not proof["passed"]]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.wheel
def test_the_wheel_in_an_empty_venv_proves_itself(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=100,
    )
    (wheel,) = tmp_path.glob("vgxness-*.whl")
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True, timeout=100)
    # The dependencies come from here, after the wheel: vgxness itself must not.
    here = sysconfig.get_paths()["purelib"]
    (site / "dependencies.pth").write_text(f"{here}\n")
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home")}
    where = [str(python), "-c", "import vgxness; print(vgxness.__file__)"]
    found = subprocess.run(where, check=True, capture_output=True, text=True, env=environ, cwd=tmp_path)
    assert Path(found.stdout.strip()).is_relative_to(site)
    program = tmp_path / "venv" / "bin" / "vgxness"
    ran = subprocess.run(
        [str(program), "verify", "--json"],
        check=False,
        capture_output=True,
        text=True,
        env=environ,
        cwd=tmp_path,
        timeout=100,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads(ran.stdout)["data"]["passed"]
    assert not (tmp_path / "home").exists()
