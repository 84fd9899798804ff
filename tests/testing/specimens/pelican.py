"""An adapter without a fault, for a client that does not exist."""

from __future__ import annotations

import shutil

from vgxness.plugin import (
    ConfigScope,
    ConfigTarget,
    Context,
    Detection,
    JsonObject,
    LiveVerdict,
    ServerCommand,
    SetKey,
    SetupRequest,
)


class Pelican:
    """Keeps its servers in one file with comments and one without."""

    name = "pelican"
    title = "Pelican"
    config_scopes: tuple[ConfigScope, ...] = ("user", "project")

    def detect(self, context: Context) -> Detection:
        program = shutil.which("pelican", path=context.environment("PATH") or "")
        paths = {"config": context.paths.home / ".pelican"}
        return Detection(found=program is not None, paths=paths)

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        is_user = request.scope == "user"
        root = request.home if is_user else request.workspace
        directory = request.detection.paths["config"] if is_user else root / ".pelican"
        ours = SetKey(path=("mcpServers", "vgxness"), value=self.entry(request.server))
        return (
            ConfigTarget(id="settings", path=directory / "settings.jsonc", root=root, edits=(ours,)),
            ConfigTarget(id="strict", path=root / "pelican.json", root=root, format="json", edits=(ours,)),
        )

    def entry(self, server: ServerCommand) -> JsonObject:
        program, *arguments = server.command
        return {"command": program, "args": arguments, "env": dict(server.environment)}

    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        return LiveVerdict(state="skipped", summary="It is not installed.")
