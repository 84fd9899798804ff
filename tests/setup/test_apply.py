"""Plan, then apply: what is shown is what is written, all of it or nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.setup.fakes import Notepad, service, tree
from vgxness.contract.provider import ServerCommand, SetKey
from vgxness.errors import VgxnessError

NEWER = ServerCommand(command=("/opt/newer/bin/vgxness", "mcp", "serve"))


def test_a_plan_shows_the_bytes_and_writes_nothing(home: Path) -> None:
    (home / "notepad.json").write_text('{\n  "theme": "dark"\n}\n')
    before = tree(home)
    plan = service(home).plan()
    (target,) = plan.targets
    assert target.action == "update"
    assert target.diff.splitlines()[2:] == [
        "@@ -1,3 +1,9 @@",
        " {",
        '-  "theme": "dark"',
        '+  "theme": "dark",',
        '+  "mcp": {',
        '+    "vgxness": {',
        '+      "command": ["/opt/vgxness/bin/vgxness", "mcp", "serve"],',
        '+      "enabled": true',
        "+    }",
        "+  }",
        " }",
    ]
    assert tree(home) == before
    assert not (home / ".local").exists()


def test_an_apply_of_a_plan_that_is_not_the_one_shown_writes_nothing(home: Path) -> None:
    setup = service(home)
    digest = setup.plan().digest
    (home / "notepad.json").write_text("{}")
    with pytest.raises(VgxnessError) as caught:
        setup.apply(digest=digest)
    assert caught.value.code == "plan_stale"
    assert (home / "notepad.json").read_text() == "{}"
    assert setup.apply(digest=setup.plan().digest).receipt


def test_another_server_command_is_another_digest(home: Path) -> None:
    assert service(home).plan().digest != service(home, server=NEWER).plan().digest


def test_twice_is_once(home: Path) -> None:
    setup = service(home)
    assert setup.apply().receipt
    after = tree(home)
    assert setup.apply().receipt is None
    assert tree(home) == after


def test_everything_kept_is_for_the_owner_alone(home: Path) -> None:
    (home / "notepad.json").write_text('{"key": "s3cr3t"}')
    service(home).apply()
    kept = [path for path in (home / ".local" / "state" / "vgxness").rglob("*") if path.is_file()]
    assert len(kept) == 4
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)
    assert (home / "notepad.json").stat().st_mode & 0o777 == 0o644 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_an_entry_that_is_not_ours_is_shown_redacted_and_left_alone_while_others_go_on(home: Path) -> None:
    token = "ghp_" + "a1B2" * 9
    foreign = json.dumps({"mcp": {"vgxness": {"command": ["other"], "token": token}}})
    (home / "a.json").write_text(foreign)
    setup = service(home, Notepad(files=("a.json", "b.json")))
    outcome = setup.apply()
    held, written = outcome.plan.targets
    assert (held.action, written.action) == ("conflict", "create")
    assert held.problem
    assert held.problem.code == "config_conflict"
    assert "other" in held.problem.cause
    assert token not in held.problem.cause
    assert (home / "a.json").read_text() == foreign
    assert (home / "b.json").exists()


def test_an_equal_entry_that_stood_there_first_stays_the_users(home: Path) -> None:
    text = json.dumps(
        {"mcp": {"vgxness": {"enabled": True, "command": ["/opt/vgxness/bin/vgxness", "mcp", "serve"]}}}
    )
    (home / "notepad.json").write_text(text)
    setup = service(home)
    assert setup.apply().receipt is None
    assert setup.uninstall().receipt is None
    assert (home / "notepad.json").read_text() == text


def test_beside_a_key_of_ours_an_equal_entry_still_stays_the_users(home: Path) -> None:
    (home / "notepad.json").write_text('{"theirs": 1}')
    edits = (SetKey(path=("theirs",), value=1), SetKey(path=("ours",), value=2))
    setup = service(home, Notepad(edits=edits))
    setup.apply()
    (home / "notepad.json").write_text('{"theirs": 5, "ours": 2, "later": 3}')
    setup.uninstall()
    assert json.loads((home / "notepad.json").read_text()) == {"theirs": 5, "later": 3}


def test_a_users_edit_inside_our_entry_survives_an_update(home: Path) -> None:
    service(home).apply()
    path = home / "notepad.json"
    path.write_text(path.read_text().replace("true", 'false, // not today\n      "timeout": 5000'))
    service(home, server=NEWER).apply()
    assert "/opt/newer/bin/vgxness" in path.read_text()
    assert "false, // not today" in path.read_text()
    assert '"timeout": 5000' in path.read_text()


def test_an_edit_of_the_very_value_we_have_to_change_is_a_conflict(home: Path) -> None:
    service(home).apply()
    path = home / "notepad.json"
    path.write_text(path.read_text().replace("/opt/vgxness/bin", "/home/me/bin"))
    assert service(home).plan().targets[0].action == "unchanged"
    assert service(home, server=NEWER).plan().targets[0].action == "conflict"


def test_an_adapter_that_raises_holds_back_its_own_provider_only(home: Path) -> None:
    class Broken(Notepad):
        def targets(self, request: object) -> tuple[()]:
            raise KeyError("oops")

    plan = service(home, Broken(name="broken"), Notepad()).plan()
    assert [target.action for target in plan.targets] == ["blocked", "create"]
    assert plan.held_back[0].problem
    assert plan.held_back[0].problem.code == "plugin_failed"


def test_the_project_scope_writes_into_the_workspace(home: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "shop"
    workspace.mkdir()
    setup = service(home, workspace=workspace)
    setup.apply(scope="project")
    assert [path.name for path in workspace.iterdir()] == ["notepad.json"]
    assert setup.status(scope="user")[0].targets[0].drift == "absent"
    assert setup.status(scope="project")[0].targets[0].drift == "in-sync"
    other = tmp_path / "other"
    other.mkdir()
    assert service(home, workspace=other).status(scope="project")[0].targets[0].drift == "absent"
    setup.rollback(scope="project")
    assert list(workspace.iterdir()) == []


def test_a_second_apply_at_the_same_time_is_refused(home: Path) -> None:
    setup = service(home)
    lock = home / ".local" / "state" / "vgxness" / "setup" / "lock"
    hold = (
        "import sys, pathlib\n"
        "from vgxness.setup.lock import exclusive\n"
        "with exclusive(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(VgxnessError) as caught:
            setup.apply()
        assert caught.value.code == "setup_busy"
        assert not (home / "notepad.json").exists()
        other.kill()
    assert setup.apply().receipt, "the lock of a dead process is no obstacle"


def test_a_full_disk_undoes_what_was_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "a.json").write_text("{}")
    before = tree(home)
    setup = service(home, Notepad(files=("a.json", "new/b.json", "c.json")))
    real = os.replace

    def full(source: Path, target: Path) -> None:
        if Path(target).name == "c.json":
            raise OSError(28, "No space left on device", str(target))
        real(source, target)

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(VgxnessError) as caught:
        setup.apply()
    assert caught.value.code == "write_failed"
    assert "No space left" in caught.value.cause
    assert tree(home) == before
    assert not setup.is_interrupted
    assert setup.receipts() == ()


def test_a_file_that_changes_at_the_last_moment_is_not_overwritten(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = service(home, Notepad(files=("a.json", "b.json")))
    real = os.replace

    def meddle(source: Path, target: Path) -> None:
        real(source, target)
        if Path(target).name == "a.json":
            (home / "b.json").write_text('{"mine": 1}')

    monkeypatch.setattr("os.replace", meddle)
    with pytest.raises(VgxnessError) as caught:
        setup.apply()
    assert caught.value.code == "plan_stale"
    assert tree(home) == {"b.json": ('{"mine": 1}', (home / "b.json").stat().st_mode)}


def test_a_damaged_receipt_stops_setup_instead_of_misleading_it(home: Path) -> None:
    setup = service(home)
    receipt = setup.apply().receipt
    assert receipt
    path = home / ".local" / "state" / "vgxness" / "setup" / "receipts" / f"{receipt.id}.json"
    path.write_text("{")
    with pytest.raises(VgxnessError) as caught:
        setup.rollback()
    assert caught.value.code == "config_blocked"
    assert str(path) in caught.value.hint
