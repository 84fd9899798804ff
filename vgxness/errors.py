"""The one error root: every failure a user can meet has a code, an exit code, a cause and a next step.

`ERROR_CODES` is the whole table; `docs/reference/errors.md` is generated from it. A code is stable once
released: scripts and agents branch on it, so a wording may change and a code may not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class ExitCode(IntEnum):
    """What a process says to the shell; the same eight numbers for every command."""

    DONE = 0
    FOUND_WRONG = 1
    USAGE = 2
    BLOCKED = 3
    CONFLICT = 4
    STORAGE = 5
    BUG = 70
    INTERRUPTED = 130


EXIT_CODE_MEANINGS: Final[dict[ExitCode, str]] = {
    ExitCode.DONE: "done",
    ExitCode.FOUND_WRONG: "the command worked and found something wrong (doctor, verify, db check, plugins)",
    ExitCode.USAGE: "wrong usage, or an unknown id or name",
    ExitCode.BLOCKED: "blocked: consent, a policy or a person is needed",
    ExitCode.CONFLICT: "conflict: an unparsable file, a stale digest, an edit in the way",
    ExitCode.STORAGE: "storage is unavailable",
    ExitCode.BUG: "a bug in vgxness",
    ExitCode.INTERRUPTED: "interrupted",
}


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One row of the table: the exit code and what the code means to its reader."""

    exit_code: ExitCode
    meaning: str


_USAGE, _BLOCKED, _CONFLICT = ExitCode.USAGE, ExitCode.BLOCKED, ExitCode.CONFLICT
_STORAGE, _WRONG = ExitCode.STORAGE, ExitCode.FOUND_WRONG

ERROR_CODES: Final[dict[str, ErrorCode]] = {
    # surfaces
    "usage": ErrorCode(_USAGE, "the command line or the tool arguments are not as documented"),
    "too_large": ErrorCode(_USAGE, "a value is over its documented bound; nothing was stored"),
    "unknown_tool": ErrorCode(_USAGE, "no enabled plugin offers a tool of this name"),
    "unknown_resource": ErrorCode(_USAGE, "no enabled plugin offers this resource or prompt"),
    "consent_required": ErrorCode(_BLOCKED, "the command writes, and was not given --yes or an answer"),
    "internal_error": ErrorCode(ExitCode.BUG, "a bug in vgxness; the log file has the traceback"),
    "interrupted": ErrorCode(ExitCode.INTERRUPTED, "the user stopped the command"),
    # kernel
    "home_unresolved": ErrorCode(_STORAGE, "no home directory is known, so no default location exists"),
    "config_unreadable": ErrorCode(_CONFLICT, "vgxness's own config.toml can't be read or parsed"),
    "unknown_plugin": ErrorCode(_USAGE, "no installed plugin has this name"),
    "plugin_failed": ErrorCode(
        _WRONG, "a plugin raised, returned rubbish or shares a name (--strict-plugins)"
    ),
    "environment_managed": ErrorCode(
        _BLOCKED, "this vgxness runs in a Python that belongs to the operating system (PEP 668)"
    ),
    "installer_missing": ErrorCode(_BLOCKED, "the program that made this environment is not on PATH"),
    "install_failed": ErrorCode(_WRONG, "pip, uv or pipx could not install or remove the plugin"),
    # storage
    "store_unavailable": ErrorCode(_STORAGE, "the database can't be located, opened or created"),
    "store_missing": ErrorCode(_STORAGE, "a read-only command found no database; nothing was created"),
    "store_corrupt": ErrorCode(_STORAGE, "the database file is damaged; it was left untouched"),
    "store_locked": ErrorCode(_STORAGE, "another process kept the database locked for the whole wait"),
    "store_newer": ErrorCode(_STORAGE, "a newer vgxness wrote this database; it was left untouched"),
    "store_outdated": ErrorCode(_STORAGE, "the database needs `vgxness db upgrade` before it can be read"),
    "store_foreign": ErrorCode(_STORAGE, "the file belongs to another program; it was left untouched"),
    "store_full": ErrorCode(_STORAGE, "the disk is full; nothing was stored"),
    "unsafe_path": ErrorCode(_STORAGE, "the path leaves its directory through a symbolic link"),
    "unknown_scheme": ErrorCode(_USAGE, "no enabled storage backend serves this URL scheme"),
    # projects
    "unknown_project": ErrorCode(_USAGE, "no project has this id or name"),
    "ambiguous_project": ErrorCode(_USAGE, "several projects have this name; give an id"),
    "unknown_merge": ErrorCode(_USAGE, "no merge of projects has this id"),
    "project_file_invalid": ErrorCode(_CONFLICT, "`.vgxness/project.toml` can't be read or names no project"),
    "project_conflict": ErrorCode(_CONFLICT, "the rename or merge collides with another project"),
    # memory
    "unknown_observation": ErrorCode(_USAGE, "no observation has this id"),
    "observation_forgotten": ErrorCode(_CONFLICT, "the observation is forgotten; restore it first"),
    "observation_conflict": ErrorCode(
        _CONFLICT, "the observation changed meanwhile, or its topic key is in use"
    ),
    "session_ended": ErrorCode(_CONFLICT, "the session ended before, with another summary"),
    "unknown_session": ErrorCode(_USAGE, "no session has this id"),
    "memory_refused": ErrorCode(_BLOCKED, "the write firewall refused the text; nothing was stored"),
    "import_unreadable": ErrorCode(_CONFLICT, "the export file is not NDJSON of a known version"),
    # setup
    "unknown_provider": ErrorCode(_USAGE, "no installed plugin adapts a provider of this name"),
    "config_unparsable": ErrorCode(_CONFLICT, "the provider's file does not parse; it was left untouched"),
    "config_blocked": ErrorCode(
        _CONFLICT, "the provider's file can't be edited safely; it was left untouched"
    ),
    "config_conflict": ErrorCode(_CONFLICT, "an entry that vgxness did not write stands in the way"),
    "plan_stale": ErrorCode(_CONFLICT, "files changed since the plan; plan again"),
    "setup_busy": ErrorCode(_CONFLICT, "another setup command holds the lock"),
    "server_ephemeral": ErrorCode(_BLOCKED, "this vgxness runs from a cache or temporary directory"),
    "unknown_apply": ErrorCode(_USAGE, "no receipt of this apply or provider exists"),
    "write_failed": ErrorCode(_STORAGE, "a file could not be written; what was written was undone"),
}
"""Every code this distribution raises. A plugin may raise codes of its own: they exit with 1."""


class VgxnessError(Exception):
    """A failure with manners: what happened, why, and what to do next.

    Attributes:
        code: stable, snake_case; a key of `ERROR_CODES`, or a plugin's own.
        message: one sentence, what happened.
        cause: why, or "" when the message says it all. Never holds file content: that may be secret.
        hint: the next step, as a command where one exists, or "".
        details: extra facts for machines (ids, lines, columns); JSON values only.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        cause: str = "",
        hint: str = "",
        details: dict[str, str | int | float | bool | None] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.cause = cause
        self.hint = hint
        self.details = details or {}

    @property
    def exit_code(self) -> ExitCode:
        """The number the process ends with; 1 for a plugin's own code."""
        row = ERROR_CODES.get(self.code)
        return row.exit_code if row else ExitCode.FOUND_WRONG
