"""A disk that refuses any call: nothing changes, the reason is told, and later it works."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.setup.fakes import Notepad, service, tree
from tests.setup.faults import CALLS, NEEDS_ROOM, Strike, full_disk, refuse, striking
from tests.setup.homes import furnish, setup_of
from vgxness.errors import VgxnessError
from vgxness.setup import SetupService

FILES = ("made/deep/new.json", "plain.json", "script.jsonc")
VERBS = ("apply", "rollback", "uninstall")


@pytest.fixture(autouse=True)
def unflushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug here; a flush counts as a call all the same."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


def small(home: Path) -> SetupService:
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "plain.json").exists():
        (home / "plain.json").write_text('{"mine": 1}\n')
    return service(home, Notepad(files=FILES))


def prepared(home: Path, verb: str) -> SetupService:
    setup = small(home)
    if verb != "apply":
        setup.apply()
    return setup


def require_unharmed(setup: SetupService, home: Path, verb: str, strike: Strike) -> bool:
    """Run a verb into a strike; all or nothing is done, and once more it works. Tell whether it failed."""
    before, count = tree(home), len(setup.receipts())
    problem: VgxnessError | None = None
    try:
        with striking(strike):
            getattr(setup, verb)()
    except VgxnessError as raised:
        problem = raised
    if problem is None:
        # What can't be flushed and directories that can't be tidied are no reason to give up.
        assert len(setup.receipts()) == count + 1
        return False
    assert not [path for path in home.rglob(".*.new") if path.is_file()], "nothing half-written is left"
    assert problem.code in ("write_failed", "config_blocked")
    assert problem.cause
    if not setup.is_interrupted:
        assert tree(home) == before, strike.at
        assert len(setup.receipts()) == count
    recovery = setup.recover()
    assert (recovery is None) == (tree(home) == before or recovery == "undone")
    if recovery != "completed":
        assert tree(home) == before, strike.at
        assert getattr(setup, verb)().receipt
    assert len(setup.receipts()) == count + 1
    assert not setup.is_interrupted
    return True


def problem_of(setup: SetupService) -> VgxnessError | None:
    try:
        setup.apply()
    except VgxnessError as problem:
        return problem
    return None


def count_of(setup: SetupService, verb: str, calls: tuple[str, ...]) -> int:
    """How many calls a verb makes."""
    with striking(Strike(10_000, lambda: None, calls=calls)) as strike:
        getattr(setup, verb)()
    return strike.seen


@pytest.mark.parametrize("is_lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("verb", VERBS)
def test_full_disk_at_every_call(home: Path, verb: str, is_lasting: bool) -> None:
    count = count_of(prepared(home / "count", verb), verb, NEEDS_ROOM)
    assert count > 15
    goal = tree(home / "count")
    failed = 0
    for at in range(1, count + 1):
        place = home / str(at)
        setup = prepared(place, verb)
        failed += require_unharmed(setup, place, verb, full_disk(at, is_lasting=is_lasting))
        assert tree(place) == goal
    assert failed > count // 2


@pytest.mark.parametrize(
    "number", [errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT], ids=errno.errorcode.get
)
def test_a_refusal_amid_every_format(home: Path, number: int) -> None:
    furnish(home / "count")
    count = count_of(setup_of(home / "count"), "apply", CALLS)
    goal = tree(home / "count")
    for at in range(1, count, 29):
        furnish(home / str(at))
        require_unharmed(setup_of(home / str(at)), home / str(at), "apply", Strike(at, refuse(number)))
        assert tree(home / str(at)) == goal


def test_a_disk_that_keeps_something_else_is_caught_and_the_old_text_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = small(home)
    before = tree(home)
    replace = os.replace

    def lossy(source: Path, target: Path) -> None:
        replace(source, target)
        if Path(target).name == "plain.json":
            os.truncate(target, 5)

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", lossy)
        with pytest.raises(VgxnessError) as caught:
            setup.apply()
    assert caught.value.code == "write_failed"
    kept = Path(caught.value.cause.rpartition(": ")[2])
    assert kept.read_text() == before["plain.json"][0]
    assert tree(home).keys() == before.keys(), "what was written besides was taken back"
    assert setup.receipts() == ()


def mount(folder: Path, options: str) -> bool:
    """Mount a file system in memory, where this is permitted (as root on Linux)."""
    try:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def tiny(home: Path) -> Iterator[Path]:
    """A home on a real disk of 256 kB."""
    place = home / "tiny"
    place.mkdir()
    if not mount(place, "size=256k,mode=0700"):
        pytest.skip("mounting a small file system is not permitted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, leave: int) -> Path:
    """Take all of a disk but so many pages of 4 kB."""
    ballast = place / "ballast"
    room = os.statvfs(place)
    ballast.write_bytes(b"x" * (room.f_bavail - leave) * room.f_bsize)
    return ballast


def test_a_real_disk_that_runs_full_at_any_page_loses_nothing(tiny: Path) -> None:
    furnish(tiny)
    failures, before = 0, tree(tiny)
    for leave in range(0, 64, 3):
        ballast = fill(tiny, leave)
        before = tree(tiny)
        problem = problem_of(setup_of(tiny))
        ballast.unlink()
        if problem is None:
            break
        assert problem.code == "write_failed"
        assert "No space left on device" in problem.cause
        del before["ballast"]
        setup_of(tiny).recover()
        assert tree(tiny) == before, leave
        failures += 1
    assert failures > 3
    setup_of(tiny).uninstall()
    del before["ballast"]
    assert tree(tiny) == before


def test_a_disk_that_was_mounted_read_only_is_told_and_nothing_changes(tiny: Path) -> None:
    furnish(tiny)
    before = tree(tiny)
    subprocess.run(["mount", "-o", "remount,ro", str(tiny)], check=True)
    setup = setup_of(tiny)
    outcome = setup.plan()
    assert {row.action for row in outcome.targets} == {"blocked"}
    assert "read-only" in outcome.targets[0].reason
    assert setup.apply().receipt is None
    subprocess.run(["mount", "-o", "remount,rw", str(tiny)], check=True)
    assert tree(tiny) == before
    assert setup.apply().receipt
    setup.uninstall()
    assert tree(tiny) == before


def test_directories_and_files_that_the_user_closed_stay_closed(home: Path) -> None:
    furnish(home)
    setup = setup_of(home)
    (home / "AGENTS.md").chmod(0o400)
    (home / "dotfiles").chmod(0o500)
    before = tree(home)
    outcome = setup.apply()
    held = {row.target for row in outcome.plan.held_back}
    assert held == {"AGENTS.md", "linked.json"}
    assert {row.problem.cause for row in outcome.plan.held_back if row.problem} == {
        "It is read-only.",
        f"The directory {home / 'dotfiles'} is read-only.",
    }
    after = tree(home)
    assert {name: after[name] for name in ("AGENTS.md", "dotfiles/kept.json")} == {
        name: before[name] for name in ("AGENTS.md", "dotfiles/kept.json")
    }
    setup.uninstall()
    assert tree(home) == before
    (home / "dotfiles").chmod(0o700)
