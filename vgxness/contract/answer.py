"""What a command returns: data for machines, text for people; printing is the host's work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vgxness.contract.json_value import JsonValue
from vgxness.errors import ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A command's answer.

    Attributes:
        data: what `--json` prints under "data".
        text: what a person reads, without the last newline; a callable is asked only when it is printed.
        exit_code: 0, or 1 where the command worked and found something wrong.
    """

    data: JsonValue
    text: str | Callable[[], str]
    exit_code: ExitCode = ExitCode.DONE
