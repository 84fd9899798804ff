"""Asks `agy` whether it takes what was written.

`agy mcp list` speaks of what is configured in `~/.gemini/config/mcp_config.json`, and neither of a plugin's
or a workspace's file nor of whether a server is reached. So our entry is put there, in a throw-away home: an
entry that is dropped without a word is then seen to be missing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from vgxness.plugin import Context, JsonObject, JsonValue, LiveState, LiveVerdict, SetupRequest
from vgxness_antigravity.agy import Agy
from vgxness_antigravity.places import (
    SERVER_NAME,
    config_directory,
    plugin_directory,
    workspace_directory,
)
from vgxness_antigravity.reading import read, table
from vgxness_antigravity.server import entry


def verify(context: Context, request: SetupRequest) -> LiveVerdict:
    """Return what `agy` says of our plugin and of our entry; it takes at most a minute and a half."""
    program = request.detection.paths.get("program")
    if program is None:
        return _verdict("skipped", "There is no agy here, and neither the app nor the IDE can be asked.")
    ours = table(_server_file(request), "mcpServers", SERVER_NAME)
    if problem := _problem(ours, entry(request.server)):
        return problem
    try:
        with tempfile.TemporaryDirectory(prefix="vgxness-antigravity-", ignore_cleanup_errors=True) as home:
            agy = Agy(program, Path(home), context.environment("PATH") or "")
            return _asked(agy, request, ours)
    except subprocess.TimeoutExpired as problem:
        return _verdict("failed", f"agy did not answer within {problem.timeout:.0f} s.")
    except OSError as problem:
        return _verdict("failed", "agy could not be asked.", (type(problem).__name__,))


def _problem(ours: Mapping[str, JsonValue], planned: JsonObject) -> LiveVerdict | None:
    """Return the verdict where agy need not be asked, else None."""
    if not ours:
        return _verdict("skipped", f"Antigravity has no server named {SERVER_NAME}, so agy was not asked.")
    if ours.get("disabled") is True:
        return _verdict("failed", f'The {SERVER_NAME} entry is disabled; remove its "disabled".')
    differing = sorted(key for key in planned if ours.get(key) != planned[key])
    if differing:
        evidence = tuple(f"mcpServers.{SERVER_NAME}.{key} differs" for key in differing)
        return _verdict("failed", "Antigravity has another entry than planned.", evidence)
    return None


def _asked(agy: Agy, request: SetupRequest, ours: Mapping[str, JsonValue]) -> LiveVerdict:
    version = agy.version()
    if not version:
        return _verdict("skipped", f"{agy.program} is not the CLI of Antigravity 2.x, so it was not asked.")
    evidence = [f"agy {version}"]
    if request.scope == "user":
        plugin = _copy_of_plugin(request.home, agy.home)
        answer = agy.ask("plugin", "validate", str(plugin))
        evidence.append(f"plugin validate: exit code {answer.code}")
        if answer.code:
            return _verdict("failed", "agy refuses the plugin vgxness.", tuple(evidence))
    _put_servers(request.home, agy.home, ours)
    answer = agy.ask("mcp", "list")
    line = _line_about_us(answer.text) if not answer.code else ""
    evidence.append(
        f"mcp list: exit code {answer.code}, {'lists' if line else 'does not list'} {SERVER_NAME}"
    )
    if answer.code:
        return _verdict("failed", "agy refuses its configuration.", tuple(evidence))
    if not line:
        return _verdict("failed", "agy drops the entry without a word.", tuple(evidence))
    if "connected" in line.split():
        return _verdict("connected", "agy takes the entry and is connected to the server.", tuple(evidence))
    return _verdict(
        "skipped",
        "agy takes what was written, and does not say whether it reaches a server.",
        tuple(evidence),
    )


def _server_file(request: SetupRequest) -> Path:
    is_user = request.scope == "user"
    directory = plugin_directory(request.home) if is_user else workspace_directory(request.workspace)
    return directory / "mcp_config.json"


def _copy_of_plugin(home: Path, scratch: Path) -> Path:
    copy = plugin_directory(scratch)
    shutil.copytree(plugin_directory(home), copy, ignore_dangling_symlinks=True)
    return copy


def _put_servers(home: Path, scratch: Path, ours: Mapping[str, JsonValue]) -> None:
    """Write the table that agy lists: the user's servers switched off, so that none is started, and ours."""
    source = config_directory(home) / "mcp_config.json"
    destination = config_directory(scratch) / "mcp_config.json"
    destination.parent.mkdir(parents=True, exist_ok=True)
    content, root = read(source), table(source)
    if isinstance(content, bytes) and content and not root:
        destination.write_bytes(content)  # not strict JSON: agy is to say so itself, and starts nothing
        return
    theirs = table(source, "mcpServers")
    off = {
        name: {**server, "disabled": True} for name, server in theirs.items() if isinstance(server, Mapping)
    }
    document = {**root, "mcpServers": {**off, SERVER_NAME: dict(ours)}}
    destination.write_text(json.dumps(document), "utf-8")


def _line_about_us(text: str) -> str:
    for line in text.casefold().splitlines():
        if SERVER_NAME in line.replace(":", " ").split():
            return line.replace(":", " ")
    return ""


def _verdict(state: LiveState, summary: str, evidence: tuple[str, ...] = ()) -> LiveVerdict:
    return LiveVerdict(state=state, summary=summary, evidence=evidence)
