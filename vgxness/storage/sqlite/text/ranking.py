"""How well a document answers a question: BM25 over weighted fields, coverage, phrases; and its snippet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vgxness.storage.sqlite.text.stem import stem
from vgxness.storage.sqlite.text.words import STOP_WORDS, Question, fold, placed_tokens, tokens

TITLE, KEY, BODY = 3.0, 2.0, 1.0
_SATURATION: Final = 1.2
_LENGTH: Final = 0.4
_COVERAGE: Final = 0.3
_PHRASE: Final = 0.15
_SNIPPET: Final = 240
_BEFORE: Final = 60  # characters of a snippet that come before the first match
_OTHER, _STOP = -1, -2  # tokens that are no word of the question; stop words may part two neighbours


@dataclass(frozen=True, slots=True)
class Document:
    """What is ranked: the fields as they were put in."""

    number: int
    title: str
    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Match:
    """One word of the question, found in a body."""

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


class _Known(dict[str, int]):
    """Which word of the question a token is; found out once for each token."""

    def __init__(self, question: Question) -> None:
        super().__init__((fold(word.text), place) for place, word in enumerate(question.words))
        self._stems = {word.stem: place for place, word in enumerate(question.words) if word.stem}
        self._initials = frozenset(root[0] for root in self._stems)

    def __missing__(self, token: str) -> int:
        word = self._stems.get(stem(token), _OTHER) if token[0] in self._initials else _OTHER
        if word == _OTHER and token in STOP_WORDS:
            word = _STOP
        self[token] = word
        return word


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
        self._known = _Known(question)

    def rank(self, documents: Sequence[Document], limit: int) -> list[Ranked]:
        """Return the best `limit` documents, best first; of equals the newer."""
        if not documents:
            return []
        mean = sum(len(document.body) for document in documents) / len(documents) or 1.0
        ranked = [self._ranked(document, mean) for document in documents]
        ranked.sort(key=lambda one: (-one.relevance, -one.document.number))
        return ranked[:limit]

    def _ranked(self, document: Document, mean: float) -> Ranked:
        counts: dict[int, float] = dict.fromkeys(self._found.get(document.number, ()), 0.0)
        pairs: set[tuple[int, int]] = set()
        for weight, text in ((TITLE, document.title), (KEY, document.key), (BODY, document.body)):
            if text:
                self._count(text, weight, counts, pairs)
        return Ranked(
            document=document,
            relevance=self._relevance(counts, len(document.body) / mean, pairs),
            words=tuple(sorted(counts)),
            phrase=bool(pairs),
        )

    def _count(self, text: str, weight: float, counts: dict[int, float], pairs: set[tuple[int, int]]) -> None:
        """Count the question's words in a text, and note which neighbours stand side by side in it."""
        neighbours, known, before = self._question.neighbours, self._known, _OTHER
        for word in [known[token] for token in tokens(text)]:
            if word >= 0:
                counts[word] = counts.get(word, 0.0) + weight
                if (before, word) in neighbours:
                    pairs.add((before, word))
            if word != _STOP:
                before = word

    def snippet(self, document: Document) -> str:
        """Return at most 240 characters of the body, where most different words stand close together."""
        body = document.body
        return _snippet(body, self._matches(body) if len(body) > _SNIPPET else ())

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
        found: list[Match] = []
        for token, start in placed_tokens(text):
            word = self._known[token]
            if word >= 0:
                found.append(Match(word, start, start + len(token)))
        return found


def weight(holders: float, documents: float) -> float:
    """Return how telling a word is that stands in `holders` of so many documents; always positive."""
    return math.log(1 + (documents - min(holders, documents) + 0.5) / (holders + 0.5))


def _snippet(body: str, matches: Sequence[Match]) -> str:
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
