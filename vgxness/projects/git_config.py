"""The little of git's configuration syntax that is needed to read a remote's URL."""

from __future__ import annotations

import re
from typing import Final

_SECTION: Final = re.compile(r"\[\s*([A-Za-z0-9.-]+)\s*(?:\"((?:[^\"\\\n]|\\.)*)\")?\s*\]")
_KEY: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*(=)?[ \t]*")
_SPACE: Final = " \t\r"
_ESCAPES: Final = {"n": "\n", "t": "\t", "b": "\b", "\n": ""}


def remote_urls(config: str) -> dict[str, str]:
    """Return the first `url` of each remote, by the remote's name.

    Includes are not followed, and a line that git would refuse is passed over.
    """
    urls: dict[str, str] = {}
    remote: str | None = None
    text, position = config.replace("\r\n", "\n"), 0
    while position < len(text):
        if section := _SECTION.match(text, position):
            position, remote = section.end(), _remote_of(section)
        elif key := _KEY.match(text, position):
            value, position = _value(text, key.end())
            if remote is not None and key[2] and key[1].lower() == "url" and value:
                urls.setdefault(remote, value)
        else:
            position = _next_token(text, position)
    return urls


def _remote_of(section: re.Match[str]) -> str | None:
    if section[1].lower() != "remote" or section[2] is None:
        return None
    return re.sub(r"\\(.)", r"\1", section[2])


def _next_token(text: str, position: int) -> int:
    if text[position] in _SPACE or text[position] == "\n":
        return position + 1
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1


def _value(text: str, position: int) -> tuple[str, int]:
    """Return the value that starts at a position, and the position of the line's end."""
    out: list[str] = []
    kept, quoted = 0, False
    while position < len(text) and (quoted or text[position] not in "#;") and text[position] != "\n":
        letter = text[position]
        if letter == "\\" and position + 1 < len(text):
            position += 1
            letter = _ESCAPES.get(text[position], text[position])
            out.append(letter)
            kept = len(out)
        elif letter == '"':
            quoted = not quoted
            kept = len(out)
        else:
            out.append(letter)
            # White space counts only inside quotes or between words.
            kept = len(out) if quoted or letter not in _SPACE else kept
        position += 1
    end = text.find("\n", position)
    return "".join(out[:kept]), len(text) if end < 0 else end
