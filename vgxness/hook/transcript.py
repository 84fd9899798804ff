"""Reads the end of a client's transcript: one JSON object a line, of shapes that change with its versions.

What is not understood is passed over; no transcript is a failure.
"""

from __future__ import annotations

import json
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

MOST_BYTES: Final = 256 * 1024

_EDITORS: Final = {"Edit": "file_path", "MultiEdit": "file_path", "Write": "file_path"} | {
    "NotebookEdit": "notebook_path"
}
_NOT_TYPED: Final = ("<", "[Request interrupted", "Caveat:")


@dataclass(slots=True)
class Sitting:
    """What the end of a transcript tells.

    Attributes:
        prompts: what the user typed, oldest first.
        answer: the last text of the agent.
        tools: how often each tool was called.
        files: that were edited, in order, each once.
        is_whole: False where the transcript was too long to be read from its beginning.
    """

    prompts: list[str] = field(default_factory=list[str])
    answer: str = ""
    tools: Counter[str] = field(default_factory=Counter[str])
    files: dict[str, None] = field(default_factory=dict[str, None])
    is_whole: bool = True

    def has_called(self, tool: str) -> bool:
        """Whether a tool was called, under whatever prefix the client gives it."""
        return any(name.endswith(tool) for name in self.tools)


def read_sitting(path: Path | None) -> Sitting:
    """Return what the last 256 KiB of a transcript tell; nothing where it can't be read."""
    sitting = Sitting()
    if path is None:
        return sitting
    try:
        raw, sitting.is_whole = _tail(path)
    except (OSError, ValueError):
        return sitting
    for entry in _entries(raw):
        _take(entry, sitting)
    return sitting


def _tail(path: Path) -> tuple[bytes, bool]:
    """Return the end of a regular file, from the start of a line, and whether that is all of it."""
    if not stat.S_ISREG(path.stat().st_mode):
        return b"", True
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - MOST_BYTES)
        file.seek(start)
        raw = file.read(MOST_BYTES)
    return (raw, True) if start == 0 else (raw.partition(b"\n")[2], False)


def _entries(raw: bytes) -> Iterator[Mapping[str, object]]:
    for line in raw.splitlines():
        try:
            entry: object = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            yield cast("Mapping[str, object]", entry)


def _take(entry: Mapping[str, object], sitting: Sitting) -> None:
    kind = entry.get("type")
    if any(entry.get(mark) for mark in ("isMeta", "isSidechain", "isCompactSummary")):
        return
    blocks = list(_blocks(entry.get("message")))
    texts = [text for block in blocks if block.get("type") == "text" if (text := _text(block, "text"))]
    if kind == "user":
        sitting.prompts += [text for text in texts if not text.startswith(_NOT_TYPED)]
    elif kind == "assistant":
        sitting.answer = "\n".join(texts) or sitting.answer
        for block in blocks:
            _count(block, sitting)


def _count(block: Mapping[str, object], sitting: Sitting) -> None:
    name = _text(block, "name")
    if block.get("type") != "tool_use" or not name:
        return
    sitting.tools[name] += 1
    given = block.get("input")
    if name in _EDITORS and isinstance(given, dict):
        file = _text(cast("Mapping[str, object]", given), _EDITORS[name])
        if file:
            sitting.files.setdefault(file)


def _blocks(message: object) -> Iterator[Mapping[str, object]]:
    """Yield a message's blocks; a message that is one text is one block."""
    content = cast("Mapping[str, object]", message).get("content") if isinstance(message, dict) else None
    if isinstance(content, str):
        yield {"type": "text", "text": content}
    elif isinstance(content, list):
        yield from (
            cast("Mapping[str, object]", block)
            for block in cast("list[object]", content)
            if isinstance(block, dict)
        )


def _text(values: Mapping[str, object], key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""
