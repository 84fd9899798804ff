"""From marks, ids and names to projects."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vgxness.errors import VgxnessError
from vgxness.projects.models import Mark, Project, Sighting, Suggestion, SuggestionReason
from vgxness.projects.store import ProjectRows

_MOST_SUGGESTIONS: Final = 10
_MOST_NAMESAKES: Final = 50
_MOST_SHOWN: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Whose workspace it is.

    Attributes:
        project: the one that answers, merges followed; None where nobody's marks were seen.
        owner: the id that the deciding mark leads to, before merges; new marks belong to it, so that
            undoing a merge takes them along.
        mark: the strongest one that is somebody's.
        unrecorded: marks that are nobody's yet; where the project file decides, the remote is left out,
            because a repository says itself what its remote is.
        claimed: the project that the project file names and nothing else vouches for; it was not followed.
    """

    project: Project | None
    owner: str | None
    mark: Mark | None
    unrecorded: tuple[Mark, ...]
    claimed: Project | None = None


def recognise(rows: ProjectRows, seen: Sighting) -> Recognition:
    """Return whose workspace was seen: the strongest mark that is somebody's decides.

    A project file comes with a repository, which may be anybody's. Where it names a project that is known
    here, some other mark of the workspace has to lead there too; else it is a claim, and the weaker
    marks decide. Where its id is new here, it names the project that is made for a workspace that no
    other mark knows: there is nothing to steal, and machines agree.
    """
    owners = rows.owners(seen.marks)
    unrecorded = tuple(mark for mark in seen.marks if mark.kind != "project-file" and mark not in owners)
    claimed: Project | None = None
    for mark in seen.marks:
        owner = owners.get(mark) or _owner_of_same_directory(rows, mark)
        project = rows.project(owner) if owner else None
        if project is not None and mark.kind == "project-file" and not _is_vouched_for(rows, project, seen):
            claimed = rows.survivor(project)
        elif project is not None:
            return Recognition(
                project=rows.survivor(project),
                owner=project.id,
                mark=mark,
                unrecorded=_beside(mark, unrecorded),
                claimed=claimed,
            )
    return Recognition(project=None, owner=None, mark=None, unrecorded=unrecorded, claimed=claimed)


def _beside(deciding: Mark, unrecorded: tuple[Mark, ...]) -> tuple[Mark, ...]:
    if deciding.kind != "project-file":
        return unrecorded
    return tuple(mark for mark in unrecorded if mark.kind != "git-remote")


def _is_vouched_for(rows: ProjectRows, project: Project, seen: Sighting) -> bool:
    """Whether a mark of the workspace, its project file aside, leads to the project too."""
    others = [mark for mark in (*seen.marks, *seen.vouchers) if mark.kind != "project-file"]
    owners = rows.owners(others)
    found = {owners.get(mark) or _owner_of_same_directory(rows, mark) for mark in others}
    return not found.isdisjoint(rows.family(rows.survivor(project).id))


def _owner_of_same_directory(rows: ProjectRows, mark: Mark) -> str | None:
    """Where the file system ignores case, two spellings are one directory: that is proof, not a guess."""
    if mark.kind not in ("git-common-dir", "path"):
        return None
    for twin, owner in rows.twins((mark,)):
        with contextlib.suppress(OSError):  # the recorded one may be gone: then it proves nothing
            if twin.kind == mark.kind and twin != mark and Path(twin.value).samefile(mark.value):
                return owner
    return None


def resolve(rows: ProjectRows, ref: str) -> Project:
    """Return the project of an id or exact name, as it stands: a merged one is not followed.

    Of several with one name, those merged into another step back.

    Raises:
        VgxnessError: `unknown_project` or `ambiguous_project`, each with the ids to choose from.
    """
    project = rows.project(ref)
    if project is not None:
        return project
    named = rows.named(ref)
    chosen = [one for one in named if one.merged_into is None] or list(named)
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        raise VgxnessError(
            "ambiguous_project",
            f"{len(chosen)} projects are called {ref!r}.",
            cause="Their ids: " + ", ".join(one.id for one in chosen[:_MOST_SUGGESTIONS]),
            hint="Give one of the ids.",
        )
    alike = ", ".join(f"{one.name} ({one.id})" for one in rows.named_like(ref, limit=3))
    raise VgxnessError(
        "unknown_project",
        f"No project has the id or name {ref[:_MOST_SHOWN]!r}.",
        cause=f"Spelled differently: {alike}" if alike else "",
        hint="vgxness project list shows them. A project is made by the first save in its workspace, "
        "without --project.",
    )


def suggest(
    rows: ProjectRows, project: Project | None, marks: Sequence[Mark], name: str
) -> tuple[Suggestion, ...]:
    """Return other projects that may be the same as this one, the likeliest first; at most ten."""
    own = rows.survivor(project).id if project else None
    wanted = set(marks)
    found: dict[str, Suggestion] = {}

    def add(other: Project | None, reason: SuggestionReason, evidence: str) -> None:
        survivor = rows.survivor(other) if other else None
        if survivor and survivor.id != own:
            found.setdefault(survivor.id, Suggestion(project=survivor, reason=reason, evidence=evidence))

    twins = rows.twins([mark for mark in marks if mark.kind != "project-file"])
    for mark, owner in sorted(twins, key=lambda twin: twin[0] not in wanted):
        same = mark in wanted
        add(rows.project(owner), "same-mark" if same else "case-twin", f"{mark.kind} {mark.value}")
    for namesake in rows.named_like(name, limit=_MOST_NAMESAKES):
        add(namesake, "same-name", f"name {namesake.name}")
    return tuple(found.values())[:_MOST_SUGGESTIONS]
