"""The place of a row: which project it belongs to, or the person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vgxness.memory.models import KINDS, Kind, Scope

PERSONAL: Final = "personal"
_PROJECT: Final = "project:"


def place_of(project_id: str) -> str:
    """Return the place of a project's rows."""
    return _PROJECT + project_id


def project_of(place: str) -> str | None:
    """Return the id of the project, None for the personal place."""
    return place.removeprefix(_PROJECT) if place.startswith(_PROJECT) else None


def scope_of(place: str) -> Scope:
    """Return the scope that a place stands for."""
    return "project" if place.startswith(_PROJECT) else "personal"


def places_of(family: Sequence[str], scope: Scope | None = None) -> tuple[str, ...]:
    """Return the places to read for a family of projects: both scopes, or the one that is named."""
    projects = tuple(place_of(project) for project in family)
    if scope == "project":
        return projects
    return (PERSONAL,) if scope == "personal" else (*projects, PERSONAL)


def partition(place: str, kind: Kind) -> str:
    """Return where the full-text index keeps a row: apart by kind, so that a rare kind is found at once."""
    return f"{place}/{kind}"


def partitions(places: Sequence[str], kind: Kind | None = None) -> tuple[str, ...]:
    """Return the partitions to search: those of the places, of every kind or of one."""
    return tuple(partition(place, one) for place in places for one in (KINDS if kind is None else (kind,)))
