"""Which functions edit a format; the libraries they rest on are imported on use."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from vgxness.contract.provider import TargetFormat
from vgxness.setup.formats.keyed import KeyedFormat
from vgxness.setup.formats.values import Missing


class BlockFormat(Protocol):
    """What a format with managed blocks can do; raises what a `KeyedFormat` raises."""

    def read_block(self, text: str, name: str) -> str | Missing:
        """Return the lines between the markers of a name, or `MISSING`."""
        ...

    def write_block(self, text: str, name: str, block: str) -> str:
        """Return the text with these lines between the markers."""
        ...

    def undo_block(self, text: str, before: str, name: str) -> str:
        """Return the text with the block as it stands in `before`, or without it."""
        ...

    def release_block(self, text: str, name: str) -> str:
        """Return the text without the markers, the lines between them kept."""
        ...


@cache
def keyed(format: TargetFormat) -> KeyedFormat | None:
    """Return how keys and items of a format are edited; None where it has none."""
    match format:
        case "json" | "jsonc":
            from vgxness.setup.formats.jsonc.dialect import JSON, JSONC

            return JSON if format == "json" else JSONC
        case "toml":
            from vgxness.setup.formats import toml

            return toml
        case "yaml":
            from vgxness.setup.formats import yaml

            return yaml
        case "frontmatter":
            from vgxness.setup.formats import frontmatter

            return frontmatter
        case _:
            return None


@cache
def blocks(format: TargetFormat) -> BlockFormat | None:
    """Return how managed blocks of a format are edited; None where it has none."""
    if format not in ("markdown", "frontmatter"):
        return None
    from vgxness.setup.formats import markdown

    return markdown
