"""The server on standard input and output, one JSON message a line.

The transport is ours and not the SDK's for two reasons: the SDK drops a line that is not JSON without an
answer, and reads a line of any length into memory.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.shared.message import SessionMessage
from pydantic import ValidationError

if TYPE_CHECKING:
    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
    from mcp.server.lowlevel import Server

MAX_LINE_BYTES: Final = 4 * 1024 * 1024
_PARSE_ERROR: Final = -32700
_INVALID_REQUEST: Final = -32600


def serve(server: Server[Any]) -> None:
    """Serve until standard input ends. Standard output carries protocol messages and nothing else."""
    source, sink = _claim_wire()
    anyio.run(_serve, server, source, sink)


def _claim_wire() -> tuple[BinaryIO, BinaryIO]:
    # A plugin that prints, or a child that reads, must not touch the wire: it moves to private
    # descriptors, stdout then leads to stderr and stdin to nowhere.
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    os.dup2(2, 1)
    return source, sink


async def _serve(server: Server[Any], source: BinaryIO, sink: BinaryIO) -> None:
    incoming_send, incoming = anyio.create_memory_object_stream["SessionMessage | Exception"](16)
    outgoing, outgoing_receive = anyio.create_memory_object_stream[SessionMessage](16)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_read, source, incoming_send, outgoing.clone())
        tasks.start_soon(_write, sink, outgoing_receive)
        await server.run(incoming, outgoing, server.create_initialization_options())
        tasks.cancel_scope.cancel()


async def _read(
    source: BinaryIO,
    incoming: MemoryObjectSendStream[SessionMessage | Exception],
    outgoing: MemoryObjectSendStream[SessionMessage],
) -> None:
    async with incoming, outgoing:
        while True:
            line = await anyio.to_thread.run_sync(_line, source, abandon_on_cancel=True)
            if line is None:
                return
            message = _parsed(line)
            if isinstance(message, types.JSONRPCError):
                await outgoing.send(SessionMessage(message))
            elif message is not None:
                await incoming.send(SessionMessage(message))


def _line(source: BinaryIO) -> bytes | None:
    """Return the next line, cut after one byte too many; the rest of a longer line is skipped."""
    line = source.readline(MAX_LINE_BYTES + 1)
    rest = line
    while rest and len(line) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
        rest = source.readline(1024 * 1024)
    return line or None


def _parsed(line: bytes) -> types.JSONRPCMessage | None:
    if not line.strip():
        return None
    if len(line) > MAX_LINE_BYTES:
        return _refusal(
            _INVALID_REQUEST, f"a message is at most {MAX_LINE_BYTES} bytes; this one was skipped"
        )
    try:
        message = types.jsonrpc_message_adapter.validate_json(line, by_name=False)
    except ValidationError as error:
        is_json = all(fault["type"] != "json_invalid" for fault in error.errors(include_url=False))
        code = _INVALID_REQUEST if is_json else _PARSE_ERROR
        return _refusal(code, "not a JSON-RPC 2.0 message" if is_json else "the line is not JSON")
    if isinstance(message, types.JSONRPCNotification) and _has_id(line):
        # An id of a forbidden type reads as a notification, and its sender would wait for ever.
        return _refusal(_INVALID_REQUEST, "an id is a string or an integer")
    return message


def _has_id(line: bytes) -> bool:
    return b'"id"' in line and "id" in json.loads(line)


def _refusal(code: int, message: str) -> types.JSONRPCError:
    return types.JSONRPCError(jsonrpc="2.0", id=None, error=types.ErrorData(code=code, message=message))


async def _write(sink: BinaryIO, outgoing: MemoryObjectReceiveStream[SessionMessage]) -> None:
    async with outgoing:
        async for item in outgoing:
            text = item.message.model_dump_json(by_alias=True, exclude_unset=True)
            try:
                sink.write(text.encode() + b"\n")
                sink.flush()
            except (BrokenPipeError, ValueError):
                return  # the client has gone; the end of input follows
