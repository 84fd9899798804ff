"""A process that dies at any call: the next command completes its work or undoes it, all files or none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.setup.crashes import furnish, let_time_pass, setup_of
from tests.setup.fakes import tree
from tests.setup.faults import Death, Strike, die, striking
from vgxness.errors import VgxnessError

ROOT = Path(__file__).parents[2]

Tree = dict[str, Any]


def rows_of(verb: str, kind: str, stride: int, scratch: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.setup.crashes", str(scratch), verb, kind, str(stride)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1700,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("verb", ["apply", "rollback", "uninstall"])
def test_a_death_at_any_moment_is_completed_or_undone(verb: str, home: Path, tmp_path: Path) -> None:
    assert require_whole(verb, "plain", 1, tmp_path) > 40


@pytest.mark.parametrize("verb", ["apply", "rollback", "uninstall"])
def test_a_death_amid_every_format_is_completed_or_undone(verb: str, home: Path, tmp_path: Path) -> None:
    assert require_whole(verb, "full", 23, tmp_path) > 6


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("verb", ["apply", "rollback", "uninstall"])
def test_a_death_at_any_moment_amid_every_format(verb: str, home: Path, tmp_path: Path) -> None:
    assert require_whole(verb, "full", 1, tmp_path) > 100


def require_whole(verb: str, kind: str, stride: int, scratch: Path) -> int:
    """Hold every death to the promise; return how many there were."""
    furnish(scratch / "reference", kind)
    start = listed(tree(scratch / "reference"))
    setup_of(scratch / "reference", kind).apply()
    applied = listed(tree(scratch / "reference"))
    untouched, finished = (start, applied) if verb == "apply" else (applied, start)
    rows = rows_of(verb, kind, stride, scratch)
    assert {row["recovery"] for row in rows} == {None, "completed", "undone"}
    for row in rows:
        require_row(row, verb, untouched, finished)
        assert row["applied"] == applied
        assert row["uninstalled"] == start
    return len(rows)


def require_row(row: dict[str, Any], verb: str, untouched: Tree, finished: Tree) -> None:
    assert row["before"] == untouched, row["moment"]
    assert set(row["dead"]) >= set(untouched) & set(finished), "no file of the user is ever missing"
    for name, state in row["dead"].items():
        is_known = state in (untouched.get(name), finished.get(name))
        assert is_known or ".vgxness-" in name or state[0] == "directory"
    assert row["recovered"] in (untouched, finished), (row["moment"], row["recovery"])
    assert (row["recovered"] == finished) == (row["receipts"][-1:] == [verb] or finished == row["dead"])
    assert not row["is_interrupted"]
    assert row["was_interrupted"] or row["recovery"] is None


def listed(files: Tree) -> Tree:
    """As JSON shows it."""
    return json.loads(json.dumps(files))


def test_where_somebody_else_wrote_in_between_the_rest_is_undone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(home / "h")
    setup = setup_of(home / "h")
    state = home / "h" / ".local" / "state" / "vgxness"
    die_after_first_commit(setup, monkeypatch)
    (home / "h" / "plain.json").write_text('{"theirs": 1}')
    assert (state / "setup" / "journal.json").exists()
    assert setup.recover() == "undone"
    left = tree(home / "h")
    assert left["plain.json"][0] == '{"theirs": 1}'
    assert left["dotfiles/kept.json"][0] == '{"mine": 1}\n'
    assert not any(name.startswith("made") or ".vgxness-" in name for name in left)
    assert setup.receipts() == ()


def die_after_first_commit(setup: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Death(BaseException):
        pass

    with monkeypatch.context() as patch:
        patch.setattr("vgxness.setup.transaction.Transaction._put", dying_after(1, Death))
        with pytest.raises(Death):
            setup.apply()


def dying_after(count: int, death: type[BaseException]) -> Any:
    from vgxness.setup.transaction import Transaction

    real = Transaction._put
    left = [count]

    def put(self: Transaction, entry: Any) -> None:
        if left[0] == 0:
            raise death
        left[0] -= 1
        real(self, entry)

    return put


def test_a_rollback_right_after_a_crash_takes_the_completed_apply_back(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(home / "h")
    before = tree(home / "h")
    setup = setup_of(home / "h")
    die_after_first_commit(setup, monkeypatch)
    assert setup.rollback().receipt
    assert tree(home / "h") == before


def test_a_read_only_command_after_a_crash_only_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(home / "h")
    setup = setup_of(home / "h")
    die_after_first_commit(setup, monkeypatch)
    before = tree(home / "h")
    assert setup.plan().notices
    setup.status()
    assert setup.is_interrupted
    assert tree(home / "h") == before


def test_a_damaged_journal_is_kept_and_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(home / "h")
    setup = setup_of(home / "h")
    die_after_first_commit(setup, monkeypatch)
    journal = home / "h" / ".local" / "state" / "vgxness" / "setup" / "journal.json"
    journal.write_text("{}")
    with pytest.raises(VgxnessError) as caught:
        setup.apply()
    assert caught.value.code == "config_blocked"
    assert journal.exists()


def test_what_was_done_and_recorded_stays_done_though_the_user_wrote_before_the_next_command(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(home / "h")
    setup = setup_of(home / "h")
    with monkeypatch.context() as patch:
        patch.setattr("vgxness.setup.journal.JournalFile.remove", dying)
        with pytest.raises(Death):
            setup.apply()
    path = home / "h" / "plain.json"
    path.write_text('{"theirs": 1, ' + path.read_text().lstrip("{"))
    assert setup.recover() == "completed"
    assert (home / "h" / "made" / "deep" / "new.json").exists()
    setup.uninstall()
    assert json.loads(path.read_text()) == {"theirs": 1, "a": 1}
    assert not (home / "h" / "made").exists()


def dying(*arguments: object) -> None:
    raise Death


@pytest.mark.parametrize("verb", ["apply", "uninstall"])
def test_the_lock_of_a_client_that_a_death_left_is_taken_away(verb: str, home: Path) -> None:
    furnish(home / "h", "full")
    setup = setup_of(home / "h", "full")
    if verb == "uninstall":
        setup.apply()
    lock = home / "h" / "client.json.lock"
    with pytest.raises(Death), striking(Strike(1, die, is_lasting=True, calls=("rmdir",))):
        getattr(setup, verb)()
    assert lock.is_dir()
    let_time_pass(home / "h")
    assert setup.recover() == "completed"
    assert not lock.exists()
