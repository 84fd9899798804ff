"""A configuration file's bytes as text, and what goes wrong with it as errors."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from vgxness.contract.provider import TargetFormat
from vgxness.errors import VgxnessError
from vgxness.setup.formats.failure import EditError, ParseError


def decode(path: Path, content: bytes | None, format: TargetFormat) -> str:
    """Return a file's text, a byte-order mark kept; "" where there is no file.

    Whole files are taken as they are, one character a byte.

    Raises:
        VgxnessError: `config_unparsable`, the bytes of another format are not UTF-8.
    """
    if format == "bytes":
        return (content or b"").decode("latin-1")
    try:
        return (content or b"").decode("utf-8")
    except UnicodeDecodeError as problem:
        good = (content or b"")[: problem.start].decode("utf-8")
        line = good.count("\n") + 1
        column = len(good) - (good.rfind("\n") + 1) + 1
        raise unparsable(path, "the text is not UTF-8", line, column) from problem


def encode(text: str, format: TargetFormat) -> bytes:
    """Return the bytes of a text that `decode` gave, or that was made of one."""
    return text.encode("latin-1" if format == "bytes" else "utf-8")


def unparsable(path: Path, reason: str, line: int, column: int) -> VgxnessError:
    """Return the error for a file that does not parse; it names the place and quotes nothing."""
    return VgxnessError(
        "config_unparsable",
        f"{path} does not parse; it was left untouched.",
        cause=f"Line {line}, column {column}: {reason}.",
        hint="Mend the file there, then run the command again.",
        details={"line": line, "column": column},
    )


@contextmanager
def manners(path: Path) -> Generator[None]:
    """Turn what the pure editors raise into errors with a code, a place and a next step."""
    try:
        yield
    except ParseError as problem:
        raise unparsable(path, problem.reason, problem.line, problem.column) from problem
    except EditError as problem:
        raise VgxnessError(
            "config_blocked",
            f"{path} can't be edited; it was left untouched.",
            cause=f"{problem}.",
            hint="Mend the file by hand, then run setup again.",
        ) from problem
