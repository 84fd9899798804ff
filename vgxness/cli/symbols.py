"""A glyph, a word and a colour for each severity, so that none of the three carries the meaning alone."""

from __future__ import annotations

import os
import sys
from typing import Final

import click

from vgxness.contract.check import Severity

_MARKS: Final[dict[Severity, tuple[str, str, str]]] = {
    "ok": ("✓", "ok", "green"),
    "info": ("i", "info", "blue"),
    "warning": ("!", "warn", "yellow"),
    "error": ("✗", "fail", "red"),
    "skipped": ("-", "skip", "bright_black"),
}


def mark(severity: Severity) -> str:
    """Return the mark of a severity, seven columns wide; coloured only on a terminal without NO_COLOR."""
    glyph, word, colour = _MARKS[severity]
    text = f"{glyph} {word:<4}"
    return click.style(text, fg=colour) if colourful() else text


def colourful() -> bool:
    """Whether standard output is a terminal that may be coloured."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
