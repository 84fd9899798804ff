"""What slots of values have in common: a value is whole, and merged key by key."""

from __future__ import annotations

from vgxness.contract.json_value import JsonValue
from vgxness.setup.formats.values import Missing
from vgxness.setup.merge import merge
from vgxness.setup.models import Take


class ValueSlot:
    """A place that holds a JSON value."""

    __slots__ = ()

    @property
    def is_text(self) -> bool:
        """False: a value has no lines of the user's own."""
        return False

    def release(self, text: str, remains: str) -> str:
        """Return the text as it is."""
        del remains
        return text

    def merge(
        self,
        base: JsonValue | Missing,
        standing: JsonValue | Missing,
        wanted: JsonValue | Missing,
        take: Take | None,
    ) -> JsonValue | Missing:
        """Merge the values, key by key inside objects."""
        return merge(base, standing, wanted, take)
