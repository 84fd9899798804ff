"""A throw-away home, and the proof of what did and did not change in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.e2e.process import Finished, run

CLOSED_PORT: Final = "http://127.0.0.1:9/"
"""Nothing listens on the discard port of the loopback interface, so whoever calls it is refused at once."""

OPENCODE_OWNS: Final = (
    ".cache",  # its model list and the unpacked binaries of its tools
    ".local/share/opencode",  # its database, logs and sessions
    ".local/state/opencode",  # locks, prompt history
    ".config/opencode/.gitignore",  # written on any start
    ".config/opencode/node_modules",  # its plugin package, installed in the background
    ".config/opencode/package.json",
    ".config/opencode/package-lock.json",
    ".config/opencode/bun.lock",
)
"""What the client writes for itself in a home, whoever configured it; a leading part of a path."""

VGXNESS_KEEPS: Final = (".local/share/vgxness", ".local/state/vgxness")
"""What a rollback leaves, as documented: the user's memories, and the receipts and backups of setup."""


@dataclass(frozen=True, slots=True)
class Home:
    """A home directory with a project in it, and the environment of a program that lives there."""

    path: Path
    project: Path
    env: dict[str, str]

    @classmethod
    def make(cls, root: Path, *, programs: tuple[Path, ...] = ()) -> Home:
        """Make an empty home and project under `root`; `programs` are directories for PATH."""
        path, project, temporary = root / "home", root / "project", root / "tmp"
        for directory in (path, project, temporary):
            directory.mkdir(mode=0o700)
        return cls(path, project, _environment(path, temporary, programs))

    def vgxness(self, *arguments: str) -> Finished:
        """Run the installed `vgxness` in the project."""
        script = str(Path(sysconfig.get_path("scripts")) / "vgxness")
        return run(script, *arguments, env=self.env, cwd=self.project)

    def write(self, relative: str, text: str) -> Path:
        """Write a user's file below the home, with its directories."""
        file = self.path / relative
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def snapshot(self, *, excluding: tuple[str, ...] = ()) -> dict[str, str]:
        """Return kind, mode and SHA-256 of everything in the home but what lies below `excluding`."""
        return snapshot(self.path, excluding=excluding)


def snapshot(root: Path, *, excluding: tuple[str, ...] = ()) -> dict[str, str]:
    """Return kind, mode and SHA-256 of all below `root`, by relative path, but what lies below `excluding`.

    A directory that stands only because of excluded entries is left out too.
    """
    entries = {entry.relative_to(root).as_posix(): entry for entry in root.rglob("*")}
    kept = {name: entry for name, entry in entries.items() if not _is_below(name, excluding)}
    above = {parent.as_posix() for left in excluding for parent in Path(left).parents}
    solid = [name for name in kept if name not in above]
    return {
        name: _identity(entry)
        for name, entry in sorted(kept.items())
        if name not in above or any(other.startswith(f"{name}/") for other in solid)
    }


def _is_below(name: str, tops: tuple[str, ...]) -> bool:
    return any(name == top or name.startswith(f"{top}/") for top in tops)


def _identity(entry: Path) -> str:
    mode = oct(stat.S_IMODE(entry.lstat().st_mode))
    if entry.is_symlink():
        return f"link {entry.readlink()}"
    if entry.is_dir():
        return f"directory {mode}"
    return f"file {mode} {hashlib.sha256(entry.read_bytes()).hexdigest()}"


def _environment(home: Path, temporary: Path, programs: tuple[Path, ...]) -> dict[str, str]:
    git = shutil.which("git")
    places = [sysconfig.get_path("scripts"), *map(str, programs), *([str(Path(git).parent)] if git else [])]
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "TMPDIR": str(temporary),
        "PATH": os.pathsep.join([*places, os.defpath]),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "OPENCODE_DISABLE_AUTOUPDATE": "1",
        "OPENCODE_DISABLE_DEFAULT_PLUGINS": "1",
        "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
        "OPENCODE_DISABLE_MODELS_FETCH": "1",
        "OPENCODE_DISABLE_SHARE": "1",
        "npm_config_registry": CLOSED_PORT,
    }
