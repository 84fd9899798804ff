"""The lines of an import file: read in bounded bites, checked with pydantic, numbered for the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, Annotated, Final

from vgxness.errors import VgxnessError
from vgxness.memory.records import FORMAT, VERSION, HeaderRecord, Record

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MAX_LINE: Final = 1 << 20
"""Bytes of one line; a content of 64 KiB takes at most six times that, escaped."""

_HINT: Final = "vgxness memory export --file FILE writes such a file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """One line of the file: its record, or why it is none.

    Attributes:
        line: its number, the header's is 1.
        size: in bytes.
    """

    line: int
    size: int
    record: Record | None = None
    reason: str = ""


def header_of(stream: IO[bytes]) -> HeaderRecord:
    """Read and return the first line.

    Raises:
        VgxnessError: `import_unreadable` where it is no header, or one of a newer version.
    """
    line = stream.readline(MAX_LINE).removeprefix(b"\xef\xbb\xbf")
    from pydantic import TypeAdapter, ValidationError

    try:
        header = TypeAdapter(HeaderRecord).validate_json(line)
    except ValidationError:
        raise _unreadable("Its first line is not the header of an export.") from None
    if header.format != FORMAT:
        raise _unreadable("Its first line names another format.")
    if header.version > VERSION or header.version < 1:
        raise _unreadable(f"It is of version {header.version}; this vgxness reads version {VERSION}.")
    return header


def numbered_records(stream: IO[bytes]) -> Iterator[Numbered]:
    """Yield each line after the header; blank lines are passed over."""
    number = 1
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            _drain(stream)
            yield Numbered(line=number, size=0, reason=f"the line is over {MAX_LINE:,} bytes")
        elif line.strip():
            yield _checked(number, line)


def _checked(number: int, line: bytes) -> Numbered:
    from pydantic import ValidationError

    try:
        record = _adapter().validate_json(line)
    except ValidationError as error:
        return Numbered(line=number, size=0, reason=_reason(error))
    return Numbered(line=number, size=len(line), record=record)


@cache
def _adapter() -> TypeAdapter[Record]:
    from pydantic import Field, TypeAdapter

    return TypeAdapter(Annotated[Record, Field(discriminator="type")])


def _reason(error: object) -> str:
    # Only the place and the kind of the mistake: pydantic's own message quotes the value.
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return "not a record"
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    return f"{where}: {first['type']}" if where else f"not a record: {first['type']}"


def _drain(stream: IO[bytes]) -> None:
    while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def _unreadable(cause: str) -> VgxnessError:
    return VgxnessError(
        "import_unreadable", "The file is not an export that can be imported.", cause=cause, hint=_HINT
    )
