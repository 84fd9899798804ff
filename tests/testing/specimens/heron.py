"""An adapter without a fault that uses every format, every edit and a file that its client rewrites."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

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
    OwnedTree,
    ServerCommand,
    SetKey,
    SetupRequest,
    WholeFile,
)


class Heron:
    """Reads far too many files."""

    name = "heron"
    title = "Heron"
    config_scopes: tuple[ConfigScope, ...] = ("user", "project")

    def detect(self, context: Context) -> Detection:
        return Detection(found=True, version="2.0")

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        root = request.home if request.scope == "user" else request.workspace
        return (*keyed(root, request), *prose(root), *whole(root, request))

    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        return LiveVerdict(state="skipped", summary="It flew away.")


def keyed(root: Path, request: SetupRequest) -> tuple[ConfigTarget, ...]:
    value = entry(request.server)
    ours = SetKey(path=("mcpServers", "vgxness"), value=value)
    command = shlex.join([*request.server.command[:1], "hook", "session-start"])
    hook = EnsureItem(
        path=("hooks", "SessionStart"),
        name="start",
        value={"hooks": [{"type": "command", "command": command}]},
        identity=("hooks", 0, "command"),
    )
    directory = root / ".heron"
    return (
        ConfigTarget(id="settings", path=directory / "settings.jsonc", root=root, edits=(ours, hook)),
        ConfigTarget(id="strict", path=root / ".heron.json", root=root, format="json", edits=(ours, hook)),
        ConfigTarget(id="toml", path=directory / "config.toml", root=root, format="toml", edits=(ours,)),
        ConfigTarget(id="yaml", path=directory / "config.yaml", root=root, format="yaml", edits=(ours,)),
        ConfigTarget(
            id="shared",
            path=root / ".heron-state.json",
            root=root,
            format="json",
            edits=(ours,),
            writer="client",
            client=ClientWriter(lock=root / ".heron-state.json.lock"),
        ),
    )


def prose(root: Path) -> tuple[ConfigTarget, ...]:
    block = ManagedBlock(text="Remember with vgxness.\n\nAlways.\n")
    rule = SetKey(path=("description",), value="What vgxness wants known")
    return (
        ConfigTarget(id="memory", path=root / "HERON.md", root=root, format="markdown", edits=(block,)),
        ConfigTarget(
            id="rule",
            path=root / ".heron" / "rules" / "vgxness.md",
            root=root,
            format="frontmatter",
            edits=(rule, block),
        ),
    )


def whole(root: Path, request: SetupRequest) -> tuple[ConfigTarget, ...]:
    document = json.dumps(entry(request.server)).encode()
    files = {"plugin.json": document, "rules/memory.md": b"Remember.\n"}
    directory = root / ".heron" / "plugins" / "vgxness"
    return (
        ConfigTarget(
            id="whole",
            path=root / ".heron" / "vgxness.json",
            root=root,
            format="bytes",
            edits=(WholeFile(content=document),),
            writer="us",
        ),
        ConfigTarget(
            id="tree", path=directory, root=root, format="tree", edits=(OwnedTree(files=files),), writer="us"
        ),
    )


def entry(server: ServerCommand) -> JsonObject:
    program, *arguments = server.command
    return {"command": program, "args": arguments, "env": dict(server.environment)}
