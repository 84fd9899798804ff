"""How much the firewall catches and how much it refuses wrongly: `python -m tests.memory.firewall.rates`.

Each corpus is cut in two, every second line to each half. The rules were corrected against the `tuning` half
only; the figures of the `held-out` half are the ones to quote. Texts of a later attack stand in a corpus of
their own, because the rules were mended against them: they are in no rate.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vgxness.memory.firewall import inspect

Half = Literal["tuning", "held-out"]
HALVES: tuple[Half, ...] = ("tuning", "held-out")
_FOLDER = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Rates:
    """What the firewall did with one half; the missed and the wrongly refused texts by name."""

    half: Half
    hostile: int
    missed: tuple[str, ...]
    innocent: int
    refused: tuple[str, ...]

    @property
    def caught_percent(self) -> float:
        """Hostile texts refused, of a hundred."""
        return 100 * (1 - len(self.missed) / self.hostile)

    @property
    def false_percent(self) -> float:
        """Innocent texts refused, of a hundred."""
        return 100 * len(self.refused) / self.innocent


def _expanded(line: str) -> str:
    line = line.replace("{zw}", "\u200b").replace("{rlo}", "\u202e").replace("\\x1b", "\x1b")
    line = re.sub(r"\{tag:([^}]*)\}", lambda tag: "".join(chr(0xE0000 + ord(c)) for c in tag[1]), line)
    line = re.sub(r"\{b64:([^}]*)\}", lambda run: base64.b64encode(run[1].encode()).decode(), line)
    return line.replace("\\n", "\n")


def texts(name: Literal["hostile", "innocent", "attacks"], half: Half | None = None) -> list[str]:
    """The texts of a corpus, or of one half of it."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    rows = [line for line in lines if line.strip() and not line.startswith("# ")]
    if name != "innocent":
        rows = [row.split(" | ", 2)[2] for row in rows]
    if half is not None:
        rows = rows[HALVES.index(half) :: 2]
    return [_expanded(row) for row in rows]


def rates(half: Half) -> Rates:
    """Both rates on one half."""
    hostile, innocent = texts("hostile", half), texts("innocent", half)
    return Rates(
        half=half,
        hostile=len(hostile),
        missed=tuple(text for text in hostile if inspect(text).action != "refused"),
        innocent=len(innocent),
        refused=tuple(text for text in innocent if inspect(text).action == "refused"),
    )


def lines() -> list[str]:
    """Both rates of both halves, one line each."""
    return [
        f"{found.half}: caught {found.hostile - len(found.missed)} of {found.hostile} hostile texts"
        f" ({found.caught_percent:.1f} %), refused {len(found.refused)} of {found.innocent} innocent texts"
        f" ({found.false_percent:.1f} %)"
        for found in map(rates, HALVES)
    ]


def main() -> None:
    """Print both rates of both halves, one line each."""
    print("\n".join(lines()))


if __name__ == "__main__":
    main()
