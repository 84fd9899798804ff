"""What slots of lines have in common: the user's own lines in them are kept, and merged line by line."""

from __future__ import annotations

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.values import MISSING, Missing
from vgxness.setup.merge import merge_text
from vgxness.setup.models import Take


class LineSlot:
    """A place that holds lines."""

    __slots__ = ()

    @property
    def is_text(self) -> bool:
        """True: the user may have written between our lines."""
        return True

    def merge(
        self,
        base: JsonValue | Missing,
        standing: JsonValue | Missing,
        wanted: JsonValue | Missing,
        take: Take | None,
    ) -> JsonValue | Missing:
        """Merge the lines; what is missing on either side has none to merge."""
        if standing is MISSING or wanted is MISSING:
            return wanted
        return merge_text("" if base is MISSING else str(base), str(standing), str(wanted), take)
