"""What a source tree says about itself, in its pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from vgxness.errors import VgxnessError
from vgxness.kernel.discovery import GROUP_PREFIX, Found
from vgxness.kernel.hookspecs import API_VERSION
from vgxness.kernel.linter.models import Fault

GROUP: Final = f"{GROUP_PREFIX}{API_VERSION}"
_FILE: Final = "pyproject.toml"
_REQUIRES_US: Final = re.compile(r"vgxness\s*(\[.*\])?\s*(>=|~=|==)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A distribution that is not built yet."""

    name: str
    plugins: tuple[Found, ...]
    faults: tuple[Fault, ...]


def read_project(directory: Path) -> Project:
    """Return the plugins that a tree declares; raises `usage` where it has no pyproject.toml."""
    try:
        text = (directory / _FILE).read_text("utf-8")
    except OSError as error:
        raise VgxnessError(
            "usage", f"{directory} has no {_FILE}.", hint="vgxness plugins new NAME makes a whole package."
        ) from error
    except UnicodeDecodeError:
        return _unreadable("the text is not UTF-8")
    try:
        table = _table(tomllib.loads(text).get("project"))
    except tomllib.TOMLDecodeError as error:
        return _unreadable(str(error).partition("\n")[0])
    name = str(table.get("name", directory.name))
    plugins, faults = _plugins(table, name)
    return Project(name=name, plugins=plugins, faults=(*faults, *_requirement_faults(table)))


def _plugins(table: dict[str, Any], name: str) -> tuple[tuple[Found, ...], list[Fault]]:
    groups = {key: _table(value) for key, value in _table(table.get("entry-points")).items()}
    version = str(table.get("version", ""))
    plugins = tuple(
        Found(name=plugin, module=str(target), distribution=name, version=version)
        for plugin, target in groups.get(GROUP, {}).items()
    )
    others = [
        Fault(
            code="api-mismatch",
            place=f"{_FILE}: {group}",
            message=f"It is written for another plugin API; this vgxness has {API_VERSION}.",
            hint=f'Name the group "{GROUP}".',
        )
        for group in groups
        if group.startswith("vgxness") and group != GROUP
    ]
    if not plugins and not others:
        others.append(
            Fault(
                code="entry-point-missing",
                place=_FILE,
                message=f'No entry point is in the group "{GROUP}", so vgxness would not find the plugin.',
                hint=f'[project.entry-points."{GROUP}"], and below it NAME = "PACKAGE".',
            )
        )
    return plugins, others


def _requirement_faults(table: dict[str, Any]) -> list[Fault]:
    listed = table.get("dependencies")
    needed = [str(one) for one in cast("list[Any]", listed)] if isinstance(listed, list) else []
    if any(_REQUIRES_US.match(one) for one in needed):
        return []
    return [
        Fault(
            code="host-not-required",
            place=f"{_FILE}: project.dependencies",
            message="It does not say which vgxness it needs.",
            hint='Add "vgxness>=VERSION" with the version that you test with.',
        )
    ]


def _unreadable(reason: str) -> Project:
    fault = Fault(
        code="project-unreadable", place=_FILE, message=f"It does not parse: {reason}.", hint="Mend it."
    )
    return Project(name="", plugins=(), faults=(fault,))


def _table(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
