"""What a rule is, and what it found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Rule(NamedTuple):
    """One pattern, tried only on a text that holds one of its triggers.

    Attributes:
        kind: what a match is called, kebab-case.
        triggers: lower-case literals; each text the pattern can match holds one of them, in any case.
        pattern: a regular expression; what its group `secret` holds is secret (else all that it matched).
        judge: says whether a match is a secret; absent, each match is.
        rest: a regular expression for what belongs to an accepted secret beyond the pattern's bound.
    """

    kind: str
    triggers: tuple[str, ...]
    pattern: str
    judge: Callable[[re.Match[str]], bool] | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Where a secret stands in a text and of what kind it is; never its characters.

    Attributes:
        kind: kebab-case, such as `github-token`, `assigned-secret`, `private-key`.
        start: offset of its first character.
        end: offset after its last character.
    """

    kind: str
    start: int
    end: int
