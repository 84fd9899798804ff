"""What a plugin's code is handed when it is called."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from vgxness.contract.json_value import JsonObject


class Clock(Protocol):
    """The time, so that a test can say what time it is."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class Locations(Protocol):
    """Where vgxness keeps its own files.

    Each is an absolute path that may not exist yet. Reading one raises `home_unresolved` where the
    platform gives no home directory.
    """

    @property
    def home(self) -> Path:
        """The user's home directory."""
        ...

    @property
    def config(self) -> Path:
        """The directory of `config.toml`."""
        ...

    @property
    def state(self) -> Path:
        """The directory of receipts, backups and logs."""
        ...

    @property
    def data(self) -> Path:
        """The directory of the default database."""
        ...


class Context(Protocol):
    """The host, as a tool, resource, prompt, check or command of a plugin sees it."""

    @property
    def workspace(self) -> Path:
        """The directory that the user or the client works in; absolute, real."""
        ...

    @property
    def project(self) -> str | None:
        """The id of the workspace's project; None where it is not known yet. Asking writes nothing."""
        ...

    @property
    def client(self) -> str:
        """The name of the MCP client that asks, as it gave it; "" on the command line."""
        ...

    @property
    def paths(self) -> Locations:
        """Where vgxness keeps its own files."""
        ...

    def settings(self, plugin: str) -> JsonObject:
        """Return the table `[plugin.NAME]` of the user's config.toml; empty where there is none."""
        ...

    @property
    def clock(self) -> Clock:
        """The time."""
        ...

    def environment(self, name: str) -> str | None:
        """Return an environment variable's value, or None where it is unset or empty."""
        ...

    def call(self, tool: str, arguments: JsonObject) -> JsonObject:
        """Call a tool of any plugin by its public name and return its answer.

        Raises:
            VgxnessError: `unknown_tool`, `usage` for arguments against the schema, or what the tool raises.
        """
        ...
