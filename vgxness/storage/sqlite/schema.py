"""Numbered migrations: where they lie, which are applied, and how the pending ones are applied."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from vgxness import __version__
from vgxness.errors import VgxnessError
from vgxness.storage.sqlite import failures
from vgxness.storage.sqlite.connection import Connection

FOLDER: Final = Path(__file__).with_name("migrations")

_VERSIONS: Final = """
CREATE TABLE IF NOT EXISTS schema_migration (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL,
  program TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step of the schema; a released one never changes again.

    Attributes:
        version: its number; steps are applied in this order.
        name: the file's name without `.sql`, such as `"0001_text_index"`.
        sql: statements; it may hold triggers, and no transaction of its own.
    """

    version: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, line endings aside."""
        return hashlib.sha256(self.sql.replace("\r\n", "\n").encode()).hexdigest()


def packaged(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """Return the migrations that this program carries, in order."""
    found = [
        Migration(version=int(file.stem[:4]), name=file.stem, sql=file.read_text(encoding="utf-8"))
        for file in folder.glob("[0-9][0-9][0-9][0-9]_*.sql")
    ]
    return tuple(sorted(found, key=lambda migration: migration.version))


def newest(migrations: Sequence[Migration]) -> int:
    """Return the number of the last one, 0 for none."""
    return migrations[-1].version if migrations else 0


def pending(migrations: Sequence[Migration], version: int) -> tuple[Migration, ...]:
    """Return what a store of this version lacks."""
    return tuple(migration for migration in migrations if migration.version > version)


def version_of(connection: Connection) -> int:
    """Return the number of the newest migration applied; 0 for a new store."""
    return connection.number("PRAGMA user_version")


def apply(connection: Connection, steps: Sequence[Migration], now: datetime) -> None:
    """Apply the steps and their version rows inside the caller's transaction.

    Raises:
        VgxnessError: `store_unavailable` where a step fails; the caller then rolls all of them back.
    """
    connection.run(_VERSIONS)
    for step in steps:
        try:
            for statement in statements(step.sql):
                connection.run(statement)
        except Exception as error:
            if failures.is_known(error):
                raise
            raise _failed(connection, step, error) from error
        connection.run(
            "INSERT INTO schema_migration VALUES (?, ?, ?, ?, ?)",
            (step.version, step.name, step.checksum, now.isoformat(), __version__),
        )
        connection.run(f"PRAGMA user_version = {step.version}")


def _failed(connection: Connection, step: Migration, error: Exception) -> VgxnessError:
    return VgxnessError(
        "store_unavailable",
        f"The database {connection.path} could not be upgraded: {step.name} failed.",
        cause=str(error),
        hint="The database stands as before; run `vgxness db check` and report this.",
    )


def statements(sql: str) -> list[str]:
    """Split a script into statements; a semicolon in a string, comment or trigger does not end one."""
    found: list[str] = []
    open_part = ""
    for part in sql.split(";"):
        open_part += part + ";"
        if sqlite3.complete_statement(open_part):
            found.append(open_part.strip())
            open_part = ""
    rest = open_part.removesuffix(";").strip()
    return [*found, rest] if rest else found


def altered(connection: Connection, migrations: Sequence[Migration]) -> list[str]:
    """Return one line for each applied migration that is not the one this program carries."""
    carried = {migration.version: migration for migration in migrations}
    lines: list[str] = []
    for version, name, checksum in connection.run(
        "SELECT version, name, checksum FROM schema_migration ORDER BY version"
    ):
        ours = carried.get(version)
        if ours is None:
            lines.append(f"migration {name} was applied by another program and is not known here")
        elif ours.checksum != checksum:
            lines.append(f"migration {name} differs from the one this program carries")
    return lines
