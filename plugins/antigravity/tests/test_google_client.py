"""Google's own MCP client starts the server that we configured, and lists its tools."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from vgxness_antigravity.adapter import AntigravityAdapter

from vgxness.plugin import ServerCommand
from vgxness.testing.machine import Machine

HERE = Path(__file__).parent
CLOSED_PORT = "http://127.0.0.1:9"


def is_installed() -> bool:
    try:
        return importlib.util.find_spec("google.antigravity") is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.timeout(180)
@pytest.mark.skipif(
    not is_installed(),
    reason="Google's client is not installed (131 MB): pip install google-antigravity==0.1.22",
)
def test_googles_client_lists_our_tools_from_the_entry_that_was_written(machine: Machine) -> None:
    log = machine.root / "spoken"
    vgxness = (sys.executable, "-m", "vgxness", "mcp", "serve")
    server = ServerCommand(
        command=(sys.executable, str(HERE / "relay.py"), str(log), *vgxness),
        environment={"VGXNESS_DB_PATH": str(machine.root / "memory.sqlite")},
    )
    machine.setup(AntigravityAdapter(), server=server).apply(["antigravity"])
    plugin = machine.home / ".gemini" / "config" / "plugins" / "vgxness"
    entry = json.loads((plugin / "mcp_config.json").read_text())["mcpServers"]["vgxness"]

    assert "the model was not reached" in ask(machine, entry)
    lines = log.read_bytes().splitlines()
    asked = [json.loads(line[2:]) for line in lines if line.startswith(b"> ")]
    answers = {
        reply["id"]: reply for line in lines if line.startswith(b"< ") and (reply := json.loads(line[2:]))
    }
    (listing,) = [message["id"] for message in asked if message["method"] == "tools/list"]
    names = {tool["name"] for tool in answers[listing]["result"]["tools"]}
    assert names >= {"vgxness_memory_save", "vgxness_memory_search", "vgxness_status"}


def ask(machine: Machine, entry: dict[str, Any]) -> str:
    """Let the client run one turn in a home of its own, cut off from every network but loopback."""
    done = subprocess.run(
        [sys.executable, str(HERE / "google_client.py"), json.dumps(entry)],
        cwd=machine.workspace,
        env={
            "HOME": str(machine.home),
            "PATH": "",
            "HTTPS_PROXY": CLOSED_PORT,
            "HTTP_PROXY": CLOSED_PORT,
            "NO_PROXY": "127.0.0.1,localhost",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout
