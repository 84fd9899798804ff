"""The proof that storage works here: the engine at work on a clean temporary database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from vgxness.contract.context import Clock
from vgxness.contract.storage import TextDocument, TextQuery
from vgxness.errors import VgxnessError
from vgxness.storage.sqlite.engine import SqliteEngine
from vgxness.storage.sqlite.schema import Migration

_TABLES: Final = (
    "CREATE TABLE verify_parent (id INTEGER PRIMARY KEY)",
    "CREATE TABLE verify_child (parent INTEGER NOT NULL REFERENCES verify_parent (id))",
)
_SHORT_WAIT: Final = 0.05  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One thing that was tried.

    Attributes:
        id: stable, such as `"foreign_keys"`.
        passed: whether it went as it must.
        detail: what was seen, one sentence.
    """

    id: str
    passed: bool
    detail: str


class ProofFailedError(Exception):
    """Something went otherwise than it must; the text says how."""


def prove(clock: Clock, migrations: Sequence[Migration] | None = None) -> Iterator[Proof]:
    """Try one thing after the other in a temporary directory, which is gone at the end.

    `migrations` are the packaged ones, unless others are given.
    """
    with tempfile.TemporaryDirectory(prefix="vgxness-verify-") as folder:
        path = Path(folder) / "verify.sqlite"
        with closing(SqliteEngine(str(path), clock, wait=_SHORT_WAIT, migrations=migrations)) as engine:
            for name, attempt in _ATTEMPTS:
                yield _proof(name, lambda attempt=attempt: attempt(engine))
        yield _proof("cleanup", lambda: _left_behind(path))
    yield _proof("temporary_directory", lambda: _gone(Path(folder)))


def _proof(id: str, attempt: Callable[[], str]) -> Proof:
    try:
        return Proof(id=id, passed=True, detail=attempt())
    except Exception as error:  # noqa: BLE001 -- whatever goes wrong is the finding, and the next proof is tried
        return Proof(id=id, passed=False, detail=f"{type(error).__name__}: {error}")


def _expect(seen: bool, otherwise: str) -> None:  # noqa: FBT001 -- reads like an assertion
    if not seen:
        raise ProofFailedError(otherwise)


def _migrations(engine: SqliteEngine) -> str:
    versions = [migration.version for migration in engine.migrations]
    _expect(versions == list(range(1, len(versions) + 1)), f"the packaged migrations are numbered {versions}")
    _expect(bool(versions), "no migration is packaged")
    applied = engine.upgrade()
    _expect(len(applied) == len(versions), f"only {len(applied)} of {len(versions)} were applied")
    return f"{len(applied)} packaged migrations were applied to an empty database."


def _foreign_keys(engine: SqliteEngine) -> str:
    with engine.writing() as writer:
        for table in _TABLES:
            writer.execute(table)
    try:
        with engine.writing() as writer:
            writer.execute("INSERT INTO verify_child VALUES (?)", (1,))
    except VgxnessError:
        raise
    except Exception as error:  # noqa: BLE001 -- the class is the driver's own, and no business of this room
        _expect("FOREIGN KEY" in str(error).upper(), f"another error came: {error}")
        return "A row that refers to nothing was refused."
    raise ProofFailedError("a row that refers to nothing was stored")


def _busy_timeout(engine: SqliteEngine) -> str:
    with closing(SqliteEngine(str(engine.path), _Never(), wait=_SHORT_WAIT)) as other, engine.writing():
        try:
            with other.writing():
                pass
        except VgxnessError as error:
            _expect(error.code == "store_locked", f"the second writer got {error.code}")
            return "A second writer waited its time and was told that the database is held."
    raise ProofFailedError("two write transactions were open at once")


class _Never:
    """A clock for an engine that must not get as far as asking for the time."""

    def now(self) -> datetime:
        raise ProofFailedError("the second writer got as far as upgrading")


def _search(engine: SqliteEngine) -> str:
    document = TextDocument(
        id="1",
        partition="verify",
        title="Storage",
        key="",
        body="Horses were hopping over 数据库 and résumés.",
    )
    with engine.writing() as writer:
        engine.text.put(writer, document)
    for question in ("horse", '"hop" NOT* -', "数据库", "resume"):
        with engine.reading() as reader:
            answer = engine.text.search(reader, TextQuery(text=question, partitions=("verify",)))
        _expect(len(answer.hits) == 1, f"{question} found nothing")
    return "Full-text search found words by stem, past punctuation, in CJK and without accents."


def _rollback(engine: SqliteEngine) -> str:
    try:
        with engine.writing() as writer:
            writer.execute("INSERT INTO verify_parent VALUES (?)", (7,))
            _break_off()
    except _UndoneError:
        with engine.reading() as reader:
            row = reader.row("SELECT count(*) FROM verify_parent")
        _expect(row == (0,), "a row of an undone transaction is there")
        return "A transaction that was broken off left nothing."
    raise ProofFailedError("an error inside a transaction was swallowed")


class _UndoneError(Exception):
    """Breaks a transaction off."""


def _break_off() -> None:
    raise _UndoneError


def _integrity(engine: SqliteEngine) -> str:
    damage = engine.check()
    _expect(not damage, "; ".join(damage))
    return "Pages, indexes, references, migrations and the text index are sound."


def _left_behind(path: Path) -> str:
    names = sorted(file.name for file in path.parent.iterdir())
    _expect(names == [path.name], f"files were left beside the database: {names}")
    return "The closed database is one file."


def _gone(folder: Path) -> str:
    _expect(not folder.exists(), f"{folder} is still there")
    return "The temporary database is gone."


_ATTEMPTS: Final[tuple[tuple[str, Callable[[SqliteEngine], str]], ...]] = (
    ("migrations", _migrations),
    ("foreign_keys", _foreign_keys),
    ("busy_timeout", _busy_timeout),
    ("search", _search),
    ("rollback", _rollback),
    ("integrity", _integrity),
)
