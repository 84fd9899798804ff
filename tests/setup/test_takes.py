"""A conflict waits for a person, blocks its own target only, and stays settled once it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.setup.fakes import Notepad, service
from vgxness.contract.provider import EnsureItem, ServerCommand, SetKey
from vgxness.errors import VgxnessError
from vgxness.setup import Take

FOREIGN = {"mcp": {"vgxness": {"command": ["theirs"]}, "other": 1}}
NEWER = ServerCommand(command=("/opt/newer/bin/vgxness", "mcp", "serve"))


@pytest.fixture
def notepad(home: Path) -> Path:
    path = home / "notepad.json"
    path.write_text(json.dumps(FOREIGN, indent=2))
    return path


def test_ours_replaces_what_stood_there_and_the_way_back_brings_it_again(home: Path, notepad: Path) -> None:
    before = notepad.read_bytes()
    setup = service(home)
    setup.apply(takes={"": "ours"})
    assert json.loads(notepad.read_text())["mcp"]["vgxness"]["command"][0] == "/opt/vgxness/bin/vgxness"
    notepad.write_text(notepad.read_text().replace('"other": 1', '"other": 2'))
    setup.uninstall()
    assert notepad.read_bytes() == before.replace(b'"other": 1', b'"other": 2')


def test_theirs_leaves_every_byte_and_is_not_asked_again(home: Path, notepad: Path) -> None:
    before = notepad.read_bytes()
    setup = service(home)
    assert setup.apply(takes={"notepad/notepad.json": "theirs"}).receipt
    assert notepad.read_bytes() == before
    assert setup.plan().held_back == ()
    assert setup.apply().receipt is None
    (row,) = setup.status()
    assert (row.targets[0].drift, row.targets[0].lines) == ("in-sync", ("mcp.vgxness is left to you",))
    setup.uninstall()
    assert notepad.read_bytes() == before


def test_who_left_it_to_themselves_can_change_their_mind(home: Path, notepad: Path) -> None:
    setup = service(home)
    setup.apply(takes={"": "theirs"})
    setup.apply(takes={"": "ours"})
    assert "/opt/vgxness/bin/vgxness" in notepad.read_text()
    assert setup.status()[0].targets[0].drift == "in-sync"


def test_what_was_left_to_the_user_and_is_gone_is_written_by_the_next_apply(
    home: Path, notepad: Path
) -> None:
    setup = service(home)
    setup.apply(takes={"": "theirs"})
    notepad.write_text("{}")
    setup.apply()
    assert "/opt/vgxness/bin/vgxness" in notepad.read_text()
    setup.uninstall()
    assert notepad.read_text() == "{}"


@pytest.mark.parametrize(
    ("side", "command"), [("ours", "/opt/newer/bin/vgxness"), ("theirs", "/home/me/vgxness")]
)
def test_a_value_that_both_changed_is_settled_alone_and_edits_beside_it_stay(
    home: Path, side: Take, command: str
) -> None:
    service(home).apply()
    path = home / "notepad.json"
    edited = path.read_text().replace("/opt/vgxness/bin/vgxness", "/home/me/vgxness")
    path.write_text(edited.replace("true", 'true, // mine\n      "timeout": 5'))
    setup = service(home, server=NEWER)
    assert setup.plan().targets[0].action == "conflict"
    setup.apply(takes={"": side})
    assert command in path.read_text()
    assert "true, // mine" in path.read_text()
    assert '"timeout": 5' in path.read_text()
    assert setup.plan().held_back == ()


def test_the_other_files_of_the_plan_go_on(home: Path) -> None:
    (home / "a.json").write_text(json.dumps(FOREIGN))
    (home / "b.json").write_text(json.dumps(FOREIGN))
    setup = service(home, Notepad(files=("a.json", "b.json", "c.json")))
    outcome = setup.apply(takes={"b.json": "ours"})
    assert [target.action for target in outcome.plan.targets] == ["conflict", "update", "create"]
    assert json.loads((home / "a.json").read_text()) == FOREIGN


def test_a_conflict_shows_what_ours_would_change(home: Path, notepad: Path) -> None:
    (target,) = service(home).plan().targets
    rows = target.diff.splitlines()
    assert any(row.startswith("-") and '"theirs"' in row for row in rows)
    assert any(row.startswith("+") and "/opt/vgxness/bin/vgxness" in row for row in rows)


def test_a_target_that_is_not_in_the_plan_is_refused(home: Path, notepad: Path) -> None:
    with pytest.raises(VgxnessError) as caught:
        service(home).apply(takes={"nothing": "ours"})
    assert (caught.value.code, caught.value.cause) == ("usage", "Targets: notepad/notepad.json.")


def test_an_edit_of_an_item_is_found_by_its_identity(home: Path) -> None:
    def hooks(program: str) -> tuple[EnsureItem, ...]:
        value = {"hooks": [{"type": "command", "command": program, "timeout": 5}]}
        return (EnsureItem(path=("hooks",), name="start", value=value, identity=("hooks", 0, "command")),)

    path = home / "notepad.json"
    path.write_text('{"hooks": [{"hooks": [{"command": "mine"}]}]}')
    service(home, Notepad(edits=hooks("old"))).apply()
    path.write_text(
        path.read_text()
        .replace('"timeout": 5', '"timeout": 60')
        .replace('[{"hooks"', '[{"x": 1}, {"hooks"', 1)
    )
    setup = service(home, Notepad(edits=hooks("new")))
    assert setup.status()[0].targets[0].drift == "user-edited"
    setup.apply()
    assert json.loads(path.read_text())["hooks"] == [
        {"x": 1},
        {"hooks": [{"command": "mine"}]},
        {"hooks": [{"type": "command", "command": "new", "timeout": 60}]},
    ]
    setup.uninstall()
    assert json.loads(path.read_text())["hooks"] == [{"x": 1}, {"hooks": [{"command": "mine"}]}]


def test_an_entry_that_is_wished_for_no_more_goes_with_the_next_apply(home: Path) -> None:
    path = home / "notepad.json"
    path.write_text('{"own": 1}')
    both = (SetKey(path=("a", "x"), value=1), SetKey(path=("b",), value=2))
    service(home, Notepad(edits=both)).apply()
    setup = service(home, Notepad(edits=both[1:]))
    setup.apply()
    assert json.loads(path.read_text()) == {"own": 1, "b": 2}
    setup.rollback()
    assert json.loads(path.read_text()) == {"own": 1, "a": {"x": 1}, "b": 2}
    setup.uninstall()
    assert path.read_text() == '{"own": 1}'


def test_the_command_line_takes_sides(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / ".config" / "opencode" / "opencode.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"mcp": {"vgxness": {"type": "local", "command": ["theirs"]}}}))
    apply = ("setup", "apply", "--provider", "opencode", "--yes")
    assert cli(*apply).code == 4
    assert cli(*apply, "--take", "mine").code == 2
    assert cli(*apply, "--take", "nowhere=ours").code == 2
    assert cli(*apply, "--take", "opencode/config=ours").code == 0
    assert "theirs" not in path.read_text()
