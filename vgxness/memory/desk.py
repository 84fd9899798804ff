"""What every verb of memory works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from vgxness.contract.context import Clock
from vgxness.contract.storage import Engine, Reader
from vgxness.errors import VgxnessError
from vgxness.kernel.clock import stamp
from vgxness.kernel.ids import new_id
from vgxness.memory.models import Scope
from vgxness.memory.places import PERSONAL, places_of
from vgxness.memory.ports import Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The database, the time, and whose memory is meant."""

    engine: Engine
    clock: Clock
    place: Place

    def now(self, less: timedelta = timedelta()) -> str:
        """Return the present moment as stored text, or one before it."""
        return stamp(self.clock.now() - less)

    def new_id(self, prefix: str) -> str:
        """Return a new identifier of the prefix."""
        return new_id(prefix, self.clock.now())

    def look(self, question: Callable[[Reader], T], otherwise: T) -> T:
        """Return what the question finds in one snapshot, or `otherwise` where no database exists yet."""
        try:
            with self.engine.reading() as reader:
                return question(reader)
        except VgxnessError as error:
            if error.code != "store_missing":
                raise
            return otherwise

    def places(self, scope: Scope | None = None, project: str | None = None) -> tuple[str, ...]:
        """Return the places to read; nothing is created, and an unknown project has none."""
        return places_of(() if scope == PERSONAL else self.place.reading(project), scope)

    def places_to_write(self, scope: Scope) -> tuple[str, ...]:
        """Return the places in which a scope's topic keys count, the one to write to first."""
        return places_of(() if scope == PERSONAL else self.place.writing(), scope)
