"""Why a text can't be edited; never holds any of the text, which may be secret."""

from __future__ import annotations


class ParseError(ValueError):
    """The text does not follow its format's grammar.

    Attributes:
        reason: what was met, without quoting it.
        line: counted from 1.
        column: counted from 1, in characters; a byte-order mark is not counted.
    """

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(f"{reason} at line {line}, column {column}")
        self.reason = reason
        self.line = line
        self.column = column


class EditError(ValueError):
    """The text parses, and yet the edit has no single right place in it."""
