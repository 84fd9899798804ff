"""One screen about everything: the project, its providers, its memory, and the next step."""

from __future__ import annotations

from vgxness.status.models import NextStep, Overview, ProviderLine
from vgxness.status.service import StatusService

__all__ = ["NextStep", "Overview", "ProviderLine", "StatusService"]
