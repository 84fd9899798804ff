"""Where vgxness keeps its own files, by platform and environment."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from vgxness.errors import VgxnessError

_MAC_SUPPORT: Final = ("Library", "Application Support", "vgxness")
_XDG: Final = {
    "config": ("XDG_CONFIG_HOME", (".config",)),
    "state": ("XDG_STATE_HOME", (".local", "state")),
    "data": ("XDG_DATA_HOME", (".local", "share")),
}
_WINDOWS: Final = {"config": "APPDATA", "state": "LOCALAPPDATA", "data": "LOCALAPPDATA"}


def make_private(directory: Path) -> None:
    """Make a directory and what is missing above it, each for the user alone (0700), whatever the umask.

    `Path.mkdir(mode, parents=True)` gives its mode to the last directory only.
    """
    if directory.is_dir():
        return
    if directory.parent != directory:
        make_private(directory.parent)
    with suppress(FileExistsError):  # another process was faster
        directory.mkdir(mode=0o700)


class Paths:
    """The user's directories, found from the environment alone.

    The password database is not asked: where HOME is unset, a program runs for nobody, and files in
    a guessed home would be found by no one.
    """

    def __init__(self, environ: Mapping[str, str], platform: str = sys.platform) -> None:
        self._environ = environ
        self._platform = platform

    @property
    def home(self) -> Path:
        """The home directory; raises `home_unresolved` where the environment names none."""
        name = "USERPROFILE" if self._platform == "win32" else "HOME"
        value = self._environ.get(name, "")
        if not Path(value).is_absolute():
            raise VgxnessError(
                "home_unresolved",
                "No home directory is known.",
                cause=f"{name} is {'not an absolute path' if value else 'not set'}.",
                hint=f"Set {name}; for the database alone, --db PATH or VGXNESS_DB_PATH is enough.",
            )
        return Path(value)

    @property
    def config(self) -> Path:
        """The directory of config.toml."""
        return self._directory("config")

    @property
    def state(self) -> Path:
        """The directory of receipts, backups and logs."""
        return self._directory("state")

    @property
    def data(self) -> Path:
        """The directory of the default database."""
        return self._directory("data")

    def _directory(self, kind: str) -> Path:
        if self._platform == "darwin":
            return self.home.joinpath(*_MAC_SUPPORT)
        if self._platform == "win32":
            value = self._environ.get(_WINDOWS[kind], "")
            base = Path(value) if value else self.home / "AppData" / "Local"
            return base / "vgxness" / kind
        variable, parts = _XDG[kind]
        value = self._environ.get(variable, "")
        # The XDG specification says that a relative path is to be ignored.
        base = Path(value) if Path(value).is_absolute() else self.home.joinpath(*parts)
        return base / "vgxness"
