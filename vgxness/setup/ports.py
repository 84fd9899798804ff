"""What setup's doctor checks need from above."""

from __future__ import annotations

from typing import Protocol

from vgxness.setup.service import SetupService


class HasSetup(Protocol):
    """The app, as the checks see it."""

    @property
    def setup(self) -> SetupService:
        """Providers' configuration."""
        ...
