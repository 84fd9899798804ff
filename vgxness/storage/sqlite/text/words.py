"""What counts as a word: in the user's question, and beside the tokenizer's own in a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vgxness.storage.sqlite.text.stem import stem

_LOOKED_AT: Final = 4096
_MOST_WORDS: Final = 48

# Scripts written without spaces, which the tokenizer takes for one long word, and emoji, which it drops.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2600-\u27bf\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_PIECE: Final = re.compile(f"(?P<run>[{_UNSPACED}]+)|[^\\W_{_UNSPACED}]+")
_TOKEN: Final = re.compile(f"[{_UNSPACED}]+|[^\\W_{_UNSPACED}]+")
_ASCII_TOKEN: Final = re.compile("[a-z0-9]+")
_RUN: Final = re.compile(f"[{_UNSPACED}]")
_LETTERS: Final = re.compile(r"[^\W_]+")
_HUMP: Final = re.compile("[a-z0-9][A-Z]")
_HUMP_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

_STOP_WORDS: Final = """
a about above after again against all also am an and any are as at be because been before being below
between both but by can could did do does doing don down during each few for from further had has have
having he her here hers herself him himself his how i if in into is it its itself just let ll me more most
my myself no nor not now of off on once only or other our ours ourselves out over own re s same she should
so some such t than that the their theirs them themselves then there these they this those through to too
under until up us ve very was we were what when where which while who whom why will with would you your
yours yourself yourselves
"""
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())


class _Folding(dict[int, str]):
    """Maps a character to one lower-case base character, so that offsets stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = unicodedata.normalize("NFKD", character.lower())[:1] or character
        self[code] = base
        return base


_FOLDING: Final = _Folding()


def fold(text: str) -> str:
    """Return the text in lower case and without diacritics, of the same length."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question.

    Attributes:
        text: as the user wrote it.
        match: what finds it in the index; made of quoted letters and digits alone.
        stem: what a token of a document is compared by; "" for characters of unspaced scripts.
    """

    text: str
    match: str
    stem: str


@dataclass(frozen=True, slots=True)
class Question:
    """What of the user's text is searched for.

    Attributes:
        words: each once, in the user's order.
        neighbours: positions in `words` of pairs that stand side by side in the question.
        dropped: stop words and words beyond the bound that are not searched for.
    """

    words: tuple[Word, ...]
    neighbours: tuple[tuple[int, int], ...]
    dropped: int


def question(text: str) -> Question:
    """Read the user's words; nothing in them is syntax."""
    pieces = list(_pieces(unicodedata.normalize("NFC", text[:_LOOKED_AT])))
    telling = [piece for piece in pieces if fold(piece.text) not in STOP_WORDS] or pieces
    kept = _bounded({piece.match: piece for piece in reversed(telling)})
    order = [piece.match for piece in telling if piece.match in kept]
    places = {match: place for place, match in enumerate(dict.fromkeys(order))}
    pairs = dict.fromkeys((places[one], places[two]) for one, two in pairwise(order))
    return Question(
        words=tuple(kept[match] for match in places),
        neighbours=tuple(pair for pair in pairs if pair[0] != pair[1]),
        dropped=len({piece.match for piece in pieces}) - len(places),
    )


def _bounded(words: dict[str, Word]) -> dict[str, Word]:
    """Keep the longest words of a very long question: they tell most."""
    longest = sorted(words, key=lambda match: -len(words[match].text))[:_MOST_WORDS]
    return {match: words[match] for match in longest}


def _pieces(text: str) -> Iterator[Word]:
    for match in _PIECE.finditer(text):
        piece = match.group()
        if match.group("run"):
            yield from _grams(piece)
        else:
            yield _word(piece)


def _word(piece: str) -> Word:
    folded = fold(piece)
    return Word(piece, f'"{folded}"', stem(folded))


def _grams(run: str) -> Iterator[Word]:
    if len(run) == 1:
        yield Word(run, f"{_gram(run)}*", "")
    for place in range(len(run) - 1):
        pair = run[place : place + 2]
        yield Word(pair, _gram(pair), "")


def _gram(characters: str) -> str:
    # Letters and digits that no tokenizer splits and no stemmer shortens.
    return "g" + "".join(f"{ord(character):07d}" for character in characters)


def tokens(text: str) -> list[str]:
    """Return the words of a text, folded, in order; unspaced scripts as pairs of characters."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    found = _TOKEN.findall(fold(text))
    return [token for piece in found for token in _split(piece)]


def placed_tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield the same words with their offsets in the text."""
    if text.isascii():
        for match in _ASCII_TOKEN.finditer(text.lower()):
            yield match.group(), match.start()
        return
    for match in _TOKEN.finditer(fold(text)):
        for place, token in enumerate(_split(match.group())):
            yield token, match.start() + place


def _split(piece: str) -> list[str]:
    if len(piece) < 2 or not _RUN.match(piece):
        return [piece]
    return [piece[place : place + 2] for place in range(len(piece) - 1)]


def beside(text: str) -> str:
    """Return what the index holds of a text beside the tokenizer's own words; "" for plain prose."""
    found: list[str] = []
    if not text.isascii():
        found += _unspaced(unicodedata.normalize("NFC", text))
    # Two steps each in linear time: one pattern for both would try every start of a long run.
    for letters in _LETTERS.findall(text):
        if _HUMP.search(letters):
            found += _HUMP_PART.findall(letters)
    return " ".join(found)


def _unspaced(text: str) -> list[str]:
    grams: list[str] = []
    touching: list[str] = []
    for match in _PIECE.finditer(text):
        if run := match.group("run"):
            # Each character begins a gram, the last one too: a single character is found by prefix.
            grams += [_gram(run[place : place + 2]) for place in range(len(run))]
        elif _RUN.search(text[max(0, match.start() - 1) : match.end() + 1]):
            touching.append(match.group())
    return grams + touching
