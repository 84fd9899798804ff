"""What the reader says of a YAML text, without the parts of it that reader quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from vgxness.setup.formats.brackets import BOM
from vgxness.setup.formats.failure import ParseError

# The reader's own words up to where it starts to quote.
_REASONS: Final = (
    ("mapping values are not allowed", "a colon where no key can stand"),
    ("found character", "a character that can't start a value, such as a tab in the indentation"),
    ("could not find expected ':'", "a colon after a key is missing"),
    ("found unexpected end of stream", "a quoted text is not closed"),
    ("found unknown escape", "an escape that YAML does not know"),
    ("expected <block end>", "the indentation fits nothing above it, or a quote is missing"),
    ("expected ',' or", "a comma or a closing bracket is missing"),
    ("expected the node content", "a value is missing"),
    ("sequence entries are not allowed", "a list item where none can stand"),
    ("found undefined tag handle", "a tag that nothing declares"),
    ("found unexpected document separator", "a document ends within a quoted text"),
)


def events_of(text: str) -> Iterator[Any]:
    """Yield a text's events; their places don't count a byte-order mark at the start.

    Raises:
        ParseError: with line and column, and nothing of the text.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    body = text.removeprefix(BOM)
    try:
        reader: Any = YAML(typ="safe", pure=True)
        yield from reader.parse(body)
    except ReaderError as problem:
        raise _forbidden(body, problem) from None
    except MarkedYAMLError as problem:
        raise _marked(problem) from None
    except RecursionError:
        raise ParseError("it is nested too deep", 1, 1) from None
    except (YAMLError, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError):
        # The reader's own mishaps on texts that nobody means.
        raise ParseError(_UNKNOWN, 1, 1) from None


_UNKNOWN: Final = "it does not follow YAML's grammar"


def _reason(problem: str) -> str:
    return next((ours for theirs, ours in _REASONS if problem.startswith(theirs)), _UNKNOWN)


def _forbidden(body: str, problem: Any) -> ParseError:  # noqa: ANN401 - ruamel types its errors loosely
    position = int(problem.position)
    column = position - body.rfind("\n", 0, position)
    return ParseError("a character that YAML forbids", body.count("\n", 0, position) + 1, column)


def _marked(problem: Any) -> ParseError:  # noqa: ANN401 - ruamel types its errors loosely
    mark = problem.problem_mark or problem.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return ParseError(_reason(str(problem.problem)), line, column)
