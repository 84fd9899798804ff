"""What a running apply is about to do, kept on disk so that a crash can be completed or undone."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vgxness.blobs import digest_of
from vgxness.contract.provider import ClientWriter, TargetFormat
from vgxness.setup import atomic, beside
from vgxness.setup.models import KeyPatch, Receipt
from vgxness.setup.receipts import dump, load

Phase = Literal["staging", "committing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file: the digests and modes before and after, and where the new content waits.

    Attributes:
        make: directories made for it, outermost first.
        clear: directories to remove in the end where they are empty, innermost first.
        format: what the file is written in.
        client: how it is shared with its own program; None where that does not write it.
        patches: the keys to write where it is shared so: only they count then, not the bytes.
    """

    real: Path
    staged: Path
    before: str | None
    before_mode: int | None
    after: str | None
    after_mode: int | None
    make: tuple[Path, ...] = ()
    clear: tuple[Path, ...] = ()
    format: TargetFormat = "bytes"
    client: ClientWriter | None = None
    patches: tuple[KeyPatch, ...] = ()

    def is_before(self) -> bool:
        """Whether the file is as it was before the apply."""
        if self.client:
            return beside.stands(self.real, self.format, self.patches, after=False)
        return _matches(self.real, self.before, self.before_mode)

    def is_after(self) -> bool:
        """Whether the file is as the apply leaves it."""
        if self.client:
            return beside.stands(self.real, self.format, self.patches, after=True)
        return _matches(self.real, self.after, self.after_mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """An apply under way. While it is staging no file of the user has changed."""

    phase: Phase
    entries: tuple[Entry, ...]
    receipt: Receipt
    version: int = 1


class JournalFile:
    """Where the journal is kept; absent when no apply is under way."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def exists(self) -> bool:
        """Whether an apply was begun and not ended."""
        return self._path.exists()

    def read(self) -> Journal:
        """Return the journal; raises `config_blocked` where it is damaged."""
        return load(Journal, self._path)

    def write(self, journal: Journal) -> None:
        """Keep the journal, durably."""
        atomic.write_durably(self._path, dump(journal))

    def remove(self) -> None:
        """End the apply."""
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
        atomic.flush_directory(self._path.parent)


def _matches(path: Path, digest: str | None, mode: int | None) -> bool:
    content, bits = atomic.standing(path)
    if content is None or digest is None:
        return content is None and digest is None
    # Windows keeps no permission bits worth comparing.
    return digest_of(content) == digest and (os.name == "nt" or bits == mode)
