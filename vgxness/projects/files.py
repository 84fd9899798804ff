"""Reading small files of a directory that nobody vouches for."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path


def read_small(path: Path, *, limit: int) -> str | None:
    """Return a regular file's text, or None where there is none.

    Bytes that are not UTF-8 come back as lone surrogates. A pipe or device is never waited for.

    Raises:
        OSError: it is no regular file, longer than `limit` bytes, or may not be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path.name} is not a regular file")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(f"{path.name} is longer than {limit} bytes")
    return content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def real_text(path: Path) -> str:
    """Return a path with all symbolic links resolved, as text that any database can hold.

    A loop of links is left as it stands; bytes that are not UTF-8 are written in hexadecimal.
    """
    return os.fsencode(os.path.realpath(path)).decode("utf-8", "backslashreplace")


def folded(text: str) -> str:
    """Return a text without its differences of case and of Unicode composition."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
