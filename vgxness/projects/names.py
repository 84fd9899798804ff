"""Names of projects: for people, short, printable."""

from __future__ import annotations

from typing import Final

from vgxness.errors import VgxnessError
from vgxness.projects.project_file import is_project_id

_MOST_CHARACTERS: Final = 120


def plain_name(text: str) -> str:
    """Return a name made of what a directory or remote is called; "project" where nothing is left of it."""
    kept = "".join(letter for letter in text if letter.isprintable())[:_MOST_CHARACTERS].strip()
    return "project" if not kept or is_project_id(kept) else kept


def checked_name(text: str) -> str:
    """Return a name that a person chose, without the white space around it.

    Raises:
        VgxnessError: `usage` where it is empty, unprintable or looks like an id; `too_large` over 120
            characters.
    """
    name = text.strip()
    if len(name) > _MOST_CHARACTERS:
        raise VgxnessError("too_large", f"A project's name has at most {_MOST_CHARACTERS} characters.")
    if not name or not name.isprintable():
        raise VgxnessError("usage", "A project's name needs at least one character, and printable ones only.")
    if is_project_id(name):
        raise VgxnessError("usage", "A project's name can't have the form of an id.")
    return name
