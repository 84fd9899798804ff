"""Finds the three products that share one configuration: the CLI, the app and the IDE."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vgxness.plugin import Detection
from vgxness_antigravity.places import config_directory
from vgxness_antigravity.reading import stands

_DATA: Final = (
    ("antigravity-cli", "the CLI has run here"),
    ("antigravity", "the app, or Antigravity 1.x, has run here"),
    ("antigravity-ide", "the IDE has run here"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A computer as detection sees it.

    Attributes:
        platform: as `sys.platform` says it.
        root: where absolute places of the platform are looked for.
    """

    platform: str
    home: Path
    environment: Callable[[str], str | None]
    root: Path = Path("/")


def find(machine: Machine) -> Detection:
    """Return which products are installed, without starting any.

    `~/.gemini` alone proves nothing, for it is Gemini CLI's too; nor does `~/.gemini/config`, which a
    setup of ours makes.
    """
    program = find_program(machine)
    evidence = [f"{program} exists (CLI)" if program else "no agy on PATH or where its installer puts it"]
    traces = [*_applications(machine), *_traces(machine)]
    paths = {"config": config_directory(machine.home)}
    if program:
        paths["program"] = program
    return Detection(found=program is not None or bool(traces), evidence=(*evidence, *traces), paths=paths)


def find_program(machine: Machine) -> Path | None:
    """Return `agy`, from PATH first and then from where its installer puts it, or None."""
    installed = machine.home / ".local" / "bin" / "agy"
    if machine.platform == "win32":
        local = machine.environment("LOCALAPPDATA")
        installed = Path(local or machine.home) / "agy" / "bin" / "agy.exe"
    return _on_path(machine, "agy") or (installed if _runs(installed) else None)


def _applications(machine: Machine) -> Iterator[str]:
    for path, product in _application_places(machine):
        if stands(path):
            yield f"{path} exists ({product})"
    ide = _on_path(machine, "antigravity-ide")
    if ide:
        yield f"{ide} exists (IDE)"


def _application_places(machine: Machine) -> Iterator[tuple[Path, str]]:
    if machine.platform == "darwin":
        yield machine.root / "Applications" / "Antigravity.app", "app"
        yield machine.root / "Applications" / "Antigravity IDE.app", "IDE"
    elif machine.platform == "win32":
        if local := machine.environment("LOCALAPPDATA"):
            yield Path(local) / "Programs" / "Antigravity", "app"
            yield Path(local) / "Programs" / "Antigravity IDE" / "Antigravity IDE.exe", "IDE"
    else:
        # The app has no fixed place on Linux (a tarball or a package); its data directory tells of it.
        yield machine.home / ".local" / "share" / "antigravity-ide", "IDE"
        yield machine.home / ".config" / "Antigravity IDE" / "User", "IDE"


def _traces(machine: Machine) -> Iterator[str]:
    for name, meaning in _DATA:
        directory = machine.home / ".gemini" / name
        if stands(directory, Path.is_dir):
            yield f"{directory} exists ({meaning})"
    marker = config_directory(machine.home) / ".migrated"
    if stands(marker, Path.is_file):
        yield f"{marker} exists (a 1.x installation was migrated)"


def _on_path(machine: Machine, name: str) -> Path | None:
    is_windows = machine.platform == "win32"
    endings = (".exe", ".cmd") if is_windows else ("",)
    for place in (machine.environment("PATH") or "").split(";" if is_windows else ":"):
        for ending in endings if place else ():
            program = Path(place) / f"{name}{ending}"
            if program.is_absolute() and _runs(program):
                return program
    return None


def _runs(program: Path) -> bool:
    return stands(program, Path.is_file) and os.access(program, os.X_OK)
