"""What Claude Code 2.x has to be told, and in which files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vgxness.plugin import (
    ClientWriter,
    ConfigScope,
    ConfigTarget,
    Context,
    Detection,
    EnsureItem,
    JsonObject,
    LiveVerdict,
    ManagedBlock,
    ServerCommand,
    ServerTable,
    SetKey,
    SetupRequest,
)
from vgxness_claude_code.hook import hook_item, unsaid
from vgxness_claude_code.names import EVENTS, SERVER_NAME
from vgxness_claude_code.places import repository

_SERVERS: Final = "mcpServers"


class ClaudeCodeAdapter:
    """Claude Code has a server table, a memory file and settings with hooks, in each scope."""

    @property
    def name(self) -> str:
        """What the user types."""
        return "claude-code"

    @property
    def title(self) -> str:
        """The client's own name."""
        return "Claude Code"

    @property
    def config_scopes(self) -> tuple[ConfigScope, ...]:
        """The user's own files and the project's."""
        return ("user", "project")

    def detect(self, context: Context) -> Detection:
        """Look for the program on PATH, its files, and sessions that run."""
        from vgxness_claude_code.client import find

        return find(context)

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        """Return the server table, the memory file and the settings; the last two only where asked for."""
        every = _user_targets(request) if request.scope == "user" else _project_targets(request)
        return tuple(target for target in every if target.edits)

    def server_tables(self, request: SetupRequest) -> tuple[ServerTable, ...]:
        """Return the tables by rank: a project's own servers beat the user's, local ones beat both."""
        document = request.detection.paths["document"]
        user = ServerTable(path=document, keys=(_SERVERS,), label="user")
        if request.scope == "user":
            return (user,)
        local = ("projects", str(repository(request.workspace)), _SERVERS)
        return (
            user,
            ServerTable(path=request.workspace / ".mcp.json", keys=(_SERVERS,), label="project"),
            ServerTable(path=document, keys=local, label="local"),
        )

    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        """Ask Claude Code itself, with our entry alone, in a throw-away home."""
        from vgxness_claude_code.live import verify

        program = request.detection.paths.get("program")
        if program is None:
            return LiveVerdict(state="skipped", summary="Claude Code is not installed (no claude on PATH).")
        return verify(context, request, program, planned=entry(request.server))


def entry(server: ServerCommand) -> JsonObject:
    """Return our entry below `mcpServers`; Claude Code drops a command that is one list without a word."""
    program, *arguments = server.command
    environment = {"env": dict(server.environment)} if server.environment else {}
    return {"type": "stdio", "command": program, "args": [*arguments], **environment}


def _user_targets(request: SetupRequest) -> tuple[ConfigTarget, ...]:
    places = request.detection.paths
    document, config, base = places["document"], places["config"], places["base"]
    return (
        ConfigTarget(
            id="servers",
            path=document,
            root=base,
            edits=_server(request),
            format="json",
            writer="client",
            client=ClientWriter(
                lock=document.with_name(document.name + ".lock"), is_running="session" in places
            ),
        ),
        ConfigTarget(
            id="memory", path=config / "CLAUDE.md", root=base, edits=_block(request), format="markdown"
        ),
        ConfigTarget(
            id="hooks",
            path=config / "settings.json",
            root=base,
            edits=_hooks(request),
            format="json",
            not_expressed=unsaid(request.hook),
        ),
    )


def _project_targets(request: SetupRequest) -> tuple[ConfigTarget, ...]:
    root = request.workspace
    return (
        ConfigTarget(
            id="servers",
            path=root / ".mcp.json",
            root=root,
            edits=_server(request),
            format="json",
            mode=0o644,
        ),
        ConfigTarget(
            id="memory",
            path=memory_file(root, managed=request.managed),
            root=root,
            edits=_block(request),
            format="markdown",
            mode=0o644,
        ),
        # Not settings.json, which a team shares: a hook runs without a question on every machine that
        # has the file, and ours names a program by its place on this one.
        ConfigTarget(
            id="hooks",
            path=root / ".claude" / "settings.local.json",
            root=root,
            edits=_hooks(request),
            format="json",
            not_expressed=unsaid(request.hook),
        ),
    )


def memory_file(root: Path, *, managed: tuple[Path, ...]) -> Path:
    """Return the project's memory file to edit: the one with our block, else the one that stands.

    A project that has an AGENTS.md and no CLAUDE.md gets a rule of its own: Claude Code reads AGENTS.md
    only as long as there is no CLAUDE.md, so making one would hide the other.
    """
    main, inner = root / "CLAUDE.md", root / ".claude" / "CLAUDE.md"
    rule = root / ".claude" / "rules" / "vgxness.md"
    for path in (main, inner, rule):
        if path in managed and path.exists():
            return path
    for path in (main, inner):
        if path.exists() or path.is_symlink():
            return path
    return rule if (root / "AGENTS.md").exists() else main


def _server(request: SetupRequest) -> tuple[SetKey, ...]:
    return (SetKey(path=(_SERVERS, SERVER_NAME), value=entry(request.server)),)


def _block(request: SetupRequest) -> tuple[ManagedBlock, ...]:
    return (ManagedBlock(text=request.instructions),) if request.instructions.strip() else ()


def _hooks(request: SetupRequest) -> tuple[EnsureItem, ...]:
    if not request.hook.command:
        return ()
    return tuple(
        EnsureItem(
            path=("hooks", event),
            name=name,
            value=hook_item(request.hook, name),
            identity=("hooks", 0, "command"),
        )
        for event, name in EVENTS.items()
    )
