"""What the linter found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FaultCode = Literal[
    "project-unreadable",
    "entry-point-missing",
    "entry-point-invalid",
    "api-mismatch",
    "host-not-required",
    "import-failed",
    "import-private",
    "import-heavy",
    "source-unreadable",
    "hook-invalid",
    "hook-failed",
    "nothing-offered",
    "name-malformed",
    "target-malformed",
    "target-unresolved",
    "tool-refused",
    "adapter-incomplete",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        code: stable; scripts branch on it.
        place: a file and line, an entry point, a hook or a contribution.
        message: one sentence of fact.
        hint: what to do about it.
    """

    code: FaultCode
    place: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What one plugin's inspection came to.

    Attributes:
        plugin: its name.
        distribution: who ships it.
        offers: names by kind of contribution.
        faults: in the order they were looked for; none means that it is well.
    """

    plugin: str
    distribution: str
    offers: dict[str, tuple[str, ...]]
    faults: tuple[Fault, ...]
