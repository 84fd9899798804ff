"""The verbs of project identity."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from vgxness.contract.context import Clock
from vgxness.errors import VgxnessError
from vgxness.kernel.clock import stamp
from vgxness.kernel.ids import new_id
from vgxness.projects.models import (
    Merge,
    MergeReport,
    Project,
    ProjectFile,
    ProjectView,
    Sighting,
    Suggestion,
)
from vgxness.projects.names import checked_name
from vgxness.projects.project_file import place_in, write_id
from vgxness.projects.recognition import Recognition, recognise, resolve, suggest
from vgxness.projects.sighting import sight
from vgxness.projects.store import ProjectRows, ProjectStore, WritableRows

MOST_LISTED: Final = 1000


class ProjectService:
    """Finds, makes, renames and merges projects.

    Every verb may raise what the storage engine raises; an absent database reads like an empty one.
    A *ref* is a project's id or its exact name: `unknown_project` where there is none,
    `ambiguous_project` where several share the name.
    """

    def __init__(self, *, store: ProjectStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def find(self, workspace: Path, *, project: str | None = None) -> Project | None:
        """Return the project of a ref, else of a workspace, merges followed; None where it has none yet.

        Only reads. Raises `usage` where the workspace is no directory and `project_file_invalid`.
        """
        seen = None if project is not None else sight(workspace)
        with self._store.reading() as rows:
            if seen is None:
                return rows.survivor(resolve(rows, project or ""))
            return recognise(rows, seen).project

    def ensure(self, workspace: Path, *, project: str | None = None) -> Project:
        """Return the project as `find` does; make it, and record the workspace's marks, where need be.

        A ref is never made up: an unknown one raises. However many processes ask at once, a workspace
        gets one project.
        """
        if project is not None:
            with self._store.reading() as rows:
                return rows.survivor(resolve(rows, project))
        seen = sight(workspace)
        known = self._known(seen)
        if known is not None:
            return known
        with self._store.writing() as rows:
            return self._make(rows, seen)

    def family(self, project_id: str) -> tuple[str, ...]:
        """Return an id and then the ids merged into it, at any distance: whose rows are seen as one."""
        with self._store.reading() as rows:
            return rows.family(project_id)

    def list(self, *, limit: int = 50, merged: bool = False) -> tuple[Project, ...]:
        """Return the newest projects, at most 1,000; those merged into another only where asked for."""
        with self._store.reading() as rows:
            return rows.projects(limit=max(1, min(limit, MOST_LISTED)), merged=merged)

    def show(self, ref: str) -> ProjectView:
        """Return all that is known of a project; a merged one is shown as itself."""
        with self._store.reading() as rows:
            project = resolve(rows, ref)
            marks = rows.marks(rows.family(project.id))
            return ProjectView(
                project=project,
                marks=marks,
                merges=rows.merges(project.id),
                suggestions=suggest(rows, project, marks, project.name),
            )

    def look(self, workspace: Path) -> ProjectView:
        """Return what a workspace says, the project it leads to and what else that might be."""
        seen = sight(workspace)
        with self._store.reading() as rows:
            found = recognise(rows, seen)
            project = found.project
            recorded = rows.marks(rows.family(project.id)) if project else ()
            return ProjectView(
                project=project,
                marks=recorded,
                merges=rows.merges(project.id) if project else (),
                suggestions=(
                    *_claims(found.claimed),
                    *suggest(rows, project, (*seen.marks, *recorded), project.name if project else seen.name),
                ),
                decided_by=found.mark,
                sighting=seen,
            )

    def rename(self, ref: str, name: str) -> Project:
        """Give a project another name; two projects may share one.

        Raises:
            VgxnessError: `usage` or `too_large` for a name that can't be.
        """
        name = checked_name(name)
        project = self._resolved(ref)
        with self._store.writing() as rows:
            rows.rename(project.id, name)
        return replace(project, name=name)

    def merge(self, source: str, into: str, *, by: str, dry_run: bool = False) -> MergeReport:
        """Let one project answer for another; no row is moved, so `undo` is exact.

        `by` is recorded as who did it. Raises `project_conflict` where the two are one, or either is
        merged already.
        """
        first, second = self._resolved(source), self._resolved(into)
        if dry_run:
            with self._store.reading() as rows:
                return _planned(rows, first.id, second.id, by=by, at=stamp(self._clock.now()))
        now = self._clock.now()
        with self._store.writing() as rows:
            report = _planned(rows, first.id, second.id, by=by, at=stamp(now))
            merge = replace(report.merge, id=new_id("mrg", now))
            rows.add_merge(merge)
        return replace(report, merge=merge)

    def undo(self, merge_id: str, *, by: str) -> Merge:
        """Take a merge back: the source answers for itself again, its name and marks as they are.

        Raises:
            VgxnessError: `unknown_merge`; `project_conflict` where it is undone already.
        """
        with self._store.reading() as rows:
            _in_force(rows, merge_id)
        with self._store.writing() as rows:
            merge = replace(_in_force(rows, merge_id), undone_at=stamp(self._clock.now()), undone_by=by)
            rows.end_merge(merge)
        return merge

    def file_place(self, workspace: Path) -> Path:
        """Return where `link` writes the project file of a workspace."""
        return place_in(sight(workspace).root)

    def link(self, workspace: Path) -> ProjectFile:
        """Write `.vgxness/project.toml` at the top of the checkout, or in the workspace outside git.

        Raises:
            VgxnessError: `usage` in a bare repository, `project_conflict` where the file names another
                project, `unsafe_path`, `write_failed`.
        """
        seen = sight(workspace)
        if seen.bare:
            raise VgxnessError("usage", "A bare repository has no checkout that could hold the file.")
        project = self.ensure(workspace)
        written = write_id(seen.root, project.id)
        return ProjectFile(path=place_in(seen.root), project=project, written=written)

    def accept(self, workspace: Path) -> Project:
        """Believe the workspace's project file: from now on the workspace belongs to the project it names.

        The workspace's directories are recorded as the project's marks; its remote is not, because a
        repository says itself what its remote is.

        Raises:
            VgxnessError: `usage` where no file makes a claim; `project_conflict` where the workspace
                belongs to another project already, which can be merged.
        """
        seen = sight(workspace)
        with self._store.reading() as rows:
            _claim(recognise(rows, seen))
        with self._store.writing() as rows:
            found = recognise(rows, seen)
            claimed = _claim(found)
            own = [mark for mark in found.unrecorded if mark.kind != "git-remote"]
            rows.record(claimed.id, own, at=stamp(self._clock.now()))
        return claimed

    def _resolved(self, ref: str) -> Project:
        # Read first: a write command that finds nothing must not create a database.
        with self._store.reading() as rows:
            return resolve(rows, ref)

    def _known(self, seen: Sighting) -> Project | None:
        """Return the project where nothing is left to be written, without taking the write lock."""
        try:
            with self._store.reading() as rows:
                found = recognise(rows, seen)
        except VgxnessError as error:
            if error.code != "store_outdated":
                raise
            return None  # the write that follows upgrades it
        return None if found.unrecorded else found.project

    def _make(self, rows: WritableRows, seen: Sighting) -> Project:
        found = recognise(rows, seen)
        now = self._clock.now()
        project = found.project
        owner = found.owner
        if project is None or owner is None:
            strongest = seen.marks[0]
            is_named = strongest.kind == "project-file" and found.claimed is None
            owner = strongest.value if is_named else new_id("prj", now)
            project = Project(id=owner, name=seen.name, created_at=stamp(now))
            rows.add(project)
        rows.record(owner, found.unrecorded, at=stamp(now))
        return project


def _claims(claimed: Project | None) -> tuple[Suggestion, ...]:
    if claimed is None:
        return ()
    return (Suggestion(project=claimed, reason="project-file", evidence="the project file names it"),)


def _claim(found: Recognition) -> Project:
    if found.claimed is None:
        raise VgxnessError("usage", "No project file here waits to be believed.", hint="vgxness project show")
    if found.project is not None:
        raise VgxnessError(
            "project_conflict",
            f"The workspace belongs to {found.project.name} ({found.project.id}) already.",
            hint=f"vgxness project merge {found.project.id} {found.claimed.id} --dry-run",
        )
    return found.claimed


def _planned(rows: ProjectRows, source_id: str, into_id: str, *, by: str, at: str) -> MergeReport:
    source, into = resolve(rows, source_id), resolve(rows, into_id)
    if source.id == into.id:
        raise VgxnessError("project_conflict", f"{source.name} ({source.id}) can't be merged into itself.")
    for project in (source, into):
        # Only roots are merged, and only into roots: so no chain of merges can close to a ring.
        if project.merged_into is not None:
            raise VgxnessError(
                "project_conflict",
                f"{project.name} ({project.id}) is merged into {project.merged_into} already.",
                hint=f"Name {project.merged_into} instead, or undo that merge: "
                f"vgxness project show {project.id}",
            )
    merge = Merge(id=None, source=source.id, into=into.id, merged_at=at, merged_by=by)
    return MergeReport(
        merge=merge,
        source=source,
        into=into,
        marks=rows.marks(rows.family(source.id)),
        seen_as_one=(*rows.family(into.id), *rows.family(source.id)),
    )


def _in_force(rows: ProjectRows, merge_id: str) -> Merge:
    merge = rows.merge(merge_id)
    if merge is None:
        raise VgxnessError(
            "unknown_merge",
            f"No merge has the id {merge_id!r}.",
            hint="vgxness project show PROJECT lists a project's merges.",
        )
    if merge.undone_at is not None:
        raise VgxnessError(
            "project_conflict", f"The merge {merge_id} was undone already, at {merge.undone_at}."
        )
    return merge
