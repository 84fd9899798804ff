"""The real host with one plugin more: as if it were installed, on a machine of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from vgxness.kernel.discovery import Found, scan
from vgxness.testing.machine import Machine

if TYPE_CHECKING:
    from vgxness.app import App

NAME: Final = "under-test"
_BUILTINS: Final = "vgxness.builtin."
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command line did."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 -- whatever the command printed
        """The JSON document on standard output."""
        return json.loads(self.out)


def plugin_name(plugin: ModuleType) -> str:
    """Return the name under which the host knows a plugin's module, also where it is not installed."""
    if plugin.__name__.startswith(_BUILTINS):
        return plugin.__name__.removeprefix(_BUILTINS)
    return next((found.name for found in scan() if found.module == plugin.__name__), NAME)


def host_of(plugin: ModuleType, machine: Machine) -> App:
    """Return an app on a machine that has the built-in plugins and this one; it satisfies `Context`."""
    from vgxness.app import App, Options
    from vgxness.kernel.manager import build_catalogue

    app = App(Options(workspace=machine.workspace, plugins=False), environ=machine.variables)
    if not plugin.__name__.startswith(_BUILTINS):
        found = Found(
            name=plugin_name(plugin), module=plugin.__name__, distribution="under-test", version="0"
        )
        builtins = [_found(row.name) for row in app.catalogue.plugins]
        app.catalogue = build_catalogue(builtins, [found], blocked=lambda _: False)
    return app


def run_vgxness(plugin: ModuleType, machine: Machine, words: Sequence[str], *, probe: str = "") -> Ran:
    """Run one command line in a process of its own, with the plugin installed.

    `probe` is Python that runs in it when the command is over.
    """
    site = machine.root / "site"
    if plugin_name(plugin) == NAME and not site.exists():
        metadata = site / "under_test-0.dist-info"
        metadata.mkdir(parents=True)
        (metadata / "entry_points.txt").write_text(f"[vgxness.v1]\n{NAME} = {plugin.__name__}\n", "utf-8")
    program = (
        f"import sys\nfrom vgxness.cli.main import main\ntry:\n    main()\nfinally:\n    {probe or 'pass'}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=machine.workspace,
        env={**_kept(), **machine.variables, "PYTHONPATH": os.pathsep.join([str(site), *sys.path])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    return Ran(tuple(words), done.returncode, done.stdout, done.stderr)


def _found(name: str) -> Found:
    from vgxness import __version__

    return Found(name=name, module=f"{_BUILTINS}{name}", distribution="vgxness", version=__version__)


def _kept() -> Mapping[str, str]:
    # Without these, Windows starts no process.
    names = ("SYSTEMROOT", "COMSPEC", "PATHEXT", "TEMP", "TMP")
    return {name: os.environ[name] for name in names if name in os.environ}
