"""What status and doctor say about every way a file can stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.setup.fakes import Notepad, service, tree
from vgxness.contract.provider import ServerCommand, SetKey
from vgxness.setup import SetupService, checks

NEWER = ServerCommand(command=("/opt/newer/bin/vgxness", "mcp", "serve"))


@dataclass
class Host:
    """As much of the app as the checks see."""

    setup: SetupService


def in_sync(path: Path) -> None:
    path.write_text(path.read_text() + "// a comment of mine\n")


def user_edited(path: Path) -> None:
    path.write_text(path.read_text().replace("/opt/vgxness", "/opt/elsewhere"))


def missing(path: Path) -> None:
    path.write_text("{}")


def deleted(path: Path) -> None:
    path.unlink()


def unreadable(path: Path) -> None:
    path.write_text('{"token": hunter2}')


AFTER_APPLY: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "in-sync": (in_sync, "in-sync", ""),
    "user-edited": (user_edited, "user-edited", "mcp.vgxness was edited"),
    "missing": (missing, "missing", "mcp.vgxness is gone"),
    "deleted": (deleted, "missing", "mcp.vgxness is gone"),
    "unreadable": (unreadable, "unreadable", "Line 1, column 11"),
}


@pytest.mark.parametrize("name", AFTER_APPLY)
def test_each_way_a_written_file_can_stand(name: str, home: Path) -> None:
    change, drift, line = AFTER_APPLY[name]
    setup = service(home)
    setup.apply()
    change(home / "notepad.json")
    before = tree(home)
    (row,) = setup.status()[0].targets
    assert row.drift == drift
    assert line in "".join(row.lines)
    assert "hunter2" not in repr(row)
    assert tree(home) == before


def test_stale_is_what_we_would_write_differently_today(home: Path) -> None:
    service(home).apply()
    (row,) = service(home, server=NEWER).status()[0].targets
    assert row.drift == "stale"
    assert "/opt/newer/bin/vgxness" in row.lines[0]
    assert row.hint.startswith("vgxness setup apply")


def test_stale_is_also_a_key_that_we_would_add_today(home: Path) -> None:
    ours, new = SetKey(path=("ours",), value=1), SetKey(path=("new",), value=2)
    service(home, Notepad(edits=(ours,))).apply()
    (row,) = service(home, Notepad(edits=(ours, new))).status()[0].targets
    assert (row.drift, row.lines) == ("stale", ("new is not set yet",))


def test_foreign_and_absent_are_told_apart(home: Path) -> None:
    assert service(home).status()[0].targets[0].drift == "absent"
    (home / "notepad.json").write_text('{"mcp": {"vgxness": {}}}')
    assert service(home).status()[0].targets[0].drift == "foreign"


def test_secrets_in_what_the_user_wrote_are_not_shown(home: Path) -> None:
    setup = service(home)
    setup.apply()
    path = home / "notepad.json"
    path.write_text(path.read_text().replace("true", 'true, "token": "abc"'))
    assert "abc" not in repr(setup.status())
    assert "REDACTED" in repr(setup.status())


def test_a_file_that_is_no_target_any_more_is_still_watched(home: Path) -> None:
    service(home, Notepad(files=("old.json",))).apply()
    setup = service(home, Notepad(files=("new.json",)))
    assert [(row.path.name, row.drift) for row in setup.status()[0].targets] == [
        ("new.json", "absent"),
        ("old.json", "in-sync"),
    ]


def test_the_adapter_is_told_which_files_are_ours(home: Path) -> None:
    adapter = Notepad()
    setup = service(home, adapter)
    setup.apply()
    setup.plan()
    assert adapter.asked[0].managed == ()
    assert adapter.asked[-1].managed == (home / "notepad.json",)


def test_what_changed_since_the_last_apply_is_shown_as_a_diff(home: Path) -> None:
    setup = service(home)
    setup.apply()
    assert setup.edits_since() == {}
    user_edited(home / "notepad.json")
    (diff,) = setup.edits_since().values()
    assert '-      "command": ["/opt/vgxness/' in diff
    assert '+      "command": ["/opt/elsewhere/' in diff


def severities(setup: SetupService) -> dict[str, str]:
    host = Host(setup)
    return {
        name: getattr(checks, name)(host).severity for name in ("drift", "files", "interrupted", "server")
    }


def test_the_doctor_is_content_with_a_fresh_home(home: Path) -> None:
    assert severities(service(home)) == {
        "drift": "info",
        "files": "ok",
        "interrupted": "ok",
        "server": "skipped",
    }
    assert list(home.iterdir()) == []


def test_the_doctor_names_a_server_command_that_is_gone(home: Path) -> None:
    setup = service(home)
    setup.apply()
    finding = checks.server(Host(setup))
    assert (finding.severity, finding.evidence) == ("error", ("/opt/vgxness/bin/vgxness",))
    setup.uninstall()
    assert checks.server(Host(setup)).severity == "skipped"


def test_the_doctor_warns_of_drift_and_fails_on_a_file_that_does_not_parse(
    home: Path, tmp_path: Path
) -> None:
    setup = service(home, workspace=tmp_path)
    setup.apply()
    assert severities(setup)["drift"] == "ok"
    user_edited(home / "notepad.json")
    assert severities(setup)["drift"] == "warning"
    unreadable(home / "notepad.json")
    finding = checks.files(Host(setup))
    assert finding.severity == "error"
    assert any("Line 1, column 11" in line for line in finding.evidence)


def test_the_doctor_sees_an_interrupted_setup(home: Path) -> None:
    journal = home / ".local" / "state" / "vgxness" / "setup" / "journal.json"
    journal.parent.mkdir(parents=True)
    journal.write_text("{}")
    assert severities(service(home))["interrupted"] == "error"
