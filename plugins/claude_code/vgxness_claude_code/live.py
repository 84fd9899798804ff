"""Asks the real Claude Code whether our entry does what was planned."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from vgxness.plugin import Context, JsonObject, LiveState, LiveVerdict, SetupRequest
from vgxness_claude_code.approval import settings_of
from vgxness_claude_code.client import run
from vgxness_claude_code.document import read, table
from vgxness_claude_code.names import SERVER_NAME
from vgxness_claude_code.places import places, repository

_SECONDS: Final = 45.0
_CONNECTED: Final = "Connected"
"""The whole word after the mark: a server whose tools can't be listed is called connected as well."""


def verify(context: Context, request: SetupRequest, program: Path, *, planned: JsonObject) -> LiveVerdict:
    """Return whether Claude Code reads our entry and connects; it takes at most 45 s.

    Nothing but the entry is copied: no other server is started, and no session, key or setting is near.
    """
    verdict = _before_asking(context, request, planned)
    if verdict is not None:
        return verdict
    try:
        said = _asked(context, request, program, planned)
    except subprocess.TimeoutExpired as problem:
        return _verdict("failed", f"Claude Code did not answer within {problem.timeout:.0f} s.")
    except subprocess.CalledProcessError as problem:
        evidence = (f"mcp get {SERVER_NAME}: exit code {problem.returncode}",)
        return _verdict("failed", "Claude Code does not know the entry.", evidence)
    except OSError as problem:
        return _verdict("failed", "Claude Code could not be asked.", (type(problem).__name__,))
    evidence = (f"mcp get {SERVER_NAME}: {said or 'no status'}",)
    if said.split()[-1:] != [_CONNECTED]:
        return _verdict("failed", "Claude Code could not connect to the server.", evidence)
    return _verdict("connected", "Claude Code reads the entry and is connected to the server.", evidence)


def _before_asking(context: Context, request: SetupRequest, planned: JsonObject) -> LiveVerdict | None:
    """Return the verdict where the files alone decide it."""
    document = read(_file(request))
    if document.problem:
        evidence = (f"{document.path}: {document.problem}",)
        return _verdict("failed", "Claude Code can't read its configuration.", evidence)
    found = table(document.value, "mcpServers").get(SERVER_NAME)
    if found is None:
        return _verdict("skipped", f"Claude Code has no server named {SERVER_NAME}, so it was not asked.")
    if found != planned:
        evidence = (f"{document.path}: mcpServers.{SERVER_NAME} differs",)
        return _verdict("failed", "Claude Code's entry is another than planned.", evidence)
    return _hidden(context, request) if request.scope == "project" else None


def _hidden(context: Context, request: SetupRequest) -> LiveVerdict | None:
    """Return the verdict where something else of the user's stands before a project's entry."""
    known = places(context)
    settings = settings_of(known, request.workspace)
    if hiding := settings.naming("disabledMcpjsonServers", SERVER_NAME):
        evidence = (f"{hiding[0].path}: disabledMcpjsonServers names {SERVER_NAME}",)
        return _verdict("failed", f"Claude Code's settings hide {SERVER_NAME} in this project.", evidence)
    project = str(repository(request.workspace))
    if SERVER_NAME in table(read(known.document).value, "projects", project, "mcpServers"):
        evidence = (f"{known.document}: the project's own mcpServers has {SERVER_NAME} too",)
        return _verdict("failed", "A local entry of the same name wins over .mcp.json.", evidence)
    return None


def _file(request: SetupRequest) -> Path:
    if request.scope == "user":
        return request.detection.paths["document"]
    return request.workspace / ".mcp.json"


def _asked(context: Context, request: SetupRequest, program: Path, planned: JsonObject) -> str:
    """Return what `claude mcp get` says of our entry's status, in a home made for the question."""
    with tempfile.TemporaryDirectory(prefix="vgxness-claude-", ignore_cleanup_errors=True) as scratch:
        home, project = Path(scratch) / "home", Path(scratch) / "project"
        (home / ".claude").mkdir(parents=True)
        project.mkdir()
        servers = json.dumps({"mcpServers": {SERVER_NAME: planned}})
        if request.scope == "user":
            (home / ".claude.json").write_text(servers, "utf-8")
        else:
            (project / ".mcp.json").write_text(servers, "utf-8")
            # The user's approval is theirs to give; here it stands for the throw-away project alone.
            approved = json.dumps({"enabledMcpjsonServers": [SERVER_NAME]})
            (home / ".claude" / "settings.json").write_text(approved, "utf-8")
        path = context.environment("PATH") or ""
        return _status(run(program, ("mcp", "get", SERVER_NAME), home, project, path, seconds=_SECONDS))


def _status(output: str) -> str:
    for line in output.splitlines():
        name, colon, said = line.strip().partition(":")
        if colon and name == "Status":
            return " ".join(said.split())
    return ""


def _verdict(state: LiveState, summary: str, evidence: tuple[str, ...] = ()) -> LiveVerdict:
    return LiveVerdict(state=state, summary=summary, evidence=evidence)
