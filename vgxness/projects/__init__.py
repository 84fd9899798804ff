"""Who a project is: found again after renames, in worktrees and clones; merged by a person, with undo."""

from __future__ import annotations

from vgxness.projects.models import (
    Mark,
    MarkKind,
    Merge,
    MergeReport,
    Project,
    ProjectFile,
    ProjectView,
    Sighting,
    Suggestion,
    SuggestionReason,
)
from vgxness.projects.service import ProjectService

__all__ = [
    "Mark",
    "MarkKind",
    "Merge",
    "MergeReport",
    "Project",
    "ProjectFile",
    "ProjectService",
    "ProjectView",
    "Sighting",
    "Suggestion",
    "SuggestionReason",
]
