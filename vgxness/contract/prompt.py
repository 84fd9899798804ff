"""An MCP prompt, as a plugin declares it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptArgument:
    """One argument of a prompt; a value is always text."""

    name: str
    description: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Text that a person puts before their agent, often as a slash command.

    Attributes:
        name: unique, `[a-z0-9_-]`.
        description: one line.
        arguments: what the person may fill in.
        target: `"pkg.mod:attr"`, called with `(context, arguments)`; returns the user message's text,
            or raises `VgxnessError`.
    """

    name: str
    description: str
    target: str
    arguments: tuple[PromptArgument, ...] = ()
