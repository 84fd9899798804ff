"""Inspects a plugin, installed or as a source tree; its code runs in a process that can't hurt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from vgxness.contract.tool import Tool
from vgxness.errors import VgxnessError
from vgxness.kernel.discovery import Found, scan
from vgxness.kernel.linter.judging import judge
from vgxness.kernel.linter.models import Fault, Inspection
from vgxness.kernel.linter.project import Project, read_project

ToolFaults: TypeAlias = "Callable[[Tool], Iterable[str]]"
Seen: TypeAlias = Mapping[str, Any]
_SECONDS: Final = 60


def inspect_installed(name: str, *, tool_faults: ToolFaults) -> tuple[Inspection, ...]:
    """Return what is wrong with the installed plugins of a name, a plugin's or a distribution's.

    Raises:
        VgxnessError: `unknown_plugin`.
    """
    found = [one for one in scan() if name in (one.name, one.distribution)]
    if not found:
        raise VgxnessError(
            "unknown_plugin",
            f"No installed plugin is named {name!r}.",
            hint="vgxness plugins list, or give a path",
        )
    return tuple(_inspected(one, [place for place in sys.path if place], (), tool_faults) for one in found)


def inspect_tree(directory: Path, *, tool_faults: ToolFaults) -> tuple[Inspection, ...]:
    """Return what is wrong with the plugins of a source tree, by its pyproject.toml; nothing is installed.

    Raises:
        VgxnessError: `usage`, the directory has no pyproject.toml.
    """
    project: Project = read_project(directory)
    if not project.plugins:
        nameless = Inspection(plugin="", distribution=project.name, offers={}, faults=project.faults)
        return (nameless,)
    path = [str(place) for place in (directory / "src", directory) if place.is_dir()]
    return tuple(_inspected(found, path, project.faults, tool_faults) for found in project.plugins)


def _inspected(
    found: Found, path: Sequence[str], faults: Sequence[Fault], tool_faults: ToolFaults
) -> Inspection:
    seen = None if found.error else _probe(found, path)
    every = (*faults, *judge(found, seen, tool_faults))
    offers: dict[str, tuple[str, ...]] = {}
    for offer in seen["offers"] if seen else ():
        offers[offer["kind"]] = (*offers.get(offer["kind"], ()), offer["name"])
    return Inspection(plugin=found.name, distribution=found.distribution, offers=offers, faults=every)


def _probe(found: Found, path: Sequence[str]) -> Seen | None:
    """Return what a process of its own saw of the plugin, or None where it came to no answer."""
    question = {
        "name": found.name,
        "module": found.module,
        "distribution": found.distribution,
        "version": found.version,
        "path": list(path),
    }
    with tempfile.TemporaryDirectory(prefix="vgxness-check-") as scratch:
        asked, answer = Path(scratch) / "question.json", Path(scratch) / "answer.json"
        asked.write_text(json.dumps(question), "utf-8")
        command = [sys.executable, "-m", "vgxness.kernel.linter.probe", str(asked), str(answer)]
        try:
            subprocess.run(
                command,
                cwd=scratch,
                env=_environment(Path(scratch)),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
            return json.loads(answer.read_text("utf-8"))
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return None


def _environment(scratch: Path) -> Mapping[str, str]:
    """Return an environment whose home is thrown away, and which has nothing of the user's in it."""
    kept = ("PATH", "SYSTEMROOT", "COMSPEC", "LANG", "PYTHONPATH")
    home = {"HOME": str(scratch), "USERPROFILE": str(scratch), "TMPDIR": str(scratch)}
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        **home,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
