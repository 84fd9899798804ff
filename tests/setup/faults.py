"""Strikes at the n-th system call that changes a file: a death, a full disk, a refusal."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

CALLS = ("replace", "unlink", "mkdir", "rmdir", "fsync", "open", "chmod", "write")
NEEDS_ROOM = ("replace", "mkdir", "fsync", "open", "write")
"""The calls that a full disk refuses; taking something away always works."""


class Death(BaseException):
    """The process is gone: nothing that would run after this may change a file either."""


@dataclass
class Strike:
    """What happens at which call.

    Attributes:
        at: counted from 1; a struck call may do its work first.
        deed: raises, or ends the process.
        is_lasting: whether every later call is struck too.
        calls: those that count.
    """

    at: int
    deed: Callable[[], object]
    after: bool = False
    is_lasting: bool = False
    calls: tuple[str, ...] = CALLS
    seen: int = 0

    @property
    def struck(self) -> bool:
        return self.seen >= self.at

    def meet(self, name: str, real: Callable[[], Any]) -> Any:
        if name not in self.calls:
            return real()
        if self.is_lasting and self.struck:
            self.deed()
        self.seen += 1
        if self.seen == self.at and not self.after:
            self.deed()
        result = real()
        if self.seen == self.at and self.after:
            self.deed()
        return result


@dataclass
class _Stream:
    """A file being written, in two halves, between which a strike may come."""

    real: Any
    strike: Strike

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *problem: object) -> None:
        self.real.close()

    def write(self, content: bytes) -> None:
        for half in (content[: len(content) // 2], content[len(content) // 2 :]):
            self.strike.meet("write", lambda half=half: self.real.write(half) and self.real.flush())

    def flush(self) -> None:
        self.real.flush()

    def fileno(self) -> int:
        return self.real.fileno()


@contextmanager
def striking(strike: Strike) -> Generator[Strike]:
    """Let the strike come while the block runs."""
    opened = os.fdopen

    def wrapped(name: str) -> Callable[..., Any]:
        real = getattr(os, name)
        return lambda *args, **options: strike.meet(name, lambda: real(*args, **options))

    replaced: dict[str, Any] = {name: wrapped(name) for name in CALLS if name != "write"}
    replaced["fdopen"] = lambda *args, **options: _Stream(opened(*args, **options), strike)
    with patch.multiple(os, **replaced):
        yield strike


def refuse(number: int) -> Callable[[], object]:
    """Return a deed that raises the error of a number."""

    def deed() -> object:
        raise OSError(number, os.strerror(number), "somewhere")

    return deed


def die() -> object:
    raise Death


def full_disk(at: int, *, is_lasting: bool = True) -> Strike:
    """A disk that is full from the n-th call on that needs room, or for that one call."""
    return Strike(at, refuse(errno.ENOSPC), is_lasting=is_lasting, calls=NEEDS_ROOM)


def death(at: int, *, after: bool = False) -> Strike:
    """A process that dies at its n-th call: the calls that clean up after it are struck as well."""
    return Strike(at, die, after=after, is_lasting=True)
