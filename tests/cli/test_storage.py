"""`vgxness db`, as a user types it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.storage.worlds import contents


@pytest.fixture
def database(home: Path) -> Path:
    return home / ".local" / "share" / "vgxness" / "memory.sqlite"


def test_path_names_the_source(cli: Cli, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("db", "path").out == f"{database}\n"
    assert cli("db", "path", "--json").data == {
        "path": str(database),
        "source": "global-default",
        "scheme": "sqlite",
    }
    monkeypatch.setenv("VGXNESS_DB_PATH", "/from/environment")
    assert cli("db", "path", "--json").data["source"] == "environment"
    assert cli("--db", "/from/flag", "db", "path", "--json").data == {
        "path": "/from/flag",
        "source": "flag",
        "scheme": "sqlite",
    }


@pytest.mark.parametrize("command", [("path",), ("status",), ("upgrade",), ("check",)])
def test_no_home_is_an_error_that_names_the_ways_out(
    cli: Cli, workspace: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOME")
    ran = cli("db", *command)
    assert (ran.code, ran.out) == (5, "")
    assert "[store_unavailable]" in ran.err
    assert "--db" in ran.err
    assert "VGXNESS_DB_PATH" in ran.err
    assert list(workspace.iterdir()) == []


def test_looking_creates_nothing(cli: Cli, home: Path) -> None:
    status = cli("db", "status", "--json").data
    assert (status["state"], status["version"], status["source"]) == ("absent", 0, "global-default")
    assert cli("db", "check", "--json").error["code"] == "store_missing"
    assert cli("db", "path").code == 0
    assert list(home.rglob("*")) == []


def test_upgrade_creates_and_then_has_nothing_to_do(cli: Cli, database: Path) -> None:
    first = cli("db", "upgrade", "--json").data
    assert first["applied"][0] == "0001_text_index"
    assert first["version"] == len(first["applied"])
    assert cli("db", "upgrade", "--json").data["applied"] == []
    assert cli("db", "status").out.splitlines()[1].split() == ["state", "ready"]
    assert cli("db", "check").out == "The database is sound.\n"
    assert database.stat().st_mode & 0o777 == 0o600


def test_check_exits_with_1_when_it_finds_damage(cli: Cli, database: Path) -> None:
    cli("db", "upgrade")
    with database.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(4096 * 8))
    before = contents(database.parent)
    ran = cli("db", "check", "--json")
    assert ran.code == 1
    assert not ran.data["sound"]
    assert ran.data["damage"]
    assert cli("db", "check").code == 1
    assert contents(database.parent) == before


def test_backup_and_restore_round_trip(cli: Cli, database: Path, workspace: Path) -> None:
    cli("db", "upgrade")
    saved = cli("db", "backup", "copy.sqlite", "--json").data
    assert saved == {
        "backup": str(workspace / "copy.sqlite"),
        "size": (workspace / "copy.sqlite").stat().st_size,
    }
    again = cli("db", "backup", "copy.sqlite", "--json")
    assert (again.code, again.error["code"]) == (5, "write_failed")
    database.write_bytes(b"garbage" * 1000)
    restored = cli("db", "restore", "copy.sqlite", "--yes", "--json").data
    assert restored["state"] == "ready"
    assert Path(restored["replaced"]).read_bytes() == b"garbage" * 1000
    assert cli("db", "check").code == 0


def test_restore_without_yes_changes_nothing(cli: Cli, database: Path) -> None:
    cli("db", "upgrade")
    cli("db", "backup", "copy.sqlite")
    before = contents(database.parent)
    ran = cli("db", "restore", "copy.sqlite", "--json")
    assert (ran.code, ran.error["code"]) == (3, "consent_required")
    assert ran.error["hint"] == "vgxness db restore copy.sqlite --yes"
    assert contents(database.parent) == before


@pytest.mark.parametrize("source", ["", "absent.sqlite", "nul\0"])
def test_restore_from_nothing_is_an_error_with_manners(cli: Cli, source: str) -> None:
    ran = cli("db", "restore", source, "--yes", "--json")
    assert ran.error["code"] in {"usage", "store_missing"}


def test_an_unknown_scheme_is_wrong_usage(cli: Cli) -> None:
    ran = cli("--db", "cassandra://host/db", "db", "status", "--json")
    assert (ran.code, ran.error["code"]) == (2, "unknown_scheme")


def test_doctor_knows_the_database(cli: Cli, database: Path) -> None:
    def findings() -> dict[str, str]:
        checks = cli("doctor", "storage", "--json").data["checks"]
        return {check["id"]: check["severity"] for check in checks}

    names = (
        "storage.git",
        "storage.integrity",
        "storage.location",
        "storage.migrations",
        "storage.permissions",
    )
    absent, whole, harmed, foreign = (
        ("ok", "skipped", "info", "skipped", "skipped"),
        ("ok", "ok", "ok", "ok", "ok"),
        ("ok", "error", "error", "skipped", "warning"),
        ("ok", "skipped", "error", "skipped", "ok"),
    )
    assert findings() == dict(zip(names, absent, strict=True))
    assert not database.exists()
    cli("db", "upgrade")
    assert findings() == dict(zip(names, whole, strict=True))
    database.write_bytes(b"garbage" * 1000)
    database.chmod(0o644)
    assert findings() == dict(zip(names, harmed, strict=True))
    database.chmod(0o600)
    database.write_bytes(b"SQLite format 3\0" + bytes(4080))
    assert findings() == dict(zip(names, foreign, strict=True))
