"""The way back: every byte and bit, or, where the user edited since, everything but our keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.setup.fakes import Notepad, service, tree
from vgxness.contract.provider import ServerCommand, SetKey
from vgxness.errors import VgxnessError

NEWER = ServerCommand(command=("/opt/newer/bin/vgxness", "mcp", "serve"))


def test_files_and_directories_that_were_made_go_again(home: Path) -> None:
    setup = service(home, Notepad(files=("deep/er/notepad.json", "other.json")))
    before = tree(home)
    setup.apply()
    assert (home / "deep" / "er").is_dir()
    setup.rollback()
    assert tree(home) == before


def test_what_others_put_beside_our_file_stays(home: Path) -> None:
    setup = service(home, Notepad(files=("deep/notepad.json",)))
    setup.apply()
    (home / "deep" / ".gitignore").write_text("node_modules")
    setup.rollback()
    assert list(tree(home)) == ["deep", "deep/.gitignore"]


def test_bytes_and_modes_are_as_before(home: Path) -> None:
    path = home / "notepad.json"
    path.write_bytes(b'\xef\xbb\xbf{"a":1 }\r\n\r\n')
    path.chmod(0o604)
    before = tree(home)
    setup = service(home)
    setup.apply()
    setup.rollback()
    assert tree(home) == before


def test_edits_made_since_stay_and_only_our_keys_go(home: Path) -> None:
    path = home / "notepad.json"
    path.write_text('{\n  "a": 1\n}\n')
    setup = service(home)
    setup.apply()
    path.write_text(
        path.read_text()
        .replace('"a": 1,', '"a": 2, // better')
        .replace('"mcp": {', '"mcp": {\n    "mine": {},')
    )
    path.chmod(0o600)
    assert setup.plan_rollback().targets[0].reason.startswith("The file was edited since")
    setup.rollback()
    assert path.read_text() == '{\n  "a": 2, // better\n  "mcp": {\n    "mine": {}\n  }\n}\n'
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_edit_made_before_our_newest_apply_is_not_lost_either(home: Path) -> None:
    path = home / "notepad.json"
    service(home).apply()
    path.write_text(path.read_text().replace('"mcp": {', '"mine": 1,\n  "mcp": {'))
    service(home, server=NEWER).apply()
    setup = service(home)
    setup.rollback()
    assert json.loads(path.read_text())["mcp"]["vgxness"]["command"][0] == "/opt/vgxness/bin/vgxness"
    setup.rollback()
    assert json.loads(path.read_text()) == {"mine": 1}


def test_uninstall_takes_every_apply_back_and_keeps_the_rest(home: Path) -> None:
    path = home / "notepad.json"
    service(home).apply()
    path.write_text(path.read_text().replace('"mcp": {', '"mine": 1,\n  "mcp": {'))
    setup = service(home, server=NEWER)
    setup.apply()
    setup.uninstall()
    assert json.loads(path.read_text()) == {"mine": 1}
    assert setup.uninstall().receipt is None
    assert setup.status()[0].targets[0].drift == "absent"
    with pytest.raises(VgxnessError) as caught:
        setup.rollback()
    assert caught.value.code == "unknown_apply"


def test_a_file_that_holds_nothing_but_ours_goes_even_when_it_was_reformatted(home: Path) -> None:
    path = home / "notepad.json"
    setup = service(home)
    setup.apply()
    path.write_text(json.dumps(json.loads(path.read_text())))
    setup.rollback()
    assert not path.exists()


def test_a_key_set_because_it_was_absent_is_the_users_once_changed(home: Path) -> None:
    edits = (
        SetKey(path=("$schema",), value="https://one", only_if_absent=True),
        SetKey(path=("x",), value=1),
    )
    setup = service(home, Notepad(edits=edits))
    setup.apply()
    path = home / "notepad.json"
    path.write_text(path.read_text().replace("https://one", "https://two"))
    setup.uninstall()
    assert json.loads(path.read_text()) == {"$schema": "https://two"}


def test_back_to_any_apply_by_its_id_or_its_backup(home: Path) -> None:
    path = home / "notepad.json"
    path.write_text('{"n": 0}')
    first = service(home).apply().receipt
    second = service(home, server=NEWER).apply().receipt
    assert first
    assert second
    setup = service(home)
    assert [receipt.id for receipt in setup.receipts()] == [first.id, second.id]
    backup = setup.backup_of(first.files[0])
    assert backup
    assert backup.read_bytes() == b'{"n": 0}'
    assert setup.apply_of_backup(backup) == first.id
    with pytest.raises(VgxnessError):
        setup.apply_of_backup(path)
    with pytest.raises(VgxnessError):
        setup.rollback(to="0009-nothing")
    setup.rollback(to=first.id)
    assert path.read_text() == '{"n": 0}'
    assert not setup.can_undo(first)


def test_a_file_the_user_removed_is_not_brought_back(home: Path) -> None:
    setup = service(home)
    setup.apply()
    (home / "notepad.json").unlink()
    assert setup.rollback().receipt
    assert tree(home) == {}
    with pytest.raises(VgxnessError):
        setup.rollback()


def test_undo_works_when_the_plugin_is_gone(home: Path) -> None:
    (home / "notepad.json").write_text("{}")
    before = tree(home)
    service(home).apply()
    stranger = service(home, Notepad(name="another"))
    row = next(row for row in stranger.status() if row.provider == "notepad")
    assert (row.adapted, row.targets[0].drift) == (False, "in-sync")
    stranger.rollback(("notepad",))
    assert tree(home) == before


def test_a_file_that_no_longer_parses_is_not_rewritten(home: Path) -> None:
    setup = service(home)
    setup.apply()
    (home / "notepad.json").write_text("{ oops")
    outcome = setup.rollback()
    assert outcome.receipt is None
    assert outcome.plan.held_back[0].problem
    assert outcome.plan.held_back[0].problem.code == "config_unparsable"
    assert (home / "notepad.json").read_text() == "{ oops"


def test_a_rollback_bound_to_a_digest_is_refused_once_the_file_changes(home: Path) -> None:
    setup = service(home)
    setup.apply()
    digest = setup.plan_rollback().digest
    (home / "notepad.json").write_text("{}")
    with pytest.raises(VgxnessError) as caught:
        setup.rollback(digest=digest)
    assert caught.value.code == "plan_stale"
