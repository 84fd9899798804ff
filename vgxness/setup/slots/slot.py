"""What can be done with every slot."""

from __future__ import annotations

from typing import Protocol

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.values import Missing
from vgxness.setup.models import Take


class Slot(Protocol):
    """One place in a file's text; pure, and raising what the format's functions raise."""

    @property
    def label(self) -> str:
        """What the place is called in plans, such as "mcp.vgxness"."""
        ...

    @property
    def is_text(self) -> bool:
        """Whether its value is lines, in which a user's own lines outlive ours."""
        ...

    def read(self, text: str) -> JsonValue | Missing:
        """Return what stands there."""
        ...

    def write(self, text: str, value: JsonValue) -> str:
        """Return the text with a value there."""
        ...

    def undo(self, text: str, before: str) -> str:
        """Return the text with the place as it stands in `before`, or empty."""
        ...

    def release(self, text: str, remains: str) -> str:
        """Return the text with lines of the user's in the place of ours; only where `is_text`."""
        ...

    def merge(
        self,
        base: JsonValue | Missing,
        standing: JsonValue | Missing,
        wanted: JsonValue | Missing,
        take: Take | None,
    ) -> JsonValue | Missing:
        """Return the three-way merge of values; raises `MergeConflict`."""
        ...
