"""Asks the user's other MCP servers for their tools, at most three at a time; each is ended afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeAlias

from vgxness.mcp.asking import SECONDS, Heard, Unheard, ask
from vgxness.mcp.clients import compact
from vgxness.setup import ListedServer
from vgxness.tokens import ServerForm

_AT_ONCE: Final = 3
_VARIABLE: Final = re.compile(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*))?\}|\{env:(?P<open>\w+)\}")

_Start: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


def ask_strangers(
    servers: Sequence[ListedServer],
    *,
    environment: Mapping[str, str],
    directory: Path,
    seconds: float = SECONDS,
    progress: Callable[[str], None] | None = None,
) -> tuple[ServerForm, ...]:
    """Return one row a server. What several clients name alike is started once.

    Args:
        servers: as the clients' files name them.
        environment: the user's; a server gets it with its own variables added, as from its client.
        directory: where they are started.
        seconds: how long each may take.
        progress: called with a server's name before it is started; from several threads.
    """
    starts = dict.fromkeys(_start_of(one) for one in servers if is_startable(one))

    def heard(start: _Start) -> Heard | Unheard:
        command, own = start
        if progress:
            progress(command[0])
        try:
            own_environment = {**environment, **{key: _filled(text, environment) for key, text in own}}
            words = [_filled(word, environment) for word in command]
            return ask(words, environment=own_environment, directory=directory, seconds=seconds)
        except Unheard as outcome:
            return outcome

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        answers = dict(zip(starts, pool.map(heard, starts), strict=True))
    return tuple(_form(one, answers.get(_start_of(one))) for one in servers)


def is_startable(server: ListedServer) -> bool:
    """Whether asking a server means starting a program."""
    return bool(server.command) and not server.is_off


def _start_of(server: ListedServer) -> _Start:
    return server.command, tuple(sorted(server.environment.items()))


def _filled(text: str, environment: Mapping[str, str]) -> str:
    """Return a text with the variables that clients fill in: `${NAME}`, `${NAME:-default}`, `{env:NAME}`."""
    return _VARIABLE.sub(
        lambda found: environment.get(found["name"] or found["open"]) or found["default"] or "", text
    )


def _form(server: ListedServer, outcome: Heard | Unheard | None) -> ServerForm:
    client = f"{server.title}, {server.label}" if server.label else server.title
    if server.is_off:
        return ServerForm(client=client, name=server.name, state="off", reason="switched off")
    if server.is_remote:
        return ServerForm(client=client, name=server.name, state="remote", reason="remote, so not asked")
    if isinstance(outcome, Heard):
        return ServerForm(
            client=client,
            name=server.name,
            state="counted",
            listing=compact({"tools": list(outcome.tools), "instructions": outcome.instructions}),
            tools=len(outcome.tools),
            seconds=outcome.seconds,
        )
    reason = str(outcome) if outcome else "Its entry names no command."
    return ServerForm(client=client, name=server.name, state="failed", reason=reason)
