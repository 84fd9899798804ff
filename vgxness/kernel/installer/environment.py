"""Which program made the environment that this Python runs in, told by the marks that each leaves."""

from __future__ import annotations

import json
import shutil
import sys
import sysconfig
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

from vgxness.errors import VgxnessError

Kind: TypeAlias = Literal["uv-tool", "pipx", "venv", "system", "managed"]
UV_RECEIPT: Final = "uv-receipt.toml"
PIPX_METADATA: Final = "pipx_metadata.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where plugins have to be put, so that this vgxness finds them.

    Attributes:
        kind: "managed" is a Python that the operating system keeps to itself (PEP 668).
        prefix: the environment's directory.
        python: its interpreter.
        base_python: the interpreter that it was made with, or "" where that is not found.
        has_pip: whether pip is in it; environments that uv made have none.
        uv: the uv on PATH, or "".
        pipx: the pipx on PATH, or "".
        tool: what a uv tool's receipt says was asked for, the tool itself first; each a TOML table.
    """

    kind: Kind
    prefix: Path
    python: str
    base_python: str = ""
    has_pip: bool = True
    uv: str = ""
    pipx: str = ""
    tool: tuple[Mapping[str, Any], ...] = ()

    @property
    def title(self) -> str:
        """What it is, for a person."""
        names: Mapping[Kind, str] = {
            "uv-tool": "the uv tool",
            "pipx": "the pipx environment",
            "venv": "the virtual environment",
            "system": "the Python",
            "managed": "the system's own Python",
        }
        return f"{names[self.kind]} at {self.prefix}"


def recognise(
    prefix: Path | None = None, *, base: Path | None = None, stdlib: Path | None = None
) -> Environment:
    """Return the environment of this process; the arguments are for looking at another one.

    Raises:
        VgxnessError: `usage`, a receipt of uv's can't be read.
    """
    where = prefix or Path(sys.prefix)
    kind = _kind(where, base or Path(sys.base_prefix), stdlib or Path(sysconfig.get_path("stdlib")))
    return Environment(
        kind=kind,
        prefix=where,
        python=sys.executable,
        base_python=_base_python(),
        has_pip=find_spec("pip") is not None,
        uv=shutil.which("uv") or "",
        pipx=shutil.which("pipx") or "",
        tool=_receipt(where / UV_RECEIPT) if kind == "uv-tool" else (),
    )


def pipx_package(prefix: Path) -> str:
    """Return the name under which pipx knows an environment: its directory's, which holds a suffix too."""
    try:
        said: Any = json.loads((prefix / PIPX_METADATA).read_text("utf-8"))
        main = said["main_package"]
        return f"{main['package']}{main.get('suffix') or ''}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return prefix.name


def _kind(prefix: Path, base: Path, stdlib: Path) -> Kind:
    if (prefix / UV_RECEIPT).is_file():
        return "uv-tool"
    if (prefix / PIPX_METADATA).is_file():
        return "pipx"
    if prefix != base:
        return "venv"
    return "managed" if (stdlib / "EXTERNALLY-MANAGED").is_file() else "system"


def _base_python() -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    base = Path(sys.base_prefix)
    found = [base / "bin" / f"python{version}", base / "python.exe"]
    return next((str(path) for path in found if path.is_file()), "")


def _receipt(path: Path) -> tuple[Mapping[str, Any], ...]:
    try:
        tool = tomllib.loads(path.read_text("utf-8"))["tool"]
        rows = cast("list[Mapping[str, Any]]", tool["requirements"])
        if not rows or not all(isinstance(row.get("name"), str) for row in rows):
            raise TypeError  # noqa: TRY301 -- a receipt of another shape is as unreadable as a broken one
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise VgxnessError(
            "usage",
            f"{path} can't be read, so it is not known what this uv tool is made of.",
            hint="uv tool install vgxness --with PLUGIN",
        ) from error
    return tuple(rows)
