"""Reads the corpus: formats with their random parts filled in from a seed, and innocent lines."""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

_FOLDER = Path(__file__).parent / "corpus"
_ALPHABETS = {
    "hex": "0123456789abcdef",
    "alnum": string.ascii_letters + string.digits,
    "url": string.ascii_letters + string.digits + "_-",
    "upper": string.ascii_uppercase + string.digits,
    "lower": string.ascii_lowercase,
    "digits": string.digits,
    "base32_": string.ascii_uppercase + "234567",
}


@dataclass(frozen=True, slots=True)
class Format:
    """One line with its secrets filled in."""

    template: str
    kind: str
    line: str
    secrets: tuple[str, ...]


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("# ")]


def _filled(template: str, seed: str) -> str:
    chance = random.Random(seed)

    def fill(match: re.Match[str]) -> str:
        if match[0] == "{uuid}":
            return str(UUID(int=chance.getrandbits(128), version=4))
        letters = "".join(chance.choices(_ALPHABETS[match[1]], k=int(match[2]) - 1))
        # A letter first: a value that happens to begin with a hyphen is another case.
        return (chance.choice(_ALPHABETS[match[1]][10:16] or "1") + letters)[: int(match[2])]

    filled = re.sub(r"\{(hex|alnum|url|upper|lower|digits|base32_)(\d+)\}|\{uuid\}", fill, template)
    return filled.replace("\\\\n", "\0").replace("\\n", "\n").replace("\0", "\\n")


def formats(seed: str = "corpus") -> list[Format]:
    """Every format, its random parts drawn from the seed."""
    found: list[Format] = []
    for line in _lines("formats.txt"):
        kind, template = line.split(" | ", 1)
        marked = _filled(template, f"{seed}:{line}")
        secrets = tuple(re.findall("«(.*?)»", marked, re.DOTALL))
        found.append(Format(template, kind, marked.replace("«", "").replace("»", ""), secrets))
    return found


def innocent_lines() -> list[str]:
    """Every line that holds no secret."""
    return _lines("innocent.txt")
