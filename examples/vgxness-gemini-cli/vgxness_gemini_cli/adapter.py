"""What Gemini CLI has to be told, and in which files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from vgxness.plugin import (
    ConfigScope,
    ConfigTarget,
    Context,
    Detection,
    LiveVerdict,
    ManagedBlock,
    ServerTable,
    SetKey,
    SetupRequest,
)

SERVER_NAME: Final = "vgxness"
TIMEOUT_MS: Final = 30_000


class GeminiCliAdapter:
    """Settings are JSON with comments, instructions are GEMINI.md: a pair in each scope."""

    name = "gemini-cli"
    title = "Gemini CLI"
    config_scopes: tuple[ConfigScope, ...] = ("user", "project")

    def detect(self, context: Context) -> Detection:
        """Look for the program on PATH. `~/.gemini` proves nothing: Antigravity lives there too."""
        program = shutil.which("gemini", path=context.environment("PATH") or "")
        if program is None:
            return Detection(found=False, evidence=("no gemini on PATH",))
        path = Path(program).absolute()
        return Detection(found=True, evidence=(f"{path} is on PATH",), paths={"program": path})

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        """Return the settings, and GEMINI.md where there is something to say."""
        is_user = request.scope == "user"
        root = request.home if is_user else request.workspace
        mode = 0o600 if is_user else 0o644
        program, *arguments = request.server.command
        environment = {"env": dict(request.server.environment)} if request.server.environment else {}
        entry = {"command": program, "args": [*arguments], **environment, "timeout": TIMEOUT_MS}
        settings = ConfigTarget(
            id="settings",
            path=settings_file(root),
            root=root,
            edits=(SetKey(path=("mcpServers", SERVER_NAME), value=entry),),
            mode=mode,
        )
        if not request.instructions:
            return (settings,)
        # The block has the name that all providers share: Antigravity reads ~/.gemini/GEMINI.md as well.
        instructions = ConfigTarget(
            id="instructions",
            path=(root / ".gemini" if is_user else root) / "GEMINI.md",
            root=root,
            format="markdown",
            edits=(ManagedBlock(text=request.instructions),),
            mode=mode,
        )
        return (settings, instructions)

    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        """Ask Gemini CLI itself, on a copy in a throw-away home."""
        from vgxness_gemini_cli.live import verify

        return verify(context, request)

    def server_tables(self, request: SetupRequest) -> tuple[ServerTable, ...]:
        """Return the user's table, and in the project scope the project's, which wins."""
        roots = {"user": request.home, "project": request.workspace}
        labels = ("user",) if request.scope == "user" else ("user", "project")
        return tuple(
            ServerTable(path=settings_file(roots[label]), keys=("mcpServers",), format="jsonc", label=label)
            for label in labels
        )


def settings_file(root: Path) -> Path:
    """Return the settings below a home or a project."""
    return root / ".gemini" / "settings.json"
