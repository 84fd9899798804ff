"""Antigravity's file formats as its vendor documents them, strictly: no key more, no value of another type.

`agy` can't be had here, so what we write is held against these. They are narrower than what it reads.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


def is_absolute(path: str) -> str:
    """An app started from the Dock does not have the shell's PATH."""
    assert PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute(), path
    return path


class Manifest(Strict):
    """plugin.json."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]
    description: str
    disabled: bool = False
    logo: str = ""
    suggestedPrompts: list[str] = []  # noqa: N815 -- the vendor's own spelling


class LocalServer(Strict):
    """A stdio server; `type` is not among its keys."""

    command: Annotated[str, AfterValidator(is_absolute)]
    args: list[str] = []
    env: dict[str, str] = {}
    cwd: str = ""
    disabled: bool = False
    disabledTools: list[str] = []  # noqa: N815 -- the vendor's own spelling


class Servers(Strict):
    """mcp_config.json."""

    mcpServers: dict[str, LocalServer]  # noqa: N815 -- the vendor's own spelling


class RuleHead(Strict):
    """The frontmatter of a file in a workspace's `rules/`."""

    trigger: Literal["always_on", "model_decision", "glob", "manual"]
    description: str = ""
    globs: str = ""


def strict(content: bytes) -> Any:
    """Return a document as a parser reads it that takes no byte order mark, no comment and no key twice."""
    assert not content.startswith(b"\xef\xbb\xbf")
    return json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_never)


def rule(content: bytes) -> tuple[RuleHead, str]:
    """Return head and body of a rules file."""
    found = re.fullmatch(r"---\n(.*?)\n---\n(.*)", content.decode("utf-8"), re.DOTALL)
    assert found
    lines = [line.partition(": ") for line in found[1].splitlines()]
    return RuleHead.model_validate({key: value for key, _, value in lines}), found[2]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({key for key, _ in pairs}) == len(pairs), "a key stands twice"
    return dict(pairs)


def _never(constant: str) -> Any:
    raise AssertionError(constant)
