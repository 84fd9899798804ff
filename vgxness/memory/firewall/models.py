"""What the firewall answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that was found; never its text.

    Attributes:
        rule: the rule's stable name, such as `override` or `github-token`.
        kind: what sort of thing it is.
    """

    rule: str
    kind: Literal["secret", "private", "instruction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What may be done with a text.

    Attributes:
        action: `store` it as it is, store what was `redacted`, or it is `refused`.
        text: what may be stored; "" where it is refused, and where nothing is left of it.
        reasons: what was found, each once, in the order private, instruction, secret.
    """

    action: Literal["store", "redacted", "refused"]
    text: str
    reasons: tuple[Reason, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that found something, in order."""
        return tuple(reason.rule for reason in self.reasons)
