"""The doctor's question about memory."""

from __future__ import annotations

from typing import Protocol

from vgxness.contract.check import Finding
from vgxness.memory.service import Listing, MemoryService

_ASKED = 20


class Host(Protocol):
    """What the check needs of the app."""

    @property
    def memory(self) -> MemoryService:
        """The memory of this workspace."""
        ...


def index(host: Host) -> Finding:
    """Look whether search finds the newest observations by their own words."""
    lines = host.memory.list(Listing(limit=_ASKED)).items
    if not lines:
        return Finding(severity="ok", summary="Nothing is remembered here yet.")
    lost = [line.id for line in lines if not host.memory.finds(line.id)]
    if not lost:
        return Finding(severity="ok", summary=f"Search finds the newest {len(lines)} memories.")
    return Finding(
        severity="error",
        summary=f"Search does not find {len(lost)} of the newest {len(lines)} memories.",
        evidence=tuple(lost),
        hint="vgxness db check",
    )
