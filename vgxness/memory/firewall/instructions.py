"""Whether a text instructs the agent who will read it, instead of telling it something."""

from __future__ import annotations

import base64
import binascii
import re
from functools import cache
from typing import Final

from vgxness.memory.firewall.deeds import DEED_RULES
from vgxness.memory.firewall.languages import LANGUAGE_RULES
from vgxness.memory.firewall.phrases import PHRASE_RULES, SQUEEZED_RULES
from vgxness.memory.firewall.quotations import without_quotations
from vgxness.memory.firewall.shapes import SHAPE_RULES
from vgxness.memory.firewall.views import hides_text, views

_ENCODED: Final = r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,4000}={0,2}(?![A-Za-z0-9+/=])"
_MOST_DECODED: Final = 20
_TALK_RULES: Final = (*PHRASE_RULES, *DEED_RULES, *LANGUAGE_RULES)


def instruction_rules(text: str) -> tuple[str, ...]:
    """Return the names of the rules that a text breaks, each once, in the order of the table.

    A phrase that stands in quotes, among words that describe it, breaks none. Hidden characters always do.
    """
    hidden = ("hidden-text",) if hides_text(text) else ()
    broken = _broken(text)
    if broken:
        broken = _broken(without_quotations(text))
    if not broken and _decoded_breaks(text):
        broken = ("encoded-instruction",)
    return (*hidden, *broken)


def _broken(text: str) -> tuple[str, ...]:
    seen = views(text)
    found = [name for name, pattern in SHAPE_RULES if _compiled(pattern).search(seen.lines)]
    found += [name for name, pattern in _TALK_RULES if _compiled(pattern).search(seen.flat)]
    found += [name for name, pattern in SQUEEZED_RULES if _compiled(pattern).search(seen.squeezed)]
    return tuple(dict.fromkeys(found))


def _decoded_breaks(text: str) -> bool:
    """Whether one of the first twenty runs of base64 decodes to a text that breaks a rule."""
    for number, run in enumerate(_compiled(_ENCODED).finditer(text)):
        if number >= _MOST_DECODED:
            break
        if _broken(_decoded(run[0])):
            return True
    return False


def _decoded(run: str) -> str:
    try:
        text = base64.b64decode(run + "=" * (-len(run) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return text if text.isprintable() else ""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
