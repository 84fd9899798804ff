from __future__ import annotations

import pytest

from tests.redaction.corpus_files import Format, formats, innocent_lines
from vgxness.redaction import REDACTED, find_secrets, redact_json, redact_secrets

FORMATS = formats()
INNOCENT = innocent_lines()


def test_the_corpus_holds_at_least_150_formats_and_150_innocent_lines():
    assert len({each.template for each in FORMATS}) >= 150
    assert len(set(INNOCENT)) >= 150


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: f"{each.kind}: {each.template[:50]}")
def test_a_format_is_redacted_named_and_leaves_nothing_of_its_secret(each: Format):
    redacted = redact_secrets(each.line)

    assert each.secrets
    assert redacted.count(REDACTED) >= len(each.secrets)
    for secret in each.secrets:
        assert len(secret) < 3 or secret not in redacted.replace(REDACTED, "\0"), redacted
        assert secret[len(secret) // 2 :] not in redacted or len(secret) < 8, redacted
    assert each.kind in {found.kind for found in find_secrets(each.line)}


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: f"{each.kind}: {each.template[:50]}")
def test_what_stands_around_a_secret_is_kept(each: Format):
    before = each.line[: each.line.index(each.secrets[0])]

    assert redact_secrets(each.line).startswith(before)


@pytest.mark.parametrize("seed", ["one", "two", "three", "four"])
def test_formats_are_found_whatever_their_random_part(seed: str):
    missed = [
        each.template
        for each in formats(seed)
        if any(len(secret) > 2 and secret in redact_secrets(each.line) for secret in each.secrets)
    ]

    assert missed == []


@pytest.mark.parametrize("line", INNOCENT)
def test_an_innocent_line_comes_through_unchanged(line: str):
    assert redact_secrets(line) == line
    assert find_secrets(line) == ()


def test_innocent_lines_come_through_unchanged_as_one_text():
    text = "\n".join(INNOCENT)

    assert redact_secrets(text) == text


def test_every_secret_is_found_inside_one_large_text():
    text = "\n\n".join(each.line for each in FORMATS)

    redacted = redact_secrets(text)

    left = [s for each in FORMATS for s in each.secrets if len(s) > 12 and s in redacted]
    assert left == []


def test_a_format_is_redacted_inside_a_json_value():
    value = redact_json({"log": [each.line for each in FORMATS]})

    assert isinstance(value, dict)
    assert value["log"] == [redact_secrets(each.line) for each in FORMATS]
