"""Starts one turn of Google's own agent with one MCP server; the turn fails, for no model can be reached."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from google.antigravity import Agent, LocalAgentConfig  # pyright: ignore[reportMissingImports] -- optional, 131 MB
from google.antigravity.types import (  # pyright: ignore[reportMissingImports] -- optional, 131 MB
    AntigravityExecutionError,
    McpStdioServer,
    ModelAPIRetryConfig,
    RetryConfig,
)


async def main(entry: dict[str, Any]) -> None:
    once = ModelAPIRetryConfig(max_retries=0, initial_sleep_duration_ms=1)
    config = LocalAgentConfig(
        api_key="dummy",
        mcp_servers=[McpStdioServer(name="vgxness", **entry)],
        retry_config=RetryConfig(api_retry=once),
    )
    async with Agent(config) as agent:
        try:
            await (await agent.chat("Hello.")).text()
        except AntigravityExecutionError:
            sys.stdout.write("the model was not reached")


asyncio.run(main(json.loads(sys.argv[1])))
