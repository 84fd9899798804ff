"""A provider adapter: it declares what an agent client's configuration should hold; the host acts.

An adapter never opens a file for writing. It says how its client is found, which files a setup would
touch, which edits each needs, and what the live client can confirm. Locking, merging, backups, atomic
writes and rollback are the host's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from vgxness.contract.context import Context
from vgxness.contract.json_value import JsonValue

ConfigScope = Literal["user", "project"]
SetupMode = Literal["mcp", "mcp-plus-agents"]
TargetFormat = Literal["jsonc", "json"]
LiveState = Literal["connected", "failed", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerCommand:
    """How a client starts the MCP server.

    Attributes:
        command: the program's absolute path, then its arguments.
        environment: variables the client sets for it, beside its own; may be empty.
    """

    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What an adapter found of its client; finding it out writes nothing.

    Attributes:
        found: whether the client is installed.
        version: as the client says it, or "" where it can't be known.
        evidence: what was looked at, one fact a line.
        paths: places by a name of the adapter's choice, such as `{"config": ~/.config/opencode}`.
    """

    found: bool
    version: str = ""
    evidence: tuple[str, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=dict[str, Path])


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupRequest:
    """What the user asked for, and what the adapter may need to answer it.

    Attributes:
        scope: "user" for all of the user's projects, "project" for the workspace alone.
        mode: what to install.
        home: the user's home directory, absolute.
        workspace: the project's directory, absolute.
        detection: what `detect` returned a moment ago.
        server: the MCP server to configure.
        managed: files of this provider and scope that hold entries of ours; stay with them.
    """

    scope: ConfigScope
    mode: SetupMode
    home: Path
    workspace: Path
    detection: Detection
    server: ServerCommand
    managed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetKey:
    """One key of a JSON document and the value it should have.

    Attributes:
        path: the keys from the root, at least one; missing objects on the way are made.
        value: compared and merged as a value; the file's own spelling is kept where it is equal.
        only_if_absent: any value that stands there already is the user's and is left alone.
    """

    path: tuple[str, ...]
    value: JsonValue
    only_if_absent: bool = False


Edit: TypeAlias = SetKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigTarget:
    """One file that a setup would edit.

    Attributes:
        id: stable within the provider and scope, such as "config".
        path: absolute; the file need not exist.
        root: absolute; the file that is edited in the end, symbolic links followed, must lie in it.
        format: "json" refuses comments and trailing commas, "jsonc" keeps them.
        edits: in the order they are to be made; no two of the same path.
        mode: permission bits of a file that has to be made; an existing file keeps its own.
        not_expressed: what was asked for and this file can't say, one sentence each.
    """

    id: str
    path: Path
    root: Path
    edits: tuple[Edit, ...]
    format: TargetFormat = "jsonc"
    mode: int = 0o600
    not_expressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveVerdict:
    """What the real client said about the configuration as it stands.

    Attributes:
        state: "connected" when it resolves the entry as planned and reaches the server; "skipped" when
            it could not be asked, for a reason in the summary.
        summary: one sentence of fact.
        evidence: what was run and what it answered, one fact a line, no secrets.
    """

    state: LiveState
    summary: str
    evidence: tuple[str, ...] = ()


@runtime_checkable
class ProviderAdapter(Protocol):
    """One agent client, as a plugin adapts it."""

    @property
    def name(self) -> str:
        """What the user types after `--provider`: unique, `[a-z0-9-]`."""
        ...

    @property
    def title(self) -> str:
        """The client's own name, such as "OpenCode"."""
        ...

    @property
    def config_scopes(self) -> tuple[ConfigScope, ...]:
        """The scopes it can be set up in."""
        ...

    def detect(self, context: Context) -> Detection:
        """Look for the client. Writes nothing, and takes at most a few seconds."""
        ...

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        """Return the files to edit and the edits; the same request gives the same answer."""
        ...

    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        """Ask the real client, on a copy of its configuration in a throw-away home, in bounded time."""
        ...
