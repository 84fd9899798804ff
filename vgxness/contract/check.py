"""A doctor check, as a plugin declares it, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["ok", "info", "warning", "error", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question that `vgxness doctor` asks.

    Attributes:
        id: stable and dotted, such as `"storage.integrity"`; scripts branch on it.
        summary: the question, one line.
        target: `"pkg.mod:attr"`, called with `(context)`; returns one `Finding`, never writes.
    """

    id: str
    summary: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found.

    Attributes:
        severity: "error" makes doctor exit 1; "skipped" says why in the summary.
        summary: one sentence of fact.
        evidence: what was looked at, one fact a line; secrets are redacted before they are shown.
        quotes: lines of the user's own files that show it, redacted too; a bug report leaves them out.
        hint: the next command, or "" when nothing need be done.
    """

    severity: Severity
    summary: str
    evidence: tuple[str, ...] = ()
    hint: str = ""
    quotes: tuple[str, ...] = ()
