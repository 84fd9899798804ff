"""Names of MCP servers that get in each other's way, within one client."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final, TypeVar

from vgxness.setup.servers import ListedServer

_LONGEST: Final = 64
"""Models refuse a tool whose whole name, the server's part in it, is longer."""

_FRAME: Final = len("mcp____")  # what the wordiest client puts around a server's name
K = TypeVar("K", bound=Hashable)


def collisions(servers: Sequence[ListedServer]) -> Iterator[str]:
    """Yield what goes wrong with names, one sentence each; servers that are off don't count."""
    for title, own in _grouped(servers, lambda one: one.title).items():
        running = [one for one in own if not one.is_off]
        yield from _one_name(title, running)
        yield from _one_program(title, running)
        yield from _too_long(title, running)


def repeats(servers: Sequence[ListedServer]) -> Iterator[str]:
    """Yield the names that stand in several tables of one client, where the last one wins."""
    for (title, _), own in _grouped(servers, lambda one: (one.title, one.name)).items():
        if len(own) > 1:
            tables = ", ".join(one.label or str(one.path) for one in own)
            yield f"{title}: {own[0].shown} stands in several places ({tables}); the last one wins"


def before_model(name: str) -> str:
    """Return a server's name as it stands in the names of its tools."""
    return re.sub(r"[^a-zA-Z0-9_-]", "_", name)


def _one_name(title: str, servers: Sequence[ListedServer]) -> Iterator[str]:
    for own in _grouped(servers, lambda one: before_model(one.name)).values():
        if names := _several(own):
            yield f"{title}: {names} are both {before_model(own[0].shown)} to a model"


def _one_program(title: str, servers: Sequence[ListedServer]) -> Iterator[str]:
    for (command, _), own in _grouped(servers, lambda one: (one.command, _sorted(one))).items():
        if command and (names := _several(own)):
            yield f"{title}: {names} start the same program ({command[0][:200]}), so it runs more than once"


def _too_long(title: str, servers: Sequence[ListedServer]) -> Iterator[str]:
    for one in {one.name: one for one in servers}.values():
        if len(before_model(one.name)) + _FRAME >= _LONGEST:
            yield f"{title}: {one.shown} leaves its tools no room in a name of {_LONGEST} characters"


def _several(servers: Sequence[ListedServer]) -> str:
    """Return the different names of servers, or "" where there is one."""
    *others, last = sorted({one.name: one.shown for one in servers}.values())
    return f"{', '.join(others)} and {last}" if others else ""


def _sorted(server: ListedServer) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(server.environment.items()))


def _grouped(
    servers: Sequence[ListedServer], key: Callable[[ListedServer], K]
) -> dict[K, list[ListedServer]]:
    groups: dict[K, list[ListedServer]] = {}
    for one in servers:
        groups.setdefault(key(one), []).append(one)
    return groups
