"""Reads the MCP servers that clients are told to start: ours and the user's other ones; starts none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, cast

from vgxness.contract.json_value import JsonObject, JsonValue
from vgxness.contract.provider import (
    ConfigScope,
    ListsServers,
    ProviderAdapter,
    ServerCommand,
    ServerTable,
)
from vgxness.errors import VgxnessError
from vgxness.setup.diff import printable
from vgxness.setup.files import look
from vgxness.setup.formats.dialects import keyed
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.values import MISSING
from vgxness.setup.models import Receipt
from vgxness.setup.receipts import History
from vgxness.setup.text import decode
from vgxness.setup.wishes import Wishes

SERVER_NAME: Final = "vgxness"
"""The name under which clients know our server."""

_SHOWN: Final = 60
_MOST_SERVERS: Final = 200  # of one table; nobody configures more by hand
_REMOTE_KEYS: Final = ("url", "serverUrl", "httpUrl", "uri")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedServer:
    """One server, as it stands in a client's file.

    Attributes:
        provider: whose file it is.
        title: the client's own name.
        path: the file.
        label: which of the client's tables, such as "project"; "" where there is one.
        name: the server's, in the user's words; may hold anything.
        command: the program and its arguments; () where it has none. May hold secrets.
        environment: may hold secrets.
        is_off: whether it is switched off.
        is_remote: whether it is reached by an address and not started.
    """

    provider: str
    title: str
    path: Path
    label: str
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    is_off: bool = False
    is_remote: bool = False

    @property
    def place(self) -> str:
        """Where it stands, for people: the client, the table and the server's name."""
        table = f" ({self.label})" if self.label else ""
        return f"{self.title}{table}: {self.shown}"

    @property
    def shown(self) -> str:
        """The name, at most 60 characters, none of which moves a cursor."""
        return printable(self.name if len(self.name) <= _SHOWN else f"{self.name[: _SHOWN - 1]}…")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadTable:
    """A table that could not be read, and why."""

    title: str
    path: Path
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedServers:
    """All servers of all clients, in the clients' order, and the tables that could not be read."""

    servers: tuple[ListedServer, ...] = ()
    unread: tuple[UnreadTable, ...] = ()


def list_servers(wishes: Wishes, providers: Sequence[str], receipts: Sequence[Receipt]) -> ListedServers:
    """Return the servers of every named adapter that says where they stand; one that fails is left out."""
    servers: list[ListedServer] = []
    unread: dict[tuple[str, Path], UnreadTable] = {}  # a file may hold several tables
    for adapter in wishes.adapters:
        for table in _tables(adapter, wishes, receipts) if adapter.name in providers else ():
            try:
                servers += _servers(adapter, table)
            except VgxnessError as error:
                one = UnreadTable(title=adapter.title, path=table.path, reason=error.message)
                unread[adapter.title, table.path] = one
    return ListedServers(servers=tuple(servers), unread=tuple(unread.values()))


def _tables(adapter: ProviderAdapter, wishes: Wishes, receipts: Sequence[Receipt]) -> tuple[ServerTable, ...]:
    if not isinstance(adapter, ListsServers):
        return ()
    # Where both scopes exist, the project's tables are all that count there, the user's among them.
    scope: ConfigScope = "project" if "project" in adapter.config_scopes else "user"
    # Reading asks for no server of ours, and must work where none can be found.
    reader = replace(wishes, given_server=wishes.given_server or ServerCommand(command=(SERVER_NAME,)))
    try:
        history = History(receipts, wishes.party(adapter.name, scope))
        answer = tuple(adapter.server_tables(reader.request(adapter, scope, "mcp", history)))
    except (Exception, SystemExit):  # noqa: BLE001 -- a stranger's adapter; its own checks say what is wrong
        return ()
    return tuple(one for one in answer if type(one) is ServerTable and one.path.is_absolute())


def _servers(adapter: ProviderAdapter, table: ServerTable) -> Iterator[ListedServer]:
    entries = _read(table)
    for name, entry in list(entries.items())[:_MOST_SERVERS]:
        if isinstance(entry, Mapping):
            yield _listed(adapter, table, name, entry)


def _read(table: ServerTable) -> JsonObject:
    content = look(table.path, (Path(table.path.anchor),)).content
    dialect = keyed(table.format)
    if content is None or dialect is None:
        return {}
    try:
        found = dialect.get(decode(table.path, content, table.format), table.keys)
    except (ParseError, EditError) as problem:
        raise VgxnessError("config_unparsable", f"{table.path} does not parse.") from problem
    return found if found is not MISSING and isinstance(found, Mapping) else {}


def _listed(adapter: ProviderAdapter, table: ServerTable, name: str, entry: JsonObject) -> ListedServer:
    command = _command(table, entry)
    return ListedServer(
        provider=adapter.name,
        title=adapter.title,
        path=table.path,
        label=table.label,
        name=name,
        command=command,
        environment=_texts(entry.get(table.environment)),
        is_off=table.off is not None and _is(entry, *table.off),
        is_remote=not command and any(isinstance(entry.get(key), str) for key in _REMOTE_KEYS),
    )


def _command(table: ServerTable, entry: JsonObject) -> tuple[str, ...]:
    program = entry.get(table.command)
    words = [program] if isinstance(program, str) else _list(program)
    if isinstance(program, str):
        words += _list(entry.get(table.arguments))
    good = all(isinstance(word, str) for word in words) and bool(words and words[0])
    return tuple(cast("list[str]", words)) if good else ()


def _list(value: JsonValue) -> list[JsonValue]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def _texts(value: JsonValue) -> dict[str, str]:
    pairs = value.items() if isinstance(value, Mapping) else ()
    return {key: text for key, text in pairs if isinstance(text, str)}


def _is(entry: JsonObject, key: str, value: JsonValue) -> bool:
    return key in entry and entry[key] == value and isinstance(entry[key], bool) == isinstance(value, bool)
