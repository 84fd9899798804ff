"""What the world can do to a database: each gets its code, a cause, a hint, and loses nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.storage.worlds import contents, finish, start
from vgxness.errors import ExitCode, VgxnessError
from vgxness.storage.sqlite.engine import SqliteEngine

Opened = Callable[..., SqliteEngine]
FILLED = """
with engine.writing() as writer:
    writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    for number in range(2000):
        writer.execute("INSERT INTO note VALUES (?, ?)", (number, "text " * 20))
engine.close()
"""


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 + 100)


def with_garbage_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"garbage" * 20)


def with_garbage_pages(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))


def shorter_than_a_header(path: Path) -> None:
    os.truncate(path, 50)


@pytest.mark.parametrize(
    "harm",
    [truncated, with_garbage_header, with_garbage_pages, shorter_than_a_header],
    ids=lambda f: f.__name__,
)
def test_a_damaged_file_is_named_and_left_alone(
    opened: Opened, database: Path, harm: Callable[[Path], None]
) -> None:
    finish(start(database, FILLED))
    harm(database)
    before = database.read_bytes()
    engine = opened()
    assert engine.check() != ()
    with pytest.raises(VgxnessError) as caught, engine.reading() as reader:
        reader.rows("SELECT sum(length(text)) FROM note")
    error = caught.value
    assert (error.code, error.exit_code) == ("store_corrupt", ExitCode.STORAGE)
    assert error.cause
    assert "vgxness db restore" in error.hint
    with pytest.raises(VgxnessError) as caught, engine.writing() as writer:
        writer.rows("SELECT sum(length(text)) FROM note")
    assert caught.value.code == "store_corrupt"
    engine.close()
    assert database.read_bytes() == before


def test_check_finds_one_flipped_byte_of_the_text_index(engine: SqliteEngine, database: Path) -> None:
    with engine.writing() as writer:
        writer.execute("INSERT INTO text_document VALUES (1, 'd', 'p')")
        writer.execute("INSERT INTO text_index (rowid, body) VALUES (1, 'words to be found')")
    assert engine.check() == ()
    with engine.writing() as writer:
        writer.execute("UPDATE text_index_content SET c3 = 'other words' WHERE id = 1")
    assert len(engine.check()) == 1
    assert "text index" in engine.check()[0]


def test_check_finds_a_row_that_refers_to_nothing(engine: SqliteEngine, database: Path) -> None:
    with engine.writing() as writer:
        writer.execute("CREATE TABLE child (note INTEGER REFERENCES note (id))")
    raw = sqlite3.connect(database)
    raw.execute("INSERT INTO child VALUES (7)")
    raw.commit()
    raw.close()
    assert "child" in engine.check()[0]


def test_a_newer_store_is_refused_and_untouched(engine: SqliteEngine, opened: Opened, database: Path) -> None:
    engine.close()
    raw = sqlite3.connect(database)
    raw.execute("PRAGMA user_version = 999")
    raw.close()
    before = contents(database.parent)
    late = opened()
    assert (late.status().state, late.status().version) == ("newer", 999)
    for verb in (lambda: late.reading().__enter__(), lambda: late.writing().__enter__(), late.upgrade):
        with pytest.raises(VgxnessError) as caught:
            verb()
        assert caught.value.code == "store_newer"
    late.close()
    assert contents(database.parent) == before


def test_a_running_engine_notices_that_a_newer_program_upgraded(engine: SqliteEngine, database: Path) -> None:
    with engine.reading():
        pass
    raw = sqlite3.connect(database)
    raw.execute("PRAGMA user_version = 999")
    raw.close()
    for verb in (engine.reading, engine.writing):
        with pytest.raises(VgxnessError) as caught, verb():
            pass
        assert caught.value.code == "store_newer"


def test_a_lock_that_another_process_keeps_is_named(
    engine: SqliteEngine, opened: Opened, database: Path
) -> None:
    holder = start(database, "with engine.writing():\n  print('held', flush=True)\n  sys.stdin.read()")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    impatient = opened(wait=0.1)
    with pytest.raises(VgxnessError) as caught, impatient.writing():
        pass
    assert (caught.value.code, caught.value.exit_code) == ("store_locked", ExitCode.STORAGE)
    assert caught.value.cause
    with impatient.reading() as reader:
        assert reader.rows("SELECT * FROM note") == []
    finish(holder)
    with impatient.writing() as writer:
        writer.execute("INSERT INTO note VALUES (1, 'free')")


def can_mount(folder: Path) -> bool:
    """Mount a real file system of 1 MB, where this is permitted (as root on Linux)."""
    command = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def tiny_disk(tmp_path: Path, opened: Opened) -> Iterator[SqliteEngine]:
    """An engine on a disk of 1 MB; where none can be mounted, one that may use 200 pages."""
    folder = tmp_path / "disk"
    folder.mkdir()
    is_mounted = can_mount(folder)
    engine = opened(folder / "memory.sqlite")
    with engine.writing() as writer:
        writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        if not is_mounted:
            writer.row("PRAGMA max_page_count = 200")
    yield engine
    engine.close()
    if is_mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(engine: SqliteEngine) -> int:
    """Write rows of 50 kB, one a transaction, until the disk is full; return how many were acknowledged."""
    done = 0
    with pytest.raises(VgxnessError) as caught:  # noqa: PT012 -- which of the writes fails is what is found out
        while done < 100:
            with engine.writing() as writer:
                writer.execute("INSERT INTO note VALUES (?, ?)", (done, "x" * 50_000))
            done += 1
    assert (caught.value.code, caught.value.exit_code) == ("store_full", ExitCode.STORAGE)
    assert caught.value.hint
    return done


def rows(engine: SqliteEngine) -> object:
    with engine.reading() as reader:
        return reader.row("SELECT count(*) FROM note")


@pytest.mark.parametrize("rows_there", [rows], ids=["database-full-disk"])
def test_a_full_disk_loses_nothing_that_was_acknowledged(
    tiny_disk: SqliteEngine, rows_there: Callable[[SqliteEngine], object]
) -> None:
    done = fill(tiny_disk)
    assert rows_there(tiny_disk) == (done,)
    assert tiny_disk.check() == ()


def test_a_backup_that_does_not_fit_leaves_nothing(engine: SqliteEngine, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if not can_mount(small):
        pytest.skip("mounting a small file system is not permitted here")
    try:
        with engine.writing() as writer:
            writer.execute("INSERT INTO note VALUES (1, ?)", ("x" * 2_000_000,))
        with pytest.raises(VgxnessError) as caught:
            engine.backup(small / "copy")
        assert caught.value.code == "store_full"
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_a_page_bound_that_is_reached_loses_nothing_that_was_acknowledged(engine: SqliteEngine) -> None:
    with engine.writing() as writer:
        writer.row("PRAGMA max_page_count = 200")
    done = fill(engine)
    assert rows(engine) == (done,)
    assert engine.check() == ()
    with engine.writing() as writer:
        writer.execute("DELETE FROM note")


def test_an_error_of_the_callers_own_comes_through_as_it_is(engine: SqliteEngine) -> None:
    with pytest.raises(FileNotFoundError), engine.writing():
        Path("/nowhere/at/all").read_text()
    with pytest.raises(FileNotFoundError), engine.reading():
        Path("/nowhere/at/all").read_text()
    with pytest.raises(sqlite3.OperationalError, match="syntax"), engine.writing() as writer:
        writer.execute("SELEKT 1")
