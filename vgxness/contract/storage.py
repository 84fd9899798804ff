"""A storage engine, as a plugin offers it.

Provisional: the hook stays marked so until a second engine passes the same conformance suite.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

SqlValue: TypeAlias = "int | float | str | bytes | None"
Row: TypeAlias = "tuple[SqlValue, ...]"
StoreState = Literal["absent", "ready", "outdated", "newer", "foreign", "corrupt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageBackend:
    """An engine for one URL scheme.

    Attributes:
        scheme: what stands before `:` in a location, such as "sqlite"; a bare path means sqlite.
        summary: one line.
        target: `"pkg.mod:attr"`, called with the location (text after the scheme) and a `Clock`;
            returns an `Engine` and touches nothing until the engine is used.
    """

    scheme: str
    summary: str
    target: str


class Reader(Protocol):
    """One consistent snapshot of the database.

    SQL is the portable part of SQLite's and PostgreSQL's: `?` placeholders, `INSERT … ON CONFLICT`,
    no engine functions. What is engine-specific is reached through the engine's own verbs.
    """

    def rows(self, sql: str, parameters: Sequence[SqlValue] = ()) -> list[Row]:
        """Return all rows of a query."""
        ...

    def row(self, sql: str, parameters: Sequence[SqlValue] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        ...


class Writer(Reader, Protocol):
    """One transaction that holds the write lock from its start."""

    def execute(self, sql: str, parameters: Sequence[SqlValue] = ()) -> int:
        """Run a statement and return the number of rows it changed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDocument:
    """What the full-text index holds of a row.

    Attributes:
        id: the row's own id.
        partition: only documents of the asked partitions are found; such as `"project:prj_1"`.
        title: weighs most in the ranking.
        key: the topic key; weighs between title and body.
        body: the content.
    """

    id: str
    partition: str
    title: str
    key: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuery:
    """A question in the user's words; no character of it is syntax.

    Attributes:
        text: at most 4,096 characters are looked at.
        partitions: at least one.
        limit: the most hits to return, 1 to 200.
        candidates: documents ranked at most; bounds the cost of a query made of very common words.
    """

    text: str
    partitions: tuple[str, ...]
    limit: int = 10
    candidates: int = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHit:
    """One found document.

    Attributes:
        id: the row's id.
        relevance: greater is better; comparable within one answer only.
        words: the words of the query that the document holds, as the user wrote them.
        phrase: whether neighbouring words of the query stand side by side in the document.
        snippet: at most 240 characters of the body around the match, without markup.
    """

    id: str
    relevance: float
    words: tuple[str, ...]
    phrase: bool
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswer:
    """The hits and how they were found.

    Attributes:
        hits: best first.
        plan: one line a step of what the engine did, for `--explain`.
    """

    hits: tuple[TextHit, ...]
    plan: tuple[str, ...]


class TextIndex(Protocol):
    """The engine's full-text search; `put` and `remove` join the caller's transaction."""

    def put(self, writer: Writer, document: TextDocument) -> None:
        """Index a document, replacing the one of the same id."""
        ...

    def remove(self, writer: Writer, id: str) -> None:
        """Take a document out of the index; an unknown id is no error."""
        ...

    def search(self, reader: Reader, query: TextQuery) -> TextAnswer:
        """Find documents that hold any of the query's words (stop words aside), best first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStatus:
    """What the engine found at its location; finding it out writes nothing.

    Attributes:
        state: "absent" is not an error: the first write creates the store.
        location: as text, for people.
        version: the newest migration applied, 0 when absent.
        newest: the newest migration this program knows.
        pending: names of migrations that `db upgrade` would apply.
        size: bytes on disk, 0 when absent.
        note: why the state is not "ready", or "".
    """

    state: StoreState
    location: str
    version: int
    newest: int
    pending: tuple[str, ...]
    size: int
    note: str = ""


class Engine(Protocol):
    """A database at one location. Making one touches nothing; the verbs do."""

    @property
    def text(self) -> TextIndex:
        """The full-text index."""
        ...

    def reading(self) -> AbstractContextManager[Reader]:
        """Open a read-only snapshot; it never creates, migrates or changes anything.

        Raises:
            VgxnessError: `store_missing`, `store_outdated`, `store_newer`, `store_foreign`,
                `store_corrupt`, `store_locked`, `unsafe_path` or `store_unavailable`.
        """
        ...

    def writing(self, *, durable: bool = False) -> AbstractContextManager[Writer]:
        """Open one write transaction: committed when the block ends, undone when it raises.

        The store is created on first use (0600, its directory 0700); one that is behind is upgraded
        first, after an automatic backup. The write lock is taken at the start, with bounded waiting,
        so two writers never deadlock. `durable` makes the commit survive a power cut.

        Raises:
            VgxnessError: as `reading`, less `store_missing` and `store_outdated`; and `store_full`.
        """
        ...

    def status(self) -> StoreStatus:
        """Look, and write nothing."""
        ...

    def upgrade(self) -> tuple[str, ...]:
        """Apply pending migrations, after an automatic backup; return their names."""
        ...

    def backup(self, destination: Path) -> Path:
        """Write a complete, consistent copy while others go on writing; refuses an existing file."""
        ...

    def restore(self, source: Path) -> Path:
        """Replace the store by a checked copy; returns where the replaced one was kept."""
        ...

    def check(self) -> tuple[str, ...]:
        """Return what is damaged, one line each; empty means sound."""
        ...

    def close(self) -> None:
        """Give back what the engine holds; it may be used again afterwards."""
        ...
