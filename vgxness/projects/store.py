"""Rows of projects, marks and merges."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final, cast

from vgxness.contract.storage import Engine, Reader, Row, SqlValue, Writer
from vgxness.errors import VgxnessError
from vgxness.projects.files import folded
from vgxness.projects.models import Mark, MarkKind, Merge, Project

_PROJECT: Final = "SELECT id, name, created_at, merged_into FROM projects"
_MERGE: Final = (
    "SELECT id, source_id, into_id, merged_at, merged_by, undone_at, undone_by FROM project_merges"
)
_MOST_MARKS: Final = 200
_MARK_ORDER: Final = (
    "CASE kind WHEN 'git-common-dir' THEN 0 WHEN 'git-remote' THEN 1 ELSE 2 END, recorded_at DESC, value"
)


class ProjectStore:
    """The projects of one database; an absent database reads like an empty one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def reading(self) -> Generator[ProjectRows]:
        """Open a snapshot; raises what `Engine.reading` does, less `store_missing`."""
        with ExitStack() as stack:
            try:
                reader = stack.enter_context(self._engine.reading())
            except VgxnessError as error:
                if error.code != "store_missing":
                    raise
                reader = None
            yield ProjectRows(reader)

    @contextmanager
    def writing(self) -> Generator[WritableRows]:
        """Open a write transaction; raises what `Engine.writing` does."""
        with self._engine.writing() as writer:
            yield WritableRows(writer)


class ProjectRows:
    """What can be read in one snapshot."""

    def __init__(self, reader: Reader | None) -> None:
        self._reader = reader

    def project(self, id: str) -> Project | None:
        """Return the project of an id."""
        rows = self._rows(f"{_PROJECT} WHERE id = ?", (id,))
        return _project(rows[0]) if rows else None

    def named(self, name: str) -> tuple[Project, ...]:
        """Return the projects of exactly this name, oldest first."""
        sql = f"{_PROJECT} WHERE name_folded = ? AND name = ? ORDER BY id"
        return tuple(_project(row) for row in self._rows(sql, (folded(name), name)))

    def named_like(self, name: str, *, limit: int) -> tuple[Project, ...]:
        """Return the projects whose name differs at most in case, oldest first."""
        sql = f"{_PROJECT} WHERE name_folded = ? ORDER BY id LIMIT ?"
        return tuple(_project(row) for row in self._rows(sql, (folded(name), limit)))

    def projects(self, *, limit: int, merged: bool) -> tuple[Project, ...]:
        """Return the newest projects; those merged into another only where asked for."""
        chosen = "" if merged else " WHERE merged_into IS NULL"
        rows = self._rows(f"{_PROJECT}{chosen} ORDER BY id DESC LIMIT ?", (limit,))
        return tuple(_project(row) for row in rows)

    def survivor(self, project: Project) -> Project:
        """Return the project that answers for this one: itself, or where its merges lead."""
        passed = {project.id}
        while project.merged_into is not None and project.merged_into not in passed:
            passed.add(project.merged_into)
            following = self.project(project.merged_into)
            if following is None:
                break
            project = following
        return project

    def family(self, id: str) -> tuple[str, ...]:
        """Return an id, then every id that was merged into it, at any distance, in order of age."""
        sql = (
            "WITH RECURSIVE family (id) AS (SELECT id FROM projects WHERE merged_into = ? UNION "
            "SELECT p.id FROM projects p JOIN family f ON p.merged_into = f.id) "
            "SELECT id FROM family ORDER BY id"
        )
        return (id, *(str(row[0]) for row in self._rows(sql, (id,))))

    def owners(self, marks: Sequence[Mark]) -> dict[Mark, str]:
        """Return the ids that marks lead to; a mark that nobody recorded is left out."""
        recorded = [mark for mark in marks if mark.kind != "project-file"]
        found: dict[Mark, str] = {}
        if recorded:
            places = " OR ".join(["(kind = ? AND value = ?)"] * len(recorded))
            values = [part for mark in recorded for part in (mark.kind, mark.value)]
            sql = f"SELECT kind, value, project_id FROM project_marks WHERE {places}"  # noqa: S608 -- only placeholders are put together
            found = {_mark(row): str(row[2]) for row in self._rows(sql, values)}
        for mark in marks:
            if mark.kind == "project-file" and self.project(mark.value) is not None:
                found[mark] = mark.value
        return found

    def twins(self, marks: Sequence[Mark]) -> tuple[tuple[Mark, str], ...]:
        """Return the recorded marks that differ from these at most in case, with their owners' ids."""
        values = sorted({folded(mark.value) for mark in marks})[:_MOST_MARKS]
        if not values:
            return ()
        places = ", ".join("?" * len(values))
        sql = (
            f"SELECT kind, value, project_id FROM project_marks WHERE folded IN ({places}) "  # noqa: S608 -- only placeholders are put together
            "ORDER BY kind, value LIMIT ?"
        )
        rows = self._rows(sql, (*values, _MOST_MARKS))
        return tuple((_mark(row), str(row[2])) for row in rows)

    def marks(self, ids: Sequence[str]) -> tuple[Mark, ...]:
        """Return the marks of some projects, strongest first, of a kind the newest first; at most 200."""
        places = ", ".join("?" * len(ids))
        sql = (
            f"SELECT kind, value FROM project_marks WHERE project_id IN ({places}) "  # noqa: S608 -- only placeholders are put together
            f"ORDER BY {_MARK_ORDER} LIMIT ?"
        )
        return tuple(_mark(row) for row in self._rows(sql, (*ids, _MOST_MARKS)))

    def merges(self, id: str) -> tuple[Merge, ...]:
        """Return the merges of a project, in and out, newest first."""
        sql = f"{_MERGE} WHERE source_id = ? OR into_id = ? ORDER BY id DESC"
        return tuple(_merge(row) for row in self._rows(sql, (id, id)))

    def merge(self, id: str) -> Merge | None:
        """Return one merge."""
        rows = self._rows(f"{_MERGE} WHERE id = ?", (id,))
        return _merge(rows[0]) if rows else None

    def _rows(self, sql: str, parameters: Sequence[SqlValue]) -> list[Row]:
        return [] if self._reader is None else self._reader.rows(sql, parameters)


