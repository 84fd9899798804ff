"""The forms in which a text is read: what a disguise hides, these show."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from vgxness.memory.firewall.characters import shown

_MARKS: Final = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_LOOKALIKES: Final = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u0432\u043a\u043c"
    "\u043d\u0442\u03bf\u03b1\u03b5\u03b9\u03c1\u03c5\u03bd\u0131",
    "aeopcyxijshdlbkmhtoaeipuvi",
)
_EMPHASIS: Final = r"(?<![*#>~\"'\u201c\u201d])[*#>~\"'\u201c\u201d]++(?=\w)|(?<=\w)[*~\"\u201c\u201d]++"
_DIGITS_FOR_LETTERS: Final = str.maketrans("013457@$", "oieastas")


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """One text in its plain forms.

    Attributes:
        lines: lower case, without accents, invisible characters or look-alikes from another script.
        flat: the same on one line, one space between words.
        squeezed: only its letters, digits read as the letters that they stand for.
    """

    lines: str
    flat: str
    squeezed: str


def views(text: str) -> Views:
    """Return the forms of a text; each at most a few times as long as the text."""
    plain = unicodedata.normalize("NFKD", shown(text)).casefold()
    plain = unicodedata.normalize("NFC", _compiled(_MARKS).sub("", plain))
    plain = _compiled("[\u2018\u2019\u02bc`\u00b4]").sub("'", plain)
    plain = _compiled(r"(?=[^\W\d_]{0,40}[a-z])(?=[^\W\d_]{0,40}[\u0370-\u04ff])[^\W\d_]+|\u0131").sub(
        _latin, plain
    )
    flat = _compiled(r"[\s_]+").sub(" ", _compiled(_EMPHASIS).sub("", plain))
    squeezed = _compiled(r"[^a-z]+").sub("", plain.translate(_DIGITS_FOR_LETTERS))
    return Views(lines=plain, flat=flat, squeezed=squeezed)


def _latin(word: re.Match[str]) -> str:
    return word[0].translate(_LOOKALIKES)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def hides_text(text: str) -> bool:
    """Whether characters that show nothing carry text: tags, overrides, selectors, split words."""
    return any(_compiled(pattern).search(text) for pattern in _HIDDEN)


_ZERO_WIDTH: Final = "[\u200b-\u200d\u2060-\u2064\ufeff]"
_HIDDEN: Final = (
    # A flag of a region is made of tags too: at most six of them, after a black flag.
    "(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0001-\U000e007f]",
    "\U0001f3f4[\U000e0020-\U000e007e]{7}",
    "[\u202d\u202e]",
    "[\U000e0100-\U000e01ef]{2}",
    "[\ufe00-\ufe0f]{3}",
    f"(?:[A-Za-z]{_ZERO_WIDTH}+[A-Za-z]*){{3}}",
    f"{_ZERO_WIDTH}{{8}}",
    "(?<![\u0590-\u08ff])\\s?[\u2066\u2067\u2068](?![^\u2069]{0,80}[\u0590-\u08ff])",
    "\x1b\\[(?:[0-9;]{0,10};)?8m",
)
