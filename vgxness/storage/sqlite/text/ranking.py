"""How well a document answers a question: BM25 over weighted fields, coverage, phrases; and its snippet."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vgxness.storage.sqlite.text.stem import stem
from vgxness.storage.sqlite.text.words import STOP_WORDS, Question, fold

TITLE, KEY, BODY = 3.0, 2.0, 1.0
_SATURATION: Final = 1.2
_LENGTH: Final = 0.4
_COVERAGE: Final = 0.3
_PHRASE: Final = 0.15
_SNIPPET: Final = 240
_BEFORE: Final = 60  # characters of a snippet that come before the first match
_WIDEST_GAP: Final = 40  # characters of stop words between two neighbours
_GAP_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Document:
    """What is ranked: the fields as they were put in."""

    number: int
    title: str
    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Match:
    """One word of the question, found in one field."""

    word: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document and its relevance."""

    document: Document
    relevance: float
    words: tuple[int, ...]
    phrase: bool
    snippet: str


class Ranking:
    """Ranks documents for one question.

    Attributes:
        weights: of each word of the question, by rarity.
        found: for each document's number the words that the index found in it.
    """

    def __init__(
        self, question: Question, weights: Sequence[float], found: Mapping[int, Sequence[int]]
    ) -> None:
        self._question = question
        self._weights = weights
        self._found = found
        self._pattern = re.compile(
            r"(?<![^\W_])(?:" + "|".join(f"({word.pattern})" for word in question.words) + ")"
            if all(word.stem for word in question.words)
            else "|".join(
                rf"(?<![^\W_])({word.pattern})" if word.stem else f"({word.pattern})"
                for word in question.words
            )
        )
        self._by_stem = {word.stem: place for place, word in enumerate(question.words) if word.stem}

    def rank(self, documents: Sequence[Document], limit: int) -> list[Ranked]:
        """Return the best `limit` documents, best first; of equals the newer."""
        if not documents:
            return []
        mean = sum(len(document.body) for document in documents) / len(documents) or 1.0
        ranked = [self._ranked(document, mean) for document in documents]
        ranked.sort(key=lambda one: (-one.relevance, -one.document.number))
        return ranked[:limit]

    def _ranked(self, document: Document, mean: float) -> Ranked:
        fields = (
            (TITLE, document.title, self._matches(document.title)),
            (KEY, document.key, self._matches(document.key)),
            (BODY, document.body, self._matches(document.body)),
        )
        counts: dict[int, float] = dict.fromkeys(self._found.get(document.number, ()), 0.0)
        for weight, _, matches in fields:
            for match in matches:
                counts[match.word] = counts.get(match.word, 0.0) + weight
        pairs = {pair for _, text, matches in fields for pair in self._side_by_side(text, matches)}
        return Ranked(
            document=document,
            relevance=self._relevance(counts, len(document.body) / mean, pairs),
            words=tuple(sorted(counts)),
            phrase=bool(pairs),
            snippet=snippet(document.body, fields[2][2]),
        )

    def _relevance(self, counts: Mapping[int, float], length: float, pairs: set[tuple[int, int]]) -> float:
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * length)
        score = sum(
            self._weights[word] * (count or 0.5) * (_SATURATION + 1) / ((count or 0.5) + norm)
            for word, count in counts.items()
        )
        whole = sum(self._weights)
        covered = sum(self._weights[word] for word in counts) / whole if whole else 0.0
        phrases = sum(min(self._weights[one], self._weights[two]) for one, two in pairs)
        return score * (1 + _COVERAGE * covered) + _PHRASE * phrases

    def _matches(self, text: str) -> list[Match]:
        folded = fold(text)
        found: list[Match] = []
        for match in self._pattern.finditer(folded):
            group = match.lastindex
            if group is None:
                continue
            piece = match.group()
            word = group - 1 if not self._question.words[group - 1].stem else self._by_stem.get(stem(piece))
            if word is not None:
                found.append(Match(word, match.start(), match.end()))
        return found

    def _side_by_side(self, text: str, matches: Sequence[Match]) -> set[tuple[int, int]]:
        wanted = self._question.neighbours
        return {
            (one.word, two.word)
            for one, two in pairwise(matches)
            if (one.word, two.word) in wanted and _only_stop_words(text[one.end : two.start])
        }


def _only_stop_words(gap: str) -> bool:
    if len(gap) > _WIDEST_GAP:
        return False
    return all(word in STOP_WORDS for word in _GAP_WORD.findall(gap.lower()))


def weight(holders: float, documents: float) -> float:
    """Return how telling a word is that stands in `holders` of so many documents; always positive."""
    return math.log(1 + (documents - min(holders, documents) + 0.5) / (holders + 0.5))


def snippet(body: str, matches: Sequence[Match]) -> str:
    """Return at most 240 characters of the body, where the most different words stand close together."""
    if len(body) > _SNIPPET:
        body = _window(body, _start(matches))
    return " ".join(body.split())[:_SNIPPET]


def _start(matches: Sequence[Match]) -> int:
    best, most = 0, 0
    for place, match in enumerate(matches[:64]):
        near = {
            other.word
            for other in matches[place : place + 16]
            if other.end - match.start < _SNIPPET - _BEFORE
        }
        if len(near) > most:
            best, most = match.start, len(near)
    return max(0, best - _BEFORE)


def _window(body: str, start: int) -> str:
    start = min(start, max(0, len(body) - _SNIPPET + 2))
    end = start + _SNIPPET - 2
    if start and (space := body.find(" ", start, start + _BEFORE // 2)) >= 0:
        start = space + 1
    text = body[start:end]
    if end < len(body) and (space := text.rfind(" ", len(text) - _BEFORE // 2)) > 0:
        text = text[:space]
    return ("…" if start else "") + text + ("…" if end < len(body) else "")
