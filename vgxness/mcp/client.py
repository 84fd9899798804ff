"""A real MCP client over stdio, for the demo and for whoever wants to prove a server."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from vgxness.errors import VgxnessError


class Caller:
    """A connected client, with answers as plain objects."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def protocol_version(self) -> str:
        """The protocol version that both sides agreed on."""
        return self._client.protocol_version

    @property
    def instructions(self) -> str:
        """What the server told the client to tell its agent."""
        return self._client.instructions or ""

    async def tools(self) -> list[str]:
        """Return the names of the tools that the server lists."""
        return [tool.name for tool in (await self._client.list_tools()).tools]

    async def call(self, tool: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 -- any JSON value
        """Return a tool's structured answer; raises `plugin_failed` where the tool reports an error."""
        result = await self._client.call_tool(tool, arguments)
        body = cast("dict[str, Any]", getattr(result, "structured_content", None) or {})
        if getattr(result, "is_error", False):
            error: dict[str, str] = body.get("error", {})
            raise VgxnessError(
                "plugin_failed",
                f"{tool} failed: {error.get('message', 'no reason given')}",
                cause=error.get("code", ""),
            )
        return body


@asynccontextmanager
async def connect(
    command: Sequence[str], *, environment: Mapping[str, str], directory: Path
) -> AsyncGenerator[Caller]:
    """Start a server, connect to it, and end it with the block; its stderr is dropped."""
    server = StdioServerParameters(
        command=command[0], args=list(command[1:]), env=dict(environment), cwd=directory
    )
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            async with Client(cast("Any", stdio_client(server, errlog=nowhere))) as client:
                yield Caller(client)
    except BaseExceptionGroup as group:
        # The client runs the block inside task groups, which wrap whatever it raises.
        raise _innermost(group) from None


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
    return error
