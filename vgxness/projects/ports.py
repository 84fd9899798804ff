"""What project identity needs from above."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from vgxness.projects.service import ProjectService


class HasProjects(Protocol):
    """The host, as the doctor check sees it."""

    @property
    def workspace(self) -> Path:
        """The directory that is worked in."""
        ...

    @property
    def projects(self) -> ProjectService:
        """Who a project is."""
        ...
