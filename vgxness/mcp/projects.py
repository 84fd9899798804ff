"""The tools that look at projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vgxness.contract.json_value import JsonObject, as_json

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.projects import Mark, Project, ProjectView

_MOST_MARKS: Final = 20
_MOST_MERGES: Final = 10
_USUAL_LIMIT: Final = 20


def show(app: App, arguments: JsonObject) -> JsonObject:
    """Return a project, its marks, merges and what may be the same project."""
    ref = arguments.get("project") or app.options.project
    if isinstance(ref, str):
        return _shown(app.projects.show(ref))
    return _shown(app.projects.look(app.workspace))


def list_projects(app: App, arguments: JsonObject) -> JsonObject:
    """Return the newest projects."""
    asked = arguments.get("limit")
    limit = asked if isinstance(asked, int) else _USUAL_LIMIT
    found = app.projects.list(limit=limit + 1)
    return {"projects": [_project(one) for one in found[:limit]], "more": len(found) > limit}


def _shown(view: ProjectView) -> JsonObject:
    return {
        "project": _project(view.project) if view.project else None,
        "decided_by": as_json(view.decided_by),
        "marks": as_json((view.marks or _seen(view))[:_MOST_MARKS]),
        "notes": list(view.sighting.notes) if view.sighting else [],
        "merges": as_json(view.merges[:_MOST_MERGES]),
        "suggestions": [
            {"project": _project(one.project), "reason": one.reason, "evidence": one.evidence}
            for one in view.suggestions
        ],
    }


def _seen(view: ProjectView) -> tuple[Mark, ...]:
    return view.sighting.marks if view.sighting else ()


def _project(project: Project) -> JsonObject:
    plain: dict[str, str] = {"id": project.id, "name": project.name, "created_at": project.created_at}
    return {**plain, "merged_into": project.merged_into} if project.merged_into else plain
