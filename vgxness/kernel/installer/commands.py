"""The exact command that puts a plugin into an environment, or takes it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from vgxness.errors import VgxnessError
from vgxness.kernel.installer.environment import Environment, pipx_package
from vgxness.kernel.installer.requirement import Requirement

Words: TypeAlias = "tuple[str, ...]"
_QUIET: Final = ("--disable-pip-version-check", "--no-input")


def install_command(environment: Environment, wanted: Requirement) -> Words:
    """Return the words of the command.

    Raises:
        VgxnessError: `environment_managed` for a Python that belongs to the operating system;
            `installer_missing` where the program that made the environment is not there.
    """
    match environment.kind:
        case "uv-tool":
            others = [row for row in environment.tool[1:] if row["name"] != wanted.name]
            return (*_uv_tool(environment, others), "--with", wanted.text)
        case "pipx":
            return (_pipx(environment), "inject", pipx_package(environment.prefix), wanted.text)
        case "managed":
            raise _managed(wanted.text)
        case "venv" | "system":
            if environment.has_pip:
                return (environment.python, "-m", "pip", "install", *_QUIET, wanted.text)
            return (_uv(environment), "pip", "install", "--python", environment.python, wanted.text)


def uninstall_command(environment: Environment, distribution: str) -> Words:
    """Return the words of the command; raises as `install_command`."""
    match environment.kind:
        case "uv-tool":
            return _uv_tool(environment, [row for row in environment.tool[1:] if row["name"] != distribution])
        case "pipx":
            return (_pipx(environment), "uninject", pipx_package(environment.prefix), distribution)
        case "managed":
            raise _managed(distribution)
        case "venv" | "system":
            if environment.has_pip:
                return (environment.python, "-m", "pip", "uninstall", *_QUIET, "--yes", distribution)
            return (_uv(environment), "pip", "uninstall", "--python", environment.python, distribution)


def _uv_tool(environment: Environment, others: Sequence[Mapping[str, Any]]) -> Words:
    """Return the command that makes the tool anew with all it had; uv keeps only what is named each time."""
    tool, *_ = environment.tool
    words: list[str] = [_uv(environment), "tool", "install"]
    # The same Python again, not the environment's own link to it, which uv replaces.
    words += ["--python", environment.base_python] if environment.base_python else []
    words += ["--editable", str(tool["editable"])] if "editable" in tool else [requirement_text(tool)]
    for row in others:
        if "editable" in row:
            words += ["--with-editable", str(row["editable"])]
        else:
            words += ["--with", requirement_text(row)]
    return tuple(words)


def requirement_text(row: Mapping[str, Any]) -> str:
    """Return a row of uv's receipt as uv takes it on its command line."""
    extras = f"[{','.join(row['extras'])}]" if row.get("extras") else ""
    for key in ("directory", "path"):
        if key in row:
            return f"{row['name']}{extras} @ {row[key]}" if extras else str(row[key])
    if "git" in row:
        return f"{row['name']}{extras} @ git+{row['git']}"
    if "url" in row:
        return f"{row['name']}{extras} @ {row['url']}"
    return f"{row['name']}{extras}{row.get('specifier', '')}"


def _uv(environment: Environment) -> str:
    return environment.uv or _missing("uv", environment)


def _pipx(environment: Environment) -> str:
    return environment.pipx or _missing("pipx", environment)


def _missing(program: str, environment: Environment) -> str:
    raise VgxnessError(
        "installer_missing",
        f"There is no {program} on PATH, and {environment.title} was made by it.",
        hint=f"Put {program} on PATH, then run the command again.",
    )


def _managed(what: str) -> VgxnessError:
    return VgxnessError(
        "environment_managed",
        "This vgxness runs in a Python that belongs to the operating system; nothing was changed.",
        cause="Such a Python is marked EXTERNALLY-MANAGED, and installing into it may break the system.",
        hint=f"uv tool install vgxness --with {what}, or: pipx install vgxness && pipx inject vgxness {what}",
    )
