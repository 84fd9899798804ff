"""Virtual environments of their own, in which this vgxness and all that it needs can be imported."""

from __future__ import annotations

import os
import sys
import sysconfig
import venv
from collections.abc import Mapping
from pathlib import Path

TOP = Path(__file__).parents[1]
# pip takes a false value of this variable for "no isolation".
OFFLINE: Mapping[str, str] = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "UV_OFFLINE": "1"}


class Venv:
    """One environment with pip, offline, and a `vgxness` that is this checkout's."""

    def __init__(self, directory: Path) -> None:
        venv.create(directory, with_pip=True)
        self.bin = directory / "bin"
        self.python = self.bin / "python"
        site = (
            directory / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
        )
        # The second directory's own .pth files count too: there, plugins may be installed as editable.
        here = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})"
        (site / "host.pth").write_text(f"{TOP}\n{here}\n")
        program = self.bin / "vgxness"
        program.write_text(f'#!/bin/sh\nexec "{self.python}" -P -m vgxness "$@"\n')
        program.chmod(0o755)

    @property
    def variables(self) -> Mapping[str, str]:
        """What a shell has in which the environment is active."""
        return {
            **OFFLINE,
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
