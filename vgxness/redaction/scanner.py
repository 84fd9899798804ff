"""Finds secrets in a text and takes them out; linear in the length of the text.

A rule is compiled and tried only when one of its triggers stands in the text. What is between two secrets is
read again until nothing more is found there, because a cut changes what its neighbours look like: so
redacting twice equals redacting once.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, TypeAlias

from vgxness.redaction.assignments import ASSIGNMENT_RULES
from vgxness.redaction.carriers import CARRIER_RULES
from vgxness.redaction.models import Rule, Secret
from vgxness.redaction.tokens import TOKEN_RULES

REDACTED: Final = "[REDACTED]"

_RULES: Final = (*TOKEN_RULES, *CARRIER_RULES, *ASSIGNMENT_RULES)
_SHORTEST: Final = 5
_Span: TypeAlias = tuple[int, int, int]
# A piece that still changes after this many readings was built to; it is taken out whole.
_MOST_READINGS: Final = 6


def redact_secrets(value: str) -> str:
    """Return the text with `[REDACTED]` in place of each secret; the same text when it holds none."""
    secrets = find_secrets(value)
    if not secrets:
        return value
    parts: list[str] = []
    done = 0
    for secret in secrets:
        parts += (value[done : secret.start], REDACTED)
        done = secret.end
    return "".join((*parts, value[done:]))


def find_secrets(value: str) -> tuple[Secret, ...]:
    """Return the secrets of a text in order, none touching another; empty for a text that holds none."""
    found: list[Secret] = []
    known: dict[str, list[_Span]] = {}
    waiting = [(start, end, 1) for start, end in _between_marks(value)]
    while waiting:
        start, end, reading = waiting.pop()
        piece = value[start:end]
        spans = known.get(piece)
        if spans is None:
            spans = known[piece] = _read(piece)
        if spans and reading > _MOST_READINGS:
            found.append(Secret(kind=_RULES[spans[0][2]].kind, start=start, end=end))
            continue
        edge = start
        for first, last, rule in spans:
            found.append(Secret(kind=_RULES[rule].kind, start=start + first, end=start + last))
            waiting.append((edge, start + first, reading + 1))
            edge = start + last
        if spans:
            waiting.append((edge, end, reading + 1))
    return _joined(found)


def _between_marks(value: str) -> list[tuple[int, int]]:
    """Return the pieces between marks left by an earlier redaction: a mark is never part of a secret."""
    pieces: list[tuple[int, int]] = []
    start = 0
    while (mark := value.find(REDACTED, start)) >= 0:
        pieces.append((start, mark))
        start = mark + len(REDACTED)
    return [*pieces, (start, len(value))]


def _joined(found: list[Secret]) -> tuple[Secret, ...]:
    joined: list[Secret] = []
    for secret in sorted(found, key=lambda each: each.start):
        if joined and joined[-1].end >= secret.start:
            before = joined.pop()
            secret = Secret(kind=before.kind, start=before.start, end=max(before.end, secret.end))
        joined.append(secret)
    return tuple(joined)


def _read(text: str) -> list[_Span]:
    """Return (start, end, rule) of each secret of a piece, in order; of overlapping rules the first names."""
    if len(text) < _SHORTEST:
        return []
    lowered = text.lower()
    spans: list[_Span] = []
    for number in {number for trigger, numbers in _triggers() if trigger in lowered for number in numbers}:
        spans += ((start, end, number) for start, end in _matches(_RULES[number], text))
    spans.sort()
    merged: list[_Span] = []
    for start, end, number in spans:
        if merged and merged[-1][1] > start:
            before = merged.pop()
            start, end, number = before[0], max(before[1], end), min(before[2], number)
        merged.append((start, end, number))
    return merged


@cache
def _triggers() -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return each trigger with the numbers of its rules."""
    numbers: dict[str, list[int]] = {}
    for number, rule in enumerate(_RULES):
        for trigger in rule.triggers:
            numbers.setdefault(trigger, []).append(number)
    return tuple((trigger, tuple(each)) for trigger, each in numbers.items())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _matches(rule: Rule, text: str) -> list[tuple[int, int]]:
    pattern = _compiled(rule.pattern)
    group = "secret" if "secret" in pattern.groupindex else 0
    if rule.judge is None:
        return [match.span(group) for match in pattern.finditer(text)]
    spans: list[tuple[int, int]] = []
    position = 0
    while match := pattern.search(text, position):
        if not rule.judge(match):
            position = match.start(group)
            continue
        end = match.end(group)
        rest = _compiled(rule.rest).match(text, end) if rule.rest else None
        position = rest.end() if rest else end
        spans.append((match.start(group), position))
    return spans
