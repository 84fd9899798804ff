"""Marks of a text: how two texts are found to be the same, or nearly, without comparing all with all."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"\w{2,}")
_COMPARED: Final = 1000
_PRIME: Final = (1 << 61) - 1
_BANDS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a text is found by.

    Attributes:
        fingerprint: the same for texts that differ only in white space or Unicode form.
        bands: min-hashes of pairs; texts that share 60 % of their words agree in one of the four with a
            chance of 83 %, at 80 % with 98 %. Empty for a text without words.
    """

    fingerprint: str
    bands: tuple[int, ...]


def marks(title: str, content: str) -> Marks:
    """Return the marks of a text; the bands look at its first 1,000 characters."""
    normal = (" ".join(unicodedata.normalize("NFC", part).split()) for part in (title, content))
    return Marks(fingerprint=digest(*normal), bands=_bands(_words(f"{title} {content}")))


def digest(*parts: str) -> str:
    """Return the SHA-256 of the parts, in hex; different partings differ."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def likeness(one: str, other: str) -> float:
    """Return the shared part of the words of both texts' first 1,000 characters, 0 to 1."""
    words, others = _words(one), _words(other)
    together = words | others
    return len(words & others) / len(together) if together else 0.0


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text[:_COMPARED].casefold()))


def _bands(words: set[str]) -> tuple[int, ...]:
    if not words:
        return ()
    hashes = [zlib.crc32(word.encode("utf-8", "replace")) + 1 for word in words]
    least = [min((value * factor + term) % _PRIME for value in hashes) for factor, term in _PERMUTATIONS]
    return tuple(
        int.from_bytes(hashlib.sha256(f"{least[2 * band]} {least[2 * band + 1]}".encode()).digest()[:7])
        for band in range(_BANDS)
    )


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % (_PRIME - 1) + 1


_PERMUTATIONS: Final = tuple((_number(f"factor {it}"), _number(f"term {it}")) for it in range(2 * _BANDS))
