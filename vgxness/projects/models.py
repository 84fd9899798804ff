"""The values of project identity."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

MarkKind = Literal["project-file", "git-common-dir", "git-remote", "path"]
SuggestionReason = Literal["project-file", "same-mark", "case-twin", "same-name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project.

    Attributes:
        id: `prj_` and 26 characters; never changes.
        name: for people; two projects may share one.
        created_at: ISO 8601, UTC, milliseconds.
        merged_into: the id of the project that answers for this one, or None.
    """

    id: str
    name: str
    created_at: str
    merged_into: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing by which a workspace is known again.

    Attributes:
        kind: strongest first: `project-file`, `git-common-dir`, `git-remote`, `path`.
        value: an id, a real path, or a remote without scheme and credentials (`host/owner/name`).
    """

    kind: MarkKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What a workspace says about itself; nothing of it comes from the database.

    Attributes:
        root: the directory that the marks speak of: the top of the checkout, or the workspace itself.
        marks: strongest first, at most one of a kind.
        name: what a project made from here is called.
        in_git: whether a readable git repository holds the workspace.
        bare: whether that repository has no checkout.
        notes: what could not be read, one sentence each.
        vouchers: marks of the repository around a part: not the part's own, and yet they tell whose it is.
    """

    root: Path
    marks: tuple[Mark, ...]
    name: str
    in_git: bool
    bare: bool = False
    notes: tuple[str, ...] = ()
    vouchers: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Another project that may be the same one; only a person can say so, by a merge.

    Attributes:
        project: the other project.
        reason: `project-file`, the workspace's file names it and nothing else vouches; `same-mark`, a
            mark seen here belongs to it; `case-twin`, a mark differs only in case; `same-name`, the
            names are equal or differ only in case.
        evidence: the mark or name of the other project.
    """

    project: Project
    reason: SuggestionReason
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One merge, as it stands in the history.

    Attributes:
        id: `mrg_` and 26 characters; None for one that was only tried.
        source: the id of the project that was merged.
        into: the id of the project that answers for it.
        merged_at: ISO 8601, UTC.
        merged_by: the account's name, as the caller gave it.
        undone_at: None while the merge is in force.
        undone_by: None while the merge is in force.
    """

    id: str | None
    source: str
    into: str
    merged_at: str
    merged_by: str
    undone_at: str | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """What a merge does, or would do.

    Attributes:
        merge: its `id` is None after a dry run.
        source: before the merge.
        into: the project that answers afterwards.
        marks: the source's, which lead to `into` afterwards.
        seen_as_one: every id whose rows are seen together afterwards, the survivor's first.
    """

    merge: Merge
    source: Project
    into: Project
    marks: tuple[Mark, ...]
    seen_as_one: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """A project with all that is known of it.

    Attributes:
        project: None where the workspace has none yet.
        marks: recorded for it and for what is merged into it, strongest first; at most 200.
        merges: in and out of the project, newest first, undone ones too.
        suggestions: at most ten.
        decided_by: the mark that led from the workspace to the project; None where a ref did, or nothing.
        sighting: what the workspace says; None where a ref was asked for.
    """

    project: Project | None
    marks: tuple[Mark, ...]
    merges: tuple[Merge, ...]
    suggestions: tuple[Suggestion, ...]
    decided_by: Mark | None = None
    sighting: Sighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFile:
    """A `.vgxness/project.toml` that names a project.

    Attributes:
        path: where it stands.
        project: the project it names.
        written: False where it stood there already.
    """

    path: Path
    project: Project
    written: bool
