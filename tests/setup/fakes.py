"""A client that exists in tests only, and the service around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from vgxness.app import App, Options
from vgxness.contract.provider import ClientWriter, Edit, TargetFormat
from vgxness.plugin import (
    ConfigScope,
    ConfigTarget,
    Context,
    Detection,
    LiveVerdict,
    ServerCommand,
    SetKey,
    SetupRequest,
)
from vgxness.setup import SetupService

SERVER = ServerCommand(command=("/opt/vgxness/bin/vgxness", "mcp", "serve"))


@dataclass
class Notepad:
    """Keeps its servers in as many files as a test likes, below the home."""

    files: tuple[str, ...] = ("notepad.json",)
    name: str = "notepad"
    title: str = "Notepad"
    config_scopes: tuple[ConfigScope, ...] = ("user", "project")
    edits: tuple[Edit, ...] = ()
    asked: list[SetupRequest] = field(default_factory=list[SetupRequest])

    def detect(self, context: Context) -> Detection:
        return Detection(found=True, version="1.0")

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        self.asked.append(request)
        root = request.home if request.scope == "user" else request.workspace
        ours = SetKey(
            path=("mcp", "vgxness"), value={"command": list(request.server.command), "enabled": True}
        )
        return tuple(
            ConfigTarget(id=name, path=root / name, root=root, edits=self.edits or (ours,))
            for name in self.files
        )

    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        return LiveVerdict(state="skipped", summary="It is made of paper.")


def service(
    home: Path, *adapters: Notepad, server: ServerCommand = SERVER, workspace: Path | None = None
) -> SetupService:
    app = App(Options(workspace=workspace or home), environ={"HOME": str(home)})
    return SetupService(adapters=adapters or (Notepad(),), context=app, server=server)


def tree(root: Path) -> dict[str, tuple[str, int]]:
    """Every path below a root that is not vgxness's own state, with its content and permission bits."""
    return {
        str(path.relative_to(root)): (_content(path), path.lstat().st_mode)
        for path in sorted(root.rglob("*"))
        if ".local" not in path.relative_to(root).parts
    }


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return path.read_bytes().decode("latin-1") if path.is_file() else "directory"


@dataclass(frozen=True, kw_only=True)
class Wished:
    """One file that an editor below wants, its place relative to the home."""

    path: str
    format: TargetFormat
    edits: tuple[Edit, ...]
    is_clients: bool = False


@dataclass
class Editor(Notepad):
    """Wants what a test tells it to, in files of any format."""

    name: str = "editor"
    wished: tuple[Wished, ...] = ()

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        root = request.home if request.scope == "user" else request.workspace
        return tuple(_target(root, one) for one in self.wished)


def _target(root: Path, wished: Wished) -> ConfigTarget:
    path = root / wished.path
    lock = path.with_name(f"{path.name}.lock")
    return ConfigTarget(
        id=wished.path,
        path=path,
        root=root,
        format=wished.format,
        edits=wished.edits,
        writer="client" if wished.is_clients else "user",
        client=ClientWriter(lock=lock) if wished.is_clients else None,
    )
