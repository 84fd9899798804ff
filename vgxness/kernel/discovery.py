"""Finds plugins through entry points, without importing any of them.

There are two ways to look. `scan` reads `*.dist-info/entry_points.txt` itself, because importing
importlib-metadata costs more than the whole start-up budget; `examine` asks importlib-metadata, which
also sees zipped and unusual installations. A test holds both to the same answer.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from configparser import ConfigParser
from configparser import Error as ConfigError
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from vgxness.kernel.hookspecs import API_VERSION

GROUP_PREFIX: Final = "vgxness.v"
_GROUP: Final = re.compile(r"vgxness\.v(\d+)")
# Real ones have a few hundred; whoever needs more wants to keep every command waiting.
_MOST_CHARACTERS: Final = 65_536
_METADATA_SUFFIXES: Final = (".dist-info", ".egg-info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One entry point of ours, not yet imported.

    Attributes:
        name: the plugin's name, as its author wrote it.
        module: what to import.
        distribution: who ships it, in normalised form (`vgxness-opencode`).
        version: of the distribution, "" when unknown.
        error: why it must not be imported, or "".
    """

    name: str
    module: str
    distribution: str
    version: str
    error: str = ""


def scan(path: Sequence[str] | None = None) -> tuple[Found, ...]:
    """Return the installed plugins by reading metadata directories on the import path, by name."""
    seen: set[str] = set()
    found: list[Found] = []
    for directory in sys.path if path is None else path:
        for metadata in _metadata_directories(directory):
            distribution, version = _identity(Path(metadata).name)
            # The first on the path shadows the others, as importing would.
            if distribution not in seen:
                seen.add(distribution)
                found.extend(_entries(_text(metadata), distribution, version))
    return _ordered(found)


def examine(path: Sequence[str] | None = None) -> tuple[Found, ...]:
    """Return the installed plugins as importlib-metadata sees them, by name."""
    import importlib_metadata

    installed = cast("Any", importlib_metadata).distributions  # untyped over there
    seen: set[str] = set()
    found: list[Found] = []
    for distribution in installed() if path is None else installed(path=list(path)):
        name = _normalised(distribution.metadata["Name"] or "unknown")
        if name not in seen:
            seen.add(name)
            text = distribution.read_text("entry_points.txt") or ""
            found.extend(_entries(text, name, distribution.version))
    return _ordered(found)


def _metadata_directories(directory: str) -> Iterator[str]:
    try:
        with os.scandir(directory or ".") as entries:
            names = sorted(entry.path for entry in entries if entry.name.endswith(_METADATA_SUFFIXES))
    except OSError:  # a path entry that is absent, a zip file, or not ours to read
        return
    yield from names


def _text(metadata: str) -> str:
    try:
        with Path(metadata, "entry_points.txt").open(encoding="utf-8") as file:
            return file.read(_MOST_CHARACTERS + 1)
    except (OSError, UnicodeDecodeError):  # most distributions have none
        return ""


def _entries(text: str, distribution: str, version: str) -> Iterable[Found]:
    if GROUP_PREFIX not in text:
        return
    if len(text) > _MOST_CHARACTERS:
        yield _unusable(
            distribution, version, f"its entry_points.txt is over {_MOST_CHARACTERS:,} characters"
        )
        return
    parser = ConfigParser(delimiters=("=",), interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign] -- names keep their case
    try:
        parser.read_string(text)
    except ConfigError:
        yield _unusable(distribution, version, "its entry_points.txt does not parse")
        return
    for section in parser.sections():
        match = _GROUP.fullmatch(section)
        if match is None:
            continue
        error = (
            ""
            if int(match[1]) == API_VERSION
            else f"it is written for plugin API {match[1]}, this is {API_VERSION}"
        )
        for name, value in parser.items(section):
            module = value.partition("[")[0].strip()
            yield Found(
                name=name.strip(), module=module, distribution=distribution, version=version, error=error
            )


def _unusable(distribution: str, version: str, error: str) -> Found:
    return Found(name=distribution, module="", distribution=distribution, version=version, error=error)


def _identity(directory_name: str) -> tuple[str, str]:
    stem = directory_name.rsplit(".", 1)[0]
    name, _, version = stem.partition("-")
    return _normalised(name), version.partition("-")[0]


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _ordered(found: list[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda one: (one.name, one.distribution)))
