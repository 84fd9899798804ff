"""What setup's doctor checks need from above."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from vgxness.setup.service import SetupService


class HasSetup(Protocol):
    """The app, as the checks see it."""

    @property
    def setup(self) -> SetupService:
        """Providers' configuration."""
        ...


class HasServers(HasSetup, Protocol):
    """The app, as the checks see it that look at the clients' servers."""

    @property
    def workspace(self) -> Path:
        """The directory that is worked in."""
        ...

    def environment(self, name: str) -> str | None:
        """Return an environment variable's value, or None where it is unset or empty."""
        ...
