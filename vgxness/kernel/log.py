"""The log file: what went wrong where nobody was looking, redacted and rotated.

Clients hide a server's stderr, so `mcp serve` also writes here. Read-only commands don't: they never
write, and their stderr is seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vgxness.kernel.paths import make_private

NAME: Final = "vgxness.log"
_BYTES: Final = 1_000_000
_KEPT: Final = 3


def write_log(directory: Path, moment: str, text: str) -> None:
    """Append an entry, lines of one entry indented under its first; one that can't be written is dropped.

    Args:
        directory: the state directory; made when absent.
        moment: ISO 8601.
        text: redacted before it is written.
    """
    from contextlib import suppress

    from vgxness.redaction import redact_secrets

    entry = f"{moment} {redact_secrets(text).rstrip()}".replace("\n", "\n    ")
    # A full or read-only disk must not turn a note about a failure into another failure.
    with suppress(OSError):
        make_private(directory)
        _rotate(directory)
        with (directory / NAME).open("a", encoding="utf-8") as file:
            file.write(entry + "\n")


def _rotate(directory: Path) -> None:
    """Move the file aside once it is full: vgxness.log.1 is newer than vgxness.log.2."""
    current = directory / NAME
    if not current.exists() or current.stat().st_size < _BYTES:
        return
    for number in range(_KEPT - 1, 0, -1):
        older = directory / f"{NAME}.{number}"
        if older.exists():
            older.replace(directory / f"{NAME}.{number + 1}")
    current.replace(directory / f"{NAME}.1")
