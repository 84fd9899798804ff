"""Where the demo plays: a temporary home that looks like a user's, and real vgxness processes in it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vgxness.errors import VgxnessError

USER_CONFIG: Final = """\
{
  // my own settings, which nobody else may lose
  "$schema": "https://opencode.ai/config.json",
  "autoupdate": false,
  "theme": "gruvbox", // easy on the eyes
}
"""
# The names that would lead a process back to the user's own files and settings.
_PRIVATE: Final = ("XDG_", "VGXNESS_", "OPENCODE", "CLAUDE")


@dataclass(frozen=True, slots=True)
class Stage:
    """A home and a workspace below one temporary directory.

    Attributes:
        root: absolute; whoever made it removes it.
        options: global options for every command, such as `--no-plugins`.
        environ: the environment of whoever plays the demo.
    """

    root: Path
    environ: Mapping[str, str]
    options: tuple[str, ...] = ()

    @property
    def home(self) -> Path:
        """The home of the demo's user."""
        return self.root / "home"

    @property
    def workspace(self) -> Path:
        """The project of the demo's user."""
        return self.root / "bookshop"

    @property
    def config(self) -> Path:
        """The user's own OpenCode configuration."""
        return self.home / ".config" / "opencode" / "opencode.jsonc"

    @property
    def variables(self) -> dict[str, str]:
        """The environment of every process on the stage: nothing in it leads to the user's own files."""
        kept = {name: value for name, value in self.environ.items() if not name.startswith(_PRIVATE)}
        return {**kept, "HOME": str(self.home), "USERPROFILE": str(self.home), "NO_COLOR": "1"}

    def build(self) -> None:
        """Make the home with its configuration, and the workspace."""
        self.config.parent.mkdir(parents=True)
        self.workspace.mkdir()
        self.config.write_text(USER_CONFIG, encoding="utf-8")

    def run(self, *words: str) -> Any:  # noqa: ANN401 -- the data of any command
        """Run one vgxness command as a process of its own and return its `--json` data.

        Raises:
            VgxnessError: `internal_error` where the command fails.
        """
        done = subprocess.run(
            [sys.executable, "-m", "vgxness", *self.options, *words, "--json"],
            cwd=self.workspace,
            env=self.variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        document: dict[str, Any]
        try:
            document = json.loads(done.stdout)
        except ValueError:
            document = {
                "ok": False,
                "error": {"message": done.stderr.strip()[-300:], "code": "internal_error"},
            }
        if not document["ok"]:
            error = document["error"]
            raise VgxnessError(
                "internal_error", f"`vgxness {' '.join(words)}` failed in the demo.", cause=error["message"]
            )
        return document["data"]

    def fingerprint(self) -> dict[str, str]:
        """Return a hash of every file and the mode of every entry of the home, vgxness's own files aside."""
        own = {self.home / ".local" / "share" / "vgxness", self.home / ".local" / "state" / "vgxness"}
        prints: dict[str, str] = {}
        for path in sorted(self.home.rglob("*")):
            if path.is_file() and own.isdisjoint(path.parents):
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                prints[str(path.relative_to(self.home))] = f"{path.stat().st_mode:o} {content}"
        return prints
