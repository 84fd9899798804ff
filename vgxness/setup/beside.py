"""Writes keys of a file beside the program that rewrites it while it runs.

The program reads the whole file, changes its copy, and renames that over the file. Taking its lock keeps
it out while we do the same; comparing what stands there just before the rename keeps what it wrote before
it saw the lock; looking again later finds what a program did that ignored the lock. None of the three is
enough alone.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vgxness.contract.provider import ClientWriter, TargetFormat
from vgxness.errors import VgxnessError
from vgxness.setup import atomic
from vgxness.setup.formats.dialects import keyed
from vgxness.setup.models import KeyPatch
from vgxness.setup.patches import patched
from vgxness.setup.patches import stands as stand_in
from vgxness.setup.text import decode, manners

_TRIES: Final = 5
_POLL: Final = 0.02
_LOCK_WAIT: Final = 15.0
_STALE_LOCK: Final = 10.0
_LOOK_AGAIN: Final = (0.3, 0.7, 2.0)
"""Seconds between the looks; a program that had read the file before us has written it by then."""


def stands(path: Path, format: TargetFormat, patches: Sequence[KeyPatch], *, after: bool) -> bool:
    """Tell whether a file's keys are as before their patches, or as after them; no file has no keys.

    Raises:
        VgxnessError: `config_unparsable` or `config_blocked`, it can't be read as its format.
    """
    with manners(path):
        return stand_in(decode(path, atomic.standing(path)[0], format), format, patches, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One file, the keys to write in it, and the program that writes it too.

    Attributes:
        path: symbolic links followed.
        staged: where the new content waits for its rename, in the same directory.
        format: the file's.
        patches: the keys.
        client: the program's lock, and whether it runs.
        goal: what the plan would leave, had nobody else written meanwhile: it tells which tables go with
            the last key in them; None where a file that is empty then goes too.
        mode: permission bits of a file that has to be made.
        back: whether the keys go back to their values from before.
        pause: waits for some seconds.
    """

    path: Path
    staged: Path
    format: TargetFormat
    patches: Sequence[KeyPatch]
    client: ClientWriter
    goal: str | None
    mode: int | None = None
    back: bool = False
    pause: Callable[[float], None] = time.sleep

    def write(self) -> None:
        """Give each key its value; every other byte stays.

        Raises:
            VgxnessError: `plan_stale`, a key has another value than was planned for, or does not stay;
                `setup_busy`, the lock was held for 15 seconds.
            OSError: it can't be written.
        """
        for _ in range(_TRIES):
            # The lock is held for the rename alone, unless the program writes too often for that.
            if not any(self._put() for _ in range(_TRIES)):
                with _locked(self.client.lock, self.pause):
                    self._put(is_locked=True)
            if self._stays():
                return
        raise VgxnessError(
            "plan_stale",
            f"{self.path} was rewritten by its program again and again; what was written did not stay.",
            hint="Close the client, then run the command again.",
        )

    def _put(self, *, is_locked: bool = False) -> bool:
        """Write once; False where the file changed while we prepared."""
        content, bits = atomic.standing(self.path)
        text = decode(self.path, content, self.format)
        with manners(self.path):
            if stand_in(text, self.format, self.patches, after=not self.back):
                return True
            if not stand_in(text, self.format, self.patches, after=self.back):
                raise _stale(self.path)
            wanted = patched(text, self.format, self.patches, self.goal or "", back=self.back)
            dialect = keyed(self.format)
            goes = self.goal is None and dialect is not None and dialect.is_hollow(wanted)
        if not goes:
            atomic.stage(self.staged, wanted.encode(), bits if bits is not None else self.mode or 0o600)
        try:
            with _locked(None if is_locked else self.client.lock, self.pause):
                return self._exchange(content, goes=goes)
        finally:
            with contextlib.suppress(FileNotFoundError):  # it was moved into its place
                self.staged.unlink()

    def _exchange(self, content: bytes | None, *, goes: bool) -> bool:
        if atomic.standing(self.path)[0] != content:
            return False
        if goes:
            self.path.unlink()
        else:
            atomic.move(self.staged, self.path)
        return True

    def _stays(self) -> bool:
        for seconds in _LOOK_AGAIN if self.client.is_running else ():
            self.pause(seconds)
            if not self._stands_now():
                return False
        return self._stands_now()

    def _stands_now(self) -> bool:
        try:
            return stands(self.path, self.format, self.patches, after=not self.back)
        except VgxnessError:
            return False  # the program is in the middle of a write that is not atomic


@contextlib.contextmanager
def _locked(lock: Path | None, pause: Callable[[float], None]) -> Generator[None]:
    """Hold the program's own lock, a directory; one that is older than 10 s was left by a dead process."""
    if lock is None:
        yield
        return
    for _ in range(round(_LOCK_WAIT / _POLL)):
        try:
            lock.mkdir()
            break
        except FileExistsError:
            remove_stale(lock)
            pause(_POLL)
    else:
        raise VgxnessError(
            "setup_busy",
            f"The client has held {lock} for {_LOCK_WAIT:.0f} seconds; nothing was changed.",
            hint="Close the client, then run the command again.",
        )
    try:
        yield
    finally:
        with contextlib.suppress(FileNotFoundError):  # the program took it for stale
            lock.rmdir()


def remove_stale(lock: Path) -> None:
    """Remove a lock that nobody alive holds any more; a fresh one stays."""
    with contextlib.suppress(OSError):  # gone, or not ours to remove
        if time.time() - lock.stat().st_mtime > _STALE_LOCK:
            lock.rmdir()


def _stale(path: Path) -> VgxnessError:
    return VgxnessError(
        "plan_stale",
        f"{path} changed while it was being written; nothing was kept of this apply.",
        hint="Run the command again.",
    )
