"""Memory on a real database in a temporary directory, with a clock that tests set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vgxness.contract.storage import Engine
from vgxness.memory import MemoryService
from vgxness.storage.sqlite.engine import open_engine


@dataclass
class Clock:
    """A clock that goes on by a step each time it is read."""

    moment: datetime = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    step: timedelta = timedelta(milliseconds=1)

    def now(self) -> datetime:
        self.moment += self.step
        return self.moment

    def pass_by(self, **much: float) -> None:
        self.moment += timedelta(**much)


@dataclass
class Place:
    """A project whose family a test chooses; it is known once something was written."""

    family: tuple[str, ...] = ("prj_books",)
    known: bool = True
    written: int = 0

    def reading(self, project: str | None = None) -> tuple[str, ...]:
        if project is not None:
            return (project,)
        return self.family if self.known else ()

    def writing(self) -> tuple[str, ...]:
        self.known = True
        self.written += 1
        return self.family


@dataclass
class House:
    """One database and the memory in it."""

    path: Path
    clock: Clock = field(default_factory=Clock)
    place: Place = field(default_factory=Place)

    def __post_init__(self) -> None:
        self.engine: Engine = open_engine(str(self.path), self.clock)
        self.memory = MemoryService(engine=self.engine, clock=self.clock, place=self.place)

    def beside(self, *family: str) -> MemoryService:
        """Return the memory of another project in the same database."""
        return MemoryService(engine=self.engine, clock=self.clock, place=Place(family=family))


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str], House]:
    """Make houses by name, each on its own database, and each a day later than the one before."""
    built: list[House] = []

    def make(name: str) -> House:
        house = House(tmp_path / f"{name}.sqlite")
        house.clock.pass_by(days=len(built))
        built.append(house)
        return house

    return make


@pytest.fixture
def house(build: Callable[[str], House]) -> House:
    """One house."""
    return build("memory")


@pytest.fixture
def memory(house: House) -> MemoryService:
    """The memory of one house."""
    return house.memory
