"""`<private>…</private>` never reaches the disk."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Final
from urllib.parse import unquote

from vgxness.memory.firewall.characters import INVISIBLE
from vgxness.memory.firewall.views import views

# Tags within tags this deep were built to; what follows the first one left is taken out whole.
_MOST_READINGS: Final = 8
_MOST_ESCAPES: Final = 3
_GAP: Final = rf"[\s{INVISIBLE}]*+"
_OPEN: Final = r"(?:<|\uff1c|&lt;|\\u003c|&#(?:x0{0,6}3c|0{0,6}60);)"
_END: Final = r"(?:>|\uff1e|&gt;|\\u003e|&#(?:x0{0,6}3e|0{0,6}62);)"
_BRACKETS: Final = dict.fromkeys(map(ord, "\u2039\u2329\u27e8\u276e\u2770\u3008\u1438\u02c2"), "<")


def without_private(text: str) -> str | None:
    """Return the text without its private sections: in any case, nested, or open to the end.

    What is left never holds a tag: pieces that would come together as one are taken out in turn. None where
    a tag closes what opens nowhere, or is written in a way that is known but not read: then what is private
    can't be told.
    """
    for _ in range(_MOST_READINGS):
        cut = _cut(text)
        if cut is None:
            return None
        if cut == text:
            break
        text = cut
    else:
        tag = _tag().search(text)
        text = text[: tag.start()] if tag else text
    return None if _holds_disguised(text) else text


def _cut(text: str) -> str | None:
    kept: list[str] = []
    depth = start = 0
    for tag in _tag().finditer(text):
        if not tag["closing"]:
            if tag["less_than"] and not tag["end"]:
                continue
            if depth == 0:
                kept.append(text[start : tag.start()])
            depth += 1
        elif depth == 0:
            return None
        elif tag["end"]:
            depth -= 1
            start = tag.end()
    if depth == 0:
        kept.append(text[start:])
    return "".join(kept)


@cache
def _tag() -> re.Pattern[str]:
    """Match a tag's start; what follows an opening one's name is private too, so its end is not looked at.

    Only `a < private b` needs an end to be a tag: without one it compares.
    """
    name = _GAP.join("private")
    return re.compile(
        rf"{_OPEN}(?P<less_than>{_GAP})(?P<closing>(?:/{_GAP})?){name}(?![\w-])(?P<end>[^<>&\\]{{0,200}}{_END})?",
        re.IGNORECASE,
    )


def _holds_disguised(text: str) -> bool:
    for _ in range(_MOST_ESCAPES):
        if not _escapes().search(text):
            break
        text = html.unescape(unquote(_escapes().sub(_unescaped, text)))
    return _plain_tag().search(views(text).lines.translate(_BRACKETS)) is not None


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape["code"], 16)) if escape["code"] else escape[0]


@cache
def _escapes() -> re.Pattern[str]:
    return re.compile(r"\\(?:u\{?0{0,4}|x)(?P<code>[0-9a-f]{2})\}?|&#?\w|%[0-9a-f]{2}", re.IGNORECASE)


@cache
def _plain_tag() -> re.Pattern[str]:
    start = r"<(?:\s*+[/\\]++\s*+|(?!\s)|\s++(?=[^<>]{0,200}>))"
    return re.compile(start + r"[\s_]*+".join("private") + r"(?![\w-])")
