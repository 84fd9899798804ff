"""The doctor check of project identity."""

from __future__ import annotations

from vgxness.contract.check import Finding, Severity
from vgxness.errors import ExitCode, VgxnessError
from vgxness.projects.models import ProjectView, Suggestion
from vgxness.projects.ports import HasProjects


def identity(context: HasProjects) -> Finding:
    """Say which mark leads from the workspace to its project, and what might be the same project."""
    try:
        view = context.projects.look(context.workspace)
    except VgxnessError as error:
        if error.exit_code is ExitCode.STORAGE:
            return Finding(severity="skipped", summary="The database can't be read; storage checks say why.")
        evidence = (error.cause,) if error.cause else ()
        return Finding(severity="error", summary=error.message, evidence=evidence, hint=error.hint)
    severity, hint = _verdict(view)
    return Finding(severity=severity, summary=_summary(view), evidence=_evidence(view), hint=hint)


def _summary(view: ProjectView) -> str:
    if view.project is None:
        return "The workspace has no project yet; the first save makes it."
    by = f", found by {view.decided_by.kind}" if view.decided_by else ""
    return f"The workspace belongs to {view.project.name} ({view.project.id}){by}."


def _evidence(view: ProjectView) -> tuple[str, ...]:
    sighting = view.sighting
    seen = [f"{mark.kind} {mark.value}" for mark in sighting.marks] if sighting else []
    notes = list(sighting.notes) if sighting else []
    if sighting and not sighting.in_git:
        notes.append("The workspace is not in git: without a project file, moving it loses the way.")
    others = [
        f"perhaps the same: {one.project.name} ({one.project.id}), {one.reason}: {one.evidence}"
        for one in view.suggestions
    ]
    return (*seen, *notes, *others)


def _verdict(view: ProjectView) -> tuple[Severity, str]:
    alike = [one for one in view.suggestions if one.reason != "same-name"]
    if alike:
        return "warning", _merge_hint(view, alike[0])
    sighting = view.sighting
    if sighting and sighting.notes:
        return "warning", ""
    if sighting and not sighting.in_git and sighting.marks[0].kind == "path":
        return "info", "vgxness project show --write-file --yes"
    return "ok", ""


def _merge_hint(view: ProjectView, suggestion: Suggestion) -> str:
    """Return the command that shows what merging the two would do, or "" where there are no two."""
    if view.project is None and suggestion.reason == "project-file":
        return "vgxness project show --accept-file --yes"
    if view.project is None:
        return f"vgxness project show {suggestion.project.id}"
    if suggestion.reason == "project-file":
        return f"vgxness project merge {view.project.id} {suggestion.project.id} --dry-run"
    return f"vgxness project merge {suggestion.project.id} {view.project.id} --dry-run"
