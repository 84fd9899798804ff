"""What the standard library's reader says of a TOML text, without the parts of it that reader quotes."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from vgxness.setup.formats.brackets import BOM
from vgxness.setup.formats.failure import ParseError

_PLACE: Final = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)\Z")
# The reader takes the square of a dotted key's length; no key of a person's has two hundred parts.
_ENDLESS_KEY: Final = re.compile(r"""(?<![\w-])(?:["']?[\w-]++["']?[ \t]*+\.[ \t]*+){200}""")
# The reader's own words up to where it starts to quote.
_REASONS: Final = (
    ("Cannot declare", "a table is declared twice"),
    ("Cannot overwrite", "a key stands there twice, or is a value and a table at once"),
    ("Cannot mutate", "a table that is closed already is added to"),
    ("Duplicate inline table key", "a key stands twice in an inline table"),
    ("Expected newline", "something follows a value on its line"),
    ("Expected '='", "an equals sign after a key is missing"),
    ("Expected ']", "a bracket that closes a table's name is missing"),
    ("Invalid initial character", "a key is missing"),
    ("Unclosed array", "an array is not closed"),
    ("Unclosed inline table", "an inline table is not closed"),
    ("Unterminated string", "a string is not closed"),
    ("Illegal character", "a control character that must be escaped"),
    ("Unescaped", "a backslash that starts no escape"),
    ("Invalid hex value", "an escape with a wrong number of digits"),
    ("Escaped character", "an escape that stands for no character"),
    ("Invalid date", "a date or time that does not exist"),
    ("Invalid value", "a value is missing, or is none that TOML knows"),
    ("Invalid statement", "neither a key, a table nor a comment"),
)


def load(text: str) -> dict[str, Any]:
    """Return what a text says; a byte-order mark at its start is skipped.

    Raises:
        ParseError: with line and column, and nothing of the text.
    """
    body = text.removeprefix(BOM)
    if endless := _ENDLESS_KEY.search(body):
        start = endless.start()
        line = body.count("\n", 0, start) + 1
        raise ParseError("a key of more than 200 parts", line, start - body.rfind("\n", 0, start))
    try:
        return tomllib.loads(body)
    except tomllib.TOMLDecodeError as problem:
        raise _failure(str(problem), body) from None
    except RecursionError:
        raise ParseError("it is nested too deep", 1, 1) from None
    except ValueError:
        raise ParseError("a number has too many digits", 1, 1) from None


def _failure(message: str, body: str) -> ParseError:
    reason = next(
        (ours for theirs, ours in _REASONS if message.startswith(theirs)), "an unexpected character"
    )
    if found := _PLACE.search(message):
        return ParseError(reason, int(found[1]), int(found[2]))
    return ParseError(reason, body.count("\n") + 1, len(body) - body.rfind("\n"))
