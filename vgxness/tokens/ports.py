"""What the ledger needs from above: what setup places, and what the server looks like to a client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from vgxness.tokens.models import Form

FormOf: TypeAlias = Callable[[str], Form]
"""Returns what a client, named by its provider, puts before its model of our server."""


class Placement(Protocol):
    """What setup puts, or would put, into one provider's files."""

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    @property
    def title(self) -> str:
        """The client's own name."""
        ...

    @property
    def scope(self) -> str:
        """Whose configuration it is."""
        ...

    @property
    def is_set_up(self) -> bool:
        """Whether it stands there now."""
        ...

    @property
    def texts(self) -> Sequence[tuple[str, str]]:
        """What the client loads into every session: the file's path and our part of it."""
        ...

    @property
    def greets(self) -> bool:
        """Whether a hook adds the memory's context when a session starts."""
        ...


class Placements(Protocol):
    """Setup, as the ledger sees it."""

    def placed(self) -> Sequence[Placement]:
        """Return the placements of every provider in the scopes that count."""
        ...
