"""The item of a settings file that makes Claude Code run our command at an event."""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from vgxness.plugin import JsonObject, JsonValue, ServerCommand

SECONDS: Final = 10
"""How long Claude Code waits for an answer; the command gives up by itself well before."""

_DATABASE: Final = "VGXNESS_DB_PATH"


def hook_item(hook: ServerCommand, event: str) -> JsonObject:
    """Return one item of an event's list: it runs at every such event, whatever set it off."""
    return {"hooks": [{"type": "command", **_command(hook, event), "timeout": SECONDS}]}


def unsaid(hook: ServerCommand) -> tuple[str, ...]:
    """Return the variables that a hook is to have and can't be given, one sentence each."""
    if not hook.command or not is_windows(hook.command[0]):
        return ()
    lost = sorted(set(hook.environment) - {_DATABASE})
    return tuple(f"On Windows a hook of Claude Code can't be given the variable {name}." for name in lost)


def _command(hook: ServerCommand, event: str) -> JsonObject:
    """Return the command as a line for a POSIX shell, or on Windows as a program and its arguments.

    On Windows Claude Code hands a line to Git's bash or to PowerShell, whichever it finds, and no quoting
    is right for both; with `args` it starts the program itself, which takes no variables.
    """
    program, *rest = (*hook.command, event)
    if is_windows(program):
        database = hook.environment.get(_DATABASE)
        arguments: list[JsonValue] = [*rest, *(["--db", database] if database else [])]
        return {"command": program, "args": arguments}
    variables = [f"{name}={shlex.quote(value)}" for name, value in sorted(hook.environment.items())]
    return {"command": " ".join([*variables, shlex.join((program, *rest))])}


def is_windows(program: str) -> bool:
    """Whether a program's path is one of Windows: a drive or a share, and no path of POSIX."""
    return not PurePosixPath(program).is_absolute() and PureWindowsPath(program).is_absolute()