class WritableRows(ProjectRows):
    """What can be written in one transaction."""

    def __init__(self, writer: Writer) -> None:
        super().__init__(writer)
        self._writer = writer

    def add(self, project: Project) -> None:
        """Add a project."""
        self._writer.execute(
            "INSERT INTO projects (id, name, name_folded, created_at) VALUES (?, ?, ?, ?)",
            (project.id, project.name, folded(project.name), project.created_at),
        )

    def record(self, id: str, marks: Sequence[Mark], *, at: str) -> None:
        """Record marks of a project; one that is somebody's already stays his."""
        for mark in marks:
            if mark.kind != "project-file":
                self._writer.execute(
                    "INSERT INTO project_marks (kind, value, folded, project_id, recorded_at) "
                    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, value) DO NOTHING",
                    (mark.kind, mark.value, folded(mark.value), id, at),
                )

    def rename(self, id: str, name: str) -> None:
        """Change a project's name."""
        self._writer.execute(
            "UPDATE projects SET name = ?, name_folded = ? WHERE id = ?", (name, folded(name), id)
        )

    def add_merge(self, merge: Merge) -> None:
        """Put a merge in force."""
        self._writer.execute(
            "INSERT INTO project_merges (id, source_id, into_id, merged_at, merged_by) "
            "VALUES (?, ?, ?, ?, ?)",
            (merge.id, merge.source, merge.into, merge.merged_at, merge.merged_by),
        )
        self._writer.execute("UPDATE projects SET merged_into = ? WHERE id = ?", (merge.into, merge.source))

    def end_merge(self, merge: Merge) -> None:
        """Take a merge out of force; its row stays."""
        self._writer.execute(
            "UPDATE project_merges SET undone_at = ?, undone_by = ? WHERE id = ?",
            (merge.undone_at, merge.undone_by, merge.id),
        )
        self._writer.execute("UPDATE projects SET merged_into = NULL WHERE id = ?", (merge.source,))


def _text(value: SqlValue) -> str | None:
    return None if value is None else str(value)


def _project(row: Row) -> Project:
    return Project(id=str(row[0]), name=str(row[1]), created_at=str(row[2]), merged_into=_text(row[3]))


def _mark(row: Row) -> Mark:
    # The table's CHECK holds the kinds.
    return Mark(kind=cast("MarkKind", row[0]), value=str(row[1]))


def _merge(row: Row) -> Merge:
    return Merge(
        id=str(row[0]),
        source=str(row[1]),
        into=str(row[2]),
        merged_at=str(row[3]),
        merged_by=str(row[4]),
        undone_at=_text(row[5]),
        undone_by=_text(row[6]),
    )
