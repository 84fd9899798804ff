"""A client that exists in tests only, whose adapter says where its servers stand."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path
from typing import Any

from tests.conftest import Site

ADAPTER = """
    from vgxness.plugin import (
        ConfigTarget, Detection, LiveVerdict, ManagedBlock, ServerTable, SetKey, hookimpl,
    )

    class Paper:
        name, title, config_scopes = "paper", "Paper", ("user", "project")

        def detect(self, context):
            return Detection(found=True, version="1.0")

        def targets(self, request):
            root = request.home if request.scope == "user" else request.workspace
            entry = {"command": request.server.command[0], "args": list(request.server.command[1:])}
            servers = (SetKey(path=("servers", "vgxness"), value=entry),)
            block = (ManagedBlock(text=request.instructions or "Read the memory."),)
            return (
                ConfigTarget(
                    id="servers", path=root / ".paper.json", root=root, edits=servers, format="json"
                ),
                ConfigTarget(id="rules", path=root / "PAPER.md", root=root, edits=block, format="markdown"),
            )

        def server_tables(self, request):
            user = ServerTable(
                path=request.home / ".paper.json", keys=("servers",), label="user", off=("disabled", True)
            )
            project = ServerTable(path=request.workspace / ".paper.json", keys=("servers",), label="project")
            return (user,) if request.scope == "user" else (user, project)

        def verify_live(self, context, request):
            return LiveVerdict(state="skipped", summary="It is made of paper.")

    @hookimpl
    def vgxness_provider_adapters():
        return (Paper(),)
"""

SERVER = """
import json, os, sys, time

def say(value):
    sys.stdout.write(json.dumps(value) + "\\n")
    sys.stdout.flush()

def serve(tools, instructions="", before=lambda: None, page=None):
    for line in sys.stdin:
        message = json.loads(line)
        if message.get("method") == "initialize":
            before()
            info = {"name": "paper", "version": "1"}
            result = {"protocolVersion": "2025-06-18", "capabilities": {}, "serverInfo": info}
            say({"jsonrpc": "2.0", "id": message["id"], "result": {**result, "instructions": instructions}})
        elif message.get("method") == "tools/list":
            listed = page(message["params"]) if page else {"tools": tools}
            say({"jsonrpc": "2.0", "id": message["id"], "result": listed})

TOOL = {"name": "echo", "description": "Say it again.", "inputSchema": {"type": "object"}}
"""
"""What every server script of a test starts with: it lists tools and answers nothing else."""


def install(site: Site) -> None:
    """Install the client's adapter."""
    site.install("vgxness-paper", ADAPTER, name="paper")


def script(directory: Path, name: str, body: str) -> list[str]:
    """Write a server's script and return the command that starts it."""
    path = directory / f"{name}.py"
    path.write_text(SERVER + textwrap.dedent(body))
    return [sys.executable, str(path)]


def configure(directory: Path, **servers: Any) -> None:
    """Write the client's file: a command's list of words, or a whole entry, by a server's name."""
    entries = {
        name: {"command": one[0], "args": one[1:]} if isinstance(one, list) else one
        for name, one in servers.items()
    }
    (directory / ".paper.json").write_text(json.dumps({"servers": entries}))
