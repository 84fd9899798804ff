"""Migrations: numbered, packaged, whole or not at all, once for all processes, after a backup."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.storage.worlds import contents, finish, start
from vgxness.errors import VgxnessError
from vgxness.storage.sqlite import schema
from vgxness.storage.sqlite.engine import SqliteEngine
from vgxness.storage.sqlite.schema import Migration

Opened = Callable[..., SqliteEngine]

FIRST = Migration(version=1, name="0001_first", sql="CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT);")
SECOND = Migration(
    version=2,
    name="0002_second",
    sql="""
-- a comment; with a semicolon
ALTER TABLE note ADD COLUMN kind TEXT DEFAULT 'a;b';
CREATE TRIGGER note_is_kept BEFORE DELETE ON note
BEGIN
  SELECT RAISE(ABORT, 'kept; really');
  SELECT 1;
END;
CREATE INDEX note_kind ON note (kind)
""",
)
FAILING = Migration(
    version=3, name="0003_failing", sql="CREATE TABLE half (id); INSERT INTO nowhere VALUES (1);"
)


def test_packaged_migrations_are_numbered_without_a_gap() -> None:
    names = [migration.name for migration in schema.packaged()]
    assert names[0] == "0001_text_index"
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", name) for name in names)


def test_a_script_is_split_at_statements_and_not_at_semicolons() -> None:
    found = schema.statements(SECOND.sql)
    assert [statement.split()[0] for statement in found] == ["--", "CREATE", "CREATE"]
    assert found[1].endswith("END;")


def test_a_new_store_gets_all_without_a_backup(opened: Opened, database: Path) -> None:
    engine = opened(migrations=(FIRST, SECOND))
    assert engine.status().pending == ("0001_first", "0002_second")
    with engine.writing() as writer:
        versions = writer.rows("SELECT version, name, checksum FROM schema_migration")
    assert versions == [(1, "0001_first", FIRST.checksum), (2, "0002_second", SECOND.checksum)]
    engine.close()
    assert [file.name for file in database.parent.iterdir()] == ["memory.sqlite"]


def test_a_store_that_is_behind_is_upgraded_by_the_first_write_after_a_backup(
    opened: Opened, database: Path
) -> None:
    old = opened(migrations=(FIRST,))
    with old.writing() as writer:
        writer.execute("INSERT INTO note VALUES (1, 'old')")
    old.close()
    before = contents(database.parent)

    new = opened(migrations=(FIRST, SECOND))
    assert (new.status().state, new.status().pending) == ("outdated", ("0002_second",))
    with pytest.raises(VgxnessError) as caught, new.reading():
        pass
    assert caught.value.code == "store_outdated"
    assert "vgxness db upgrade" in caught.value.hint
    new.close()
    assert contents(database.parent) == before

    with new.writing() as writer:
        assert writer.rows("SELECT id, text, kind FROM note") == [(1, "old", "a;b")]
    (backup,) = database.parent.glob("memory.sqlite.backup-1-*")
    assert backup.stat().st_mode & 0o777 == 0o600
    kept = opened(backup, migrations=(FIRST,))
    assert kept.status().state == "ready"
    with kept.reading() as reader:
        assert reader.rows("SELECT * FROM note") == [(1, "old")]


def test_a_trigger_of_a_migration_holds(opened: Opened) -> None:
    engine = opened(migrations=(FIRST, SECOND))
    with engine.writing() as writer:
        writer.execute("INSERT INTO note (id) VALUES (1)")
    with pytest.raises(sqlite3.IntegrityError, match="kept; really"), engine.writing() as writer:
        writer.execute("DELETE FROM note")


def test_a_migration_that_fails_leaves_the_old_version_whole(opened: Opened) -> None:
    old = opened(migrations=(FIRST,))
    with old.writing() as writer:
        writer.execute("INSERT INTO note VALUES (1, 'old')")
    broken = opened(migrations=(FIRST, SECOND, FAILING))
    for verb in (broken.upgrade, lambda: broken.writing().__enter__()):
        with pytest.raises(VgxnessError) as caught:
            verb()
        assert caught.value.code == "store_unavailable"
        assert "0003_failing" in caught.value.message
    assert (old.status().state, old.status().version) == ("ready", 1)
    with old.reading() as reader:
        assert reader.rows("SELECT * FROM note") == [(1, "old")]
        assert reader.rows("SELECT name FROM sqlite_master WHERE name IN ('half', 'note_kind')") == []
    assert old.check() == ()


class SteppingClock:
    """Each question about the time is a minute later than the last."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


def test_the_newest_three_automatic_backups_are_kept(database: Path) -> None:
    clock = SteppingClock()
    steps = [FIRST]
    for number in range(2, 8):
        engine = SqliteEngine(str(database), clock, migrations=tuple(steps))
        engine.upgrade()
        engine.close()
        steps.append(Migration(version=number, name=f"{number:04d}_step", sql=f"CREATE TABLE t{number} (id)"))
    kept = sorted(file.name.split("-")[1] for file in database.parent.glob("*.backup-*"))
    assert kept == ["3", "4", "5"]


def test_check_names_a_migration_that_is_not_ours(opened: Opened) -> None:
    engine = opened(migrations=(FIRST, SECOND))
    engine.upgrade()
    changed = Migration(version=2, name="0002_second", sql=SECOND.sql + "\n-- edited")
    assert "0002_second" in opened(migrations=(FIRST, changed)).check()[0]


def test_line_endings_do_not_change_a_checksum() -> None:
    windows = Migration(version=2, name="0002_second", sql=SECOND.sql.replace("\n", "\r\n"))
    assert windows.checksum == SECOND.checksum


UPGRADE = """
print('ready', flush=True)
sys.stdin.readline()
print(*engine.upgrade())
engine.close()
"""


@pytest.mark.parametrize("begun", [False, True], ids=["absent", "behind"])
def test_eight_processes_upgrade_once(opened: Opened, database: Path, *, begun: bool) -> None:
    names = [migration.name for migration in schema.packaged()]
    if begun:
        engine = opened(migrations=schema.packaged()[:1])
        engine.upgrade()
        engine.close()
    processes = [start(database, UPGRADE) for _ in range(8)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    applied = [name for process in processes for name in finish(process).split()]
    assert applied == names[int(begun) :]
    assert len(list(database.parent.glob("*.backup-*"))) == int(begun)
    assert json.dumps(opened().check()) == "[]"
