"""Starts an MCP server, asks it for its tools and ends it, in bounded time and memory.

The protocol is spoken here by hand and not by the SDK: what is asked is a stranger's program, and each line,
each list and each wait has to have an end. Nothing but its tools and instructions is asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from vgxness import __version__

SECONDS: Final = 20.0
"""How long one server has to answer; the usual client gives up after 30."""

_LINE_BYTES: Final = 4 * 1024 * 1024
_MOST_BYTES: Final = 16 * 1024 * 1024
_MOST_PAGES: Final = 50
_MOST_TOOLS: Final = 2_000
_MOST_DECLINED, _LONGEST_ID = 20, 100
_GRACE: Final = 1.0  # for a server to end by itself once its input ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a server answered.

    Attributes:
        tools: as listed.
        instructions: "" where it has none.
        seconds: from its start to the end of its list.
    """

    tools: tuple[Mapping[str, Any], ...]
    instructions: str
    seconds: float


class Unheard(Exception):  # noqa: N818 -- an outcome, and a name that reads beside Heard
    """A server that gave no list; the message is one sentence that quotes nothing of what it said."""


def ask(
    command: Sequence[str], *, environment: Mapping[str, str], directory: Path, seconds: float = SECONDS
) -> Heard:
    """Return what a server lists. It and what it started are gone when this returns.

    Raises:
        Unheard: it could not be started, ended, answered with an error or too much, or took too long.
    """
    started = time.monotonic()
    try:
        process = _start(command, environment, directory)
    except (OSError, ValueError) as problem:
        raise Unheard(f"It could not be started: {_reason(problem)}.") from problem
    try:
        wire = _Wire(process, deadline=started + seconds)
        welcome = wire.request("initialize", _hello())
        wire.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        tools = tuple(_tools(wire))
        elapsed = time.monotonic() - started
    finally:
        _end(process)
    instructions = welcome.get("instructions")
    return Heard(
        tools=tools, instructions=instructions if isinstance(instructions, str) else "", seconds=elapsed
    )


def _start(
    command: Sequence[str], environment: Mapping[str, str], directory: Path
) -> subprocess.Popen[bytes]:
    # Windows starts a script such as npx.cmd only by its full name.
    program = shutil.which(command[0], path=environment.get("PATH")) or command[0]
    return subprocess.Popen(
        [program, *command[1:]],
        cwd=directory,
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # A group of its own: what npx or uvx start would outlive them.
        start_new_session=sys.platform != "win32",
    )


def _hello() -> dict[str, Any]:
    return {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "vgxness-tokens", "version": __version__},
    }


def _tools(wire: _Wire) -> Iterator[Mapping[str, Any]]:
    cursor: object = None
    found = 0
    for _ in range(_MOST_PAGES):
        page = wire.request("tools/list", {"cursor": cursor} if cursor else {})
        listed = page.get("tools")
        if not isinstance(listed, list):
            raise Unheard("Its answer is not a list of tools.")
        for tool in cast("list[object]", listed):
            found += 1
            if not isinstance(tool, dict) or found > _MOST_TOOLS:
                raise Unheard(f"Its list holds something that is no tool, or over {_MOST_TOOLS:,} tools.")
            yield cast("Mapping[str, Any]", tool)
        cursor = page.get("nextCursor")
        if not cursor:
            return
    raise Unheard(f"Its list has no end: {_MOST_PAGES} pages were read.")


class _Wire:
    """Newline-delimited JSON-RPC on a child's pipes, with a deadline."""

    def __init__(self, process: subprocess.Popen[bytes], *, deadline: float) -> None:
        assert process.stdin is not None  # noqa: S101 -- both are pipes, see `_start`
        assert process.stdout is not None  # noqa: S101
        self._input = process.stdin
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._deadline = deadline
        self._id = 0
        self._declined = 0
        # Pipes can't be waited for with a timeout on every platform; a queue can.
        threading.Thread(target=_read, args=(process.stdout, self._lines), daemon=True).start()

    def send(self, message: Mapping[str, Any]) -> None:
        """Write one message."""
        try:
            self._input.write(json.dumps(message).encode() + b"\n")
            self._input.flush()
        except (OSError, ValueError) as problem:
            raise Unheard("It ended before it answered.") from problem

    def request(self, method: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the result of a request."""
        self._id += 1
        self.send({"jsonrpc": "2.0", "id": self._id, "method": method, "params": parameters})
        while True:
            message = self._message()
            if message.get("id") == self._id and "method" not in message:
                result = message.get("result")
                if not isinstance(result, dict):
                    raise Unheard(f"It answered {method} with an error.")
                return cast("Mapping[str, Any]", result)
            if "method" in message and "id" in message:
                self._decline(message["id"])

    def _decline(self, id: object) -> None:
        # A server that asks without reading would fill the pipe, and the next write would wait for ever.
        self._declined += 1
        if self._declined <= _MOST_DECLINED and len(str(id)[: _LONGEST_ID + 1]) <= _LONGEST_ID:
            error = {"code": -32601, "message": "not offered"}
            self.send({"jsonrpc": "2.0", "id": id, "error": error})

    def _message(self) -> Mapping[str, Any]:
        """Return the next line that is a JSON object; what else a server prints is passed over."""
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, self._deadline - time.monotonic()))
            except queue.Empty:
                raise Unheard("It did not answer in time.") from None
            if line is None:
                raise Unheard("It ended, or said too much, before it answered.")
            with contextlib.suppress(ValueError, RecursionError):
                message: object = json.loads(line)
                if isinstance(message, dict):
                    return cast("Mapping[str, Any]", message)


def _read(source: IO[bytes], lines: queue.SimpleQueue[bytes | None]) -> None:
    """Hand on lines until the output ends, a line is too long, or all of it is too much."""
    total = 0
    with source, contextlib.suppress(OSError):
        while line := source.readline(_LINE_BYTES + 1):
            total += len(line)
            if len(line) > _LINE_BYTES or total > _MOST_BYTES:
                break
            lines.put(line)
    lines.put(None)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a server as the protocol says, its input first, and then whatever is left of its group."""
    with contextlib.suppress(OSError):
        if process.stdin:
            process.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of the group has ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _reason(problem: OSError | ValueError) -> str:
    return (problem.strerror or type(problem).__name__) if isinstance(problem, OSError) else "bad arguments"
