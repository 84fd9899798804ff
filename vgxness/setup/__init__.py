"""Providers' configuration: planned, written with consent, undone to the byte."""

from __future__ import annotations

from vgxness.setup.models import (
    Action,
    Drift,
    FileRecord,
    Outcome,
    Party,
    Plan,
    PlannedTarget,
    Problem,
    ProviderStatus,
    Receipt,
    Take,
    TargetStatus,
)
from vgxness.setup.placements import Placement
from vgxness.setup.planning import Takes
from vgxness.setup.servers import ListedServer, ListedServers
from vgxness.setup.service import SetupService

__all__ = [
    "Action",
    "Drift",
    "FileRecord",
    "ListedServer",
    "ListedServers",
    "Outcome",
    "Party",
    "Placement",
    "Plan",
    "PlannedTarget",
    "Problem",
    "ProviderStatus",
    "Receipt",
    "SetupService",
    "Take",
    "Takes",
    "TargetStatus",
]
