"""What a caller holds inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence

from vgxness.contract.storage import Row, SqlValue
from vgxness.storage.sqlite.connection import Connection


class SqliteReader:
    """A snapshot: satisfies `Reader`."""

    __slots__ = ("connection",)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, parameters: Sequence[SqlValue] = ()) -> list[Row]:
        """Return all rows of a query."""
        return self.connection.run(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[SqlValue] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        cursor = self.connection.run(sql, parameters)
        try:
            return cursor.fetchone()
        finally:
            cursor.close()


class SqliteWriter(SqliteReader):
    """A transaction that holds the write lock: satisfies `Writer`."""

    __slots__ = ()

    def execute(self, sql: str, parameters: Sequence[SqlValue] = ()) -> int:
        """Run a statement and return the number of rows it changed; 0 for one that changes no rows."""
        return max(self.connection.run(sql, parameters).rowcount, 0)
