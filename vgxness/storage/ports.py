"""What the checks of the database need of the host."""

from __future__ import annotations

from typing import Protocol

from vgxness.contract.storage import Engine
from vgxness.storage.location import Location


class HasStorage(Protocol):
    """A host that knows its database."""

    @property
    def location(self) -> Location:
        """Where the database is; reading it raises `store_unavailable` where no rule gives one."""
        ...

    @property
    def engine(self) -> Engine:
        """The database at `location`."""
        ...
