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
TargetFormat = Literal["jsonc", "json", "toml", "yaml", "markdown", "frontmatter", "bytes", "tree"]
TargetWriter = Literal["us", "user", "client"]
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
        hook: the command that clients run at their events; the adapter appends the event's name, one of
            "session-start", "pre-compact" and "session-end". It answers on stdout and never fails.
        instructions: Markdown that an agent should have before its first tool call; "" for none.
        managed: files of this provider and scope that hold entries of ours; stay with them.
    """

    scope: ConfigScope
    mode: SetupMode
    home: Path
    workspace: Path
    detection: Detection
    server: ServerCommand
    hook: ServerCommand = field(default_factory=lambda: ServerCommand(command=()))
    instructions: str = ""
    managed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetKey:
    """One key of a document (jsonc, json, toml, yaml, frontmatter) and the value it should have.

    Attributes:
        path: the keys from the root, at least one; missing tables on the way are made.
        value: compared and merged as a value; the file's own spelling is kept where it is equal.
        only_if_absent: any value that stands there already is the user's and is left alone.
    """

    path: tuple[str, ...]
    value: JsonValue
    only_if_absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EnsureItem:
    """One item that a list of a document (jsonc, json, toml, yaml, frontmatter) should hold, anywhere in it.

    Attributes:
        path: the keys that lead to the list, at least one; a missing list is made.
        name: what the item is called in plans and receipts, unique in its list; never written to the file.
        value: the item.
        identity: the place inside the item whose text tells it from others when the rest of it was
            edited, such as `("hooks", 0, "command")`; () where the whole item is its identity.
    """

    path: tuple[str, ...]
    name: str
    value: JsonValue
    identity: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedBlock:
    """Lines between two marker comments, in a file whose other lines are the user's (markdown, frontmatter).

    Attributes:
        name: stands in the markers, `[a-z0-9-]`; the default is meant to be shared by all providers.
        text: without the markers; line ends become the file's own.
    """

    text: str
    name: str = "vgxness"


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFile:
    """All of a file (bytes). Nobody else is expected to write it; a user's edits are merged all the same."""

    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedTree:
    """The files below a directory (tree) that are ours; other files in it are the user's and stay.

    Attributes:
        files: contents by relative path, "/" between its parts, without "." and "..".
    """

    files: Mapping[str, bytes]


Edit: TypeAlias = SetKey | EnsureItem | ManagedBlock | WholeFile | OwnedTree


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientWriter:
    """How a file is shared with its own program, which rewrites it while it runs.

    Attributes:
        lock: the directory that the program makes while it writes; None where it has no such thing.
        is_running: whether the program seems to run now; a notice for the user, never a condition.
    """

    lock: Path | None = None
    is_running: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigTarget:
    """One file, or one directory of the format "tree", that a setup would edit.

    Attributes:
        id: stable within the provider and scope, such as "config".
        path: absolute; it need not exist.
        root: absolute; the file that is edited in the end, symbolic links followed, must lie in it.
        format: "json" refuses comments and trailing commas, "jsonc" keeps them; "markdown" takes managed
            blocks, "frontmatter" keys and blocks; "bytes" one whole file and "tree" one owned tree.
        edits: in the order they are to be made; no two of the same place.
        mode: permission bits of a file that has to be made; an existing file keeps its own.
        writer: "us" where nobody else writes it, "user" where a person does, "client" where its own
            program rewrites it: then only keys of json or jsonc are set, each by itself.
        client: how to write beside that program; needed exactly where the writer is "client".
        not_expressed: what was asked for and this file can't say, one sentence each.
    """

    id: str
    path: Path
    root: Path
    edits: tuple[Edit, ...]
    format: TargetFormat = "jsonc"
    mode: int = 0o600
    writer: TargetWriter = "user"
    client: ClientWriter | None = None
    not_expressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerTable:
    """Where a client keeps its MCP servers: one table of a file, a server a key.

    The host reads it, for `vgxness tokens --all-servers` and for the doctor; it starts nothing unasked.

    Attributes:
        path: absolute; the file need not exist.
        keys: lead from the root to the table, such as `("mcpServers",)`.
        format: a format with keys.
        command: the key of a server's command: a list of words, or one word with `arguments` beside it.
        arguments: the key of the further words.
        environment: the key of its variables.
        off: `(key, value)` that switches a server off, such as `("enabled", False)`.
        label: what else tells the table apart, such as "project"; "" for none.
    """

    path: Path
    keys: tuple[str, ...]
    format: TargetFormat = "json"
    command: str = "command"
    arguments: str = "args"
    environment: str = "env"
    off: tuple[str, JsonValue] | None = None
    label: str = ""


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


@runtime_checkable
class ListsServers(Protocol):
    """An adapter that also says where its client keeps MCP servers; optional."""

    def server_tables(self, request: SetupRequest) -> tuple[ServerTable, ...]:
        """Return the tables that count for the request's scope, those that win last; reads no file."""
        ...
