"""What OpenCode 1.x has to be told, and in which file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vgxness.plugin import (
    ConfigScope,
    ConfigTarget,
    Context,
    Detection,
    JsonObject,
    LiveVerdict,
    ServerCommand,
    ServerTable,
    SetKey,
    SetupRequest,
)
from vgxness_opencode.names import SERVER_NAME

SCHEMA: Final = "https://opencode.ai/config.json"


class OpenCodeAdapter:
    """OpenCode reads `opencode.json` and `opencode.jsonc`; where both stand, the latter wins."""

    @property
    def name(self) -> str:
        """What the user types."""
        return "opencode"

    @property
    def title(self) -> str:
        """The client's own name."""
        return "OpenCode"

    @property
    def config_scopes(self) -> tuple[ConfigScope, ...]:
        """Its global directory and the project's root."""
        return ("user", "project")

    def detect(self, context: Context) -> Detection:
        """Look for the program on PATH and for its configuration directory."""
        from vgxness_opencode.client import find

        return find(context)

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        """Return the one file that has to hold our server."""
        is_user = request.scope == "user"
        places = request.detection.paths
        directory = places["config"] if is_user else request.workspace
        return (
            ConfigTarget(
                id="config",
                path=config_file(directory, is_user=is_user, managed=request.managed),
                root=places["base"] if is_user else request.workspace,
                edits=(
                    # Without a $schema, OpenCode adds one on every load, and that would look like drift.
                    SetKey(path=("$schema",), value=SCHEMA, only_if_absent=True),
                    SetKey(path=("mcp", SERVER_NAME), value=entry(request.server)),
                ),
                mode=0o600 if is_user else 0o644,
            ),
        )

    def server_tables(self, request: SetupRequest) -> tuple[ServerTable, ...]:
        """Return the tables of all files that OpenCode merges, those that win last."""
        places = [(request.detection.paths["config"], "user")]
        if request.scope == "project":
            places.append((request.workspace, "project"))
        return tuple(
            ServerTable(
                path=directory / name,
                keys=("mcp",),
                format="jsonc",
                environment="environment",
                off=("enabled", False),
                label=label,
            )
            for directory, label in places
            for name in ("opencode.json", "opencode.jsonc")
        )

    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        """Ask OpenCode itself, on a copy in a throw-away home."""
        from vgxness_opencode.live import copied, verify

        program = request.detection.paths.get("program")
        if program is None:
            return LiveVerdict(state="skipped", summary="OpenCode is not installed (no opencode on PATH).")
        with copied(context, program, with_project=request.scope == "project") as copy:
            return verify(copy, planned=entry(request.server))


def config_file(directory: Path, *, is_user: bool, managed: tuple[Path, ...]) -> Path:
    """Return the file to edit: the one that holds our entry, else the one that wins, else a new one.

    OpenCode itself makes `opencode.jsonc` where it finds no global file; in a project `opencode.json` is
    the name that its users know.
    """
    winner, other = directory / "opencode.jsonc", directory / "opencode.json"
    if other in managed and other.exists():
        return other
    for path in (winner, other):
        if path.exists() or path.is_symlink():
            return path
    return winner if is_user else other


def entry(server: ServerCommand) -> JsonObject:
    """Return our entry below `mcp`; OpenCode drops `env` and `args` without a word."""
    environment = {"environment": dict(server.environment)} if server.environment else {}
    return {"type": "local", "command": list(server.command), **environment, "enabled": True}
