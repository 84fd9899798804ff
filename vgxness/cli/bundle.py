"""`vgxness doctor --bundle`: gathers what goes into the file for a bug report."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vgxness import __version__
from vgxness.cli.render import talk
from vgxness.contract.json_value import JsonValue, as_json
from vgxness.errors import VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.doctor import Report

_LIBRARIES: Final = ("click", "mcp", "peewee", "pluggy", "pydantic", "rich", "tomlkit", "bpe-openai")
_TOLD: Final = """\
It holds: versions, the platform, the table of plugins, what the checks found, how setup stands, config.toml
and the last lines of the log. Secrets are replaced by [REDACTED], the home directory by ~, your user name by
USER; lines of your files are left out. Read it before you give it to anybody."""


def new_file(app: App, name: str) -> Path:
    """Return where a bundle is to be written, under a default name in the current directory for "".

    Raises:
        VgxnessError: `usage` where the file exists, or the name is a check's.
    """
    if any(offer.value.id.split(".")[0] == name.split(".")[0] != "" for offer in app.catalogue.checks):
        hint = f"vgxness doctor {name} --bundle, or --bundle=./{name} for a file of that name"
        raise VgxnessError("usage", f"{name} names a check, not a file.", hint=hint)
    path = Path(name or f"vgxness-doctor-{app.clock.now():%Y%m%dT%H%M%SZ}.json").absolute()
    if os.path.lexists(path):
        raise VgxnessError("usage", f"{path} exists.", hint="Name a file that does not exist.")
    return path


def write(app: App, report: Report, path: Path) -> None:
    """Write the bundle and tell on stderr what is in it.

    Raises:
        VgxnessError: `usage` where the file exists by now, `write_failed`.
    """
    from vgxness.doctor.bundle import make_bundle, write_bundle

    home = app.environ.get("USERPROFILE" if sys.platform == "win32" else "HOME", "")
    document = make_bundle(_sections(app, report), homes=_spellings(home), user=_user(app, home))
    write_bundle(path, document)
    talk(f"Wrote {path}\n{_TOLD}")


def _spellings(home: str) -> tuple[str, ...]:
    return (home, os.path.realpath(home)) if home else ()


def _user(app: App, home: str) -> str:
    return app.environ.get("USER") or app.environ.get("USERNAME") or Path(home).name


def _sections(app: App, report: Report) -> dict[str, JsonValue]:
    from vgxness.doctor.bundle import checks_section, log_section
    from vgxness.kernel.log import NAME

    try:
        log = log_section(app.paths.state / NAME)
    except VgxnessError:
        log = []
    return {
        "about": {
            "vgxness": __version__,
            "python": sys.version.split()[0],
            "platform": platform.platform(),
            "libraries": {name: _version(name) for name in _LIBRARIES},
        },
        "plugins": [
            {"name": one.label, "state": one.state, "problem": one.problem, "hooks": list(one.hooks)}
            for one in app.catalogue.plugins
        ],
        "checks": checks_section(report.diagnoses),
        "setup": _setup(app),
        "config": _config(app),
        "log": log,
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _setup(app: App) -> JsonValue:
    try:
        rows = [one for scope in ("user", "project") for one in app.setup.status(scope=scope)]
    except VgxnessError as error:
        return {"problem": error.code}
    return [
        {
            "provider": one.provider,
            "scope": one.scope,
            "found": one.found,
            "version": one.version,
            "problem": one.problem.code if one.problem else "",
            "files": [{"file": str(file.path), "state": file.drift} for file in one.targets],
        }
        for one in rows
    ]


def _config(app: App) -> JsonValue:
    try:
        config = app.config
    except VgxnessError as error:
        return {"problem": error.code}
    return {"disabled": sorted(config.disabled_plugins), "plugin": as_json(config.plugin_settings)}
