"""The item of a settings file that makes Claude Code run our command at an event."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from vgxness.plugin import JsonObject, JsonValue, ServerCommand

SECONDS: Final = 10
"""How long Claude Code waits for an answer; the command gives up by itself well before."""


def hook_item(hook: ServerCommand, event: str) -> JsonObject:
    """Return one item of an event's list: it runs at every such event, whatever set it off."""
    return {"hooks": [{"type": "command", **_command((*hook.command, event), hook.environment)}]}


def _command(words: tuple[str, ...], environment: Mapping[str, str]) -> JsonObject:
    """Return the command as a line for a POSIX shell, or on Windows as a program and its arguments.

    On Windows Claude Code hands a line to Git's bash or to PowerShell, whichever it finds, and no quoting
    is right for both; with `args` it starts the program itself, which takes no variables.
    """
    if is_windows(words[0]):
        rest: list[JsonValue] = [*words[1:]]
        return {"command": words[0], "args": rest, "timeout": SECONDS}
    variables = [f"{name}={shlex.quote(value)}" for name, value in sorted(environment.items())]
    return {"command": " ".join([*variables, shlex.join(words)]), "timeout": SECONDS}


def is_windows(program: str) -> bool:
    """Whether a program's path is one of Windows: a drive or a share, and no path of POSIX."""
    return not PurePosixPath(program).is_absolute() and PureWindowsPath(program).is_absolute()
