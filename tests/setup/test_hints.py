"""What a person is told about a file that only they can mend, and about one that needs care."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.setup.fakes import Notepad, service
from tests.setup.test_status import Host
from vgxness.contract.provider import SetKey
from vgxness.setup import checks

OURS = '{"mcp": {"vgxness": {"command": ["/opt/vgxness/bin/vgxness", "mcp", "serve"], "enabled": false}}}'


def test_an_entry_that_the_user_disabled_is_called_disabled(home: Path) -> None:
    setup = service(home)
    setup.apply()
    config = home / "notepad.json"
    config.write_text(config.read_text().replace("true", "false"))
    (row,) = setup.status()[0].targets
    assert row.drift == "disabled"
    assert row.summary == f'The vgxness entry is switched off in {config}; see its "enabled" or "disabled".'
    assert "is switched off" in setup.plan().targets[0].reason


def test_a_copied_entry_that_is_disabled_is_not_called_foreign(home: Path) -> None:
    (home / "notepad.json").write_text(OURS)
    assert service(home).status()[0].targets[0].drift == "disabled"


def test_another_program_s_disabled_entry_stays_foreign(home: Path) -> None:
    (home / "notepad.json").write_text('{"mcp": {"vgxness": {"command": ["/x"], "enabled": false}}}')
    (row,) = service(home).status()[0].targets
    assert row.drift == "foreign"
    assert "rename or remove" in row.summary
    assert str(home / "notepad.json") in row.summary


def test_a_broken_file_names_its_place_once_and_is_not_called_no_client(home: Path) -> None:
    config = home / "notepad.json"
    config.write_text('{"mcp": hunter2}')
    setup = service(home)
    (row,) = setup.status()[0].targets
    assert f"{row.summary} {row.lines}".count(str(config)) == 1
    assert "Line 1, column 9" in row.lines[0]
    assert "No client" not in checks.drift(Host(setup)).summary


@pytest.mark.parametrize("value", ["null", "[]"])
def test_a_key_in_a_cause_is_spelt_as_it_stands(value: str, home: Path) -> None:
    (home / "notepad.json").write_text(f'{{"mcp": {value}}}')
    (target,) = service(home).plan().targets
    assert target.reason.startswith('"mcp" is not an object')


def test_a_hard_linked_file_is_a_notice_where_it_would_be_written(home: Path) -> None:
    config = home / "notepad.json"
    config.write_text("{}")
    assert service(home).plan().notices == ()
    os.link(config, home / "elsewhere.json")
    (notice,) = service(home).plan().notices
    assert notice.startswith(f"{config} is hard-linked")
    untouched = Notepad(edits=(SetKey(path=("a",), value=1, only_if_absent=True),))
    config.write_text('{"a": 2}')
    assert service(home, untouched).plan().notices == ()
