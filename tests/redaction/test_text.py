from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.redaction.corpus_files import formats, innocent_lines
from vgxness.redaction import REDACTED, find_secrets, redact_secrets

_PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from([each.line for each in formats()]),
    st.sampled_from(innocent_lines()),
    st.sampled_from(
        ["TOKEN=", '"', "'", ":", "password", "-----", "://", "@", REDACTED, "\n", "Bearer ", "eyJ"]
    ),
    st.sampled_from([secret for each in formats() for secret in each.secrets]),
)
TEXTS = st.lists(_PIECES, max_size=12).map("".join)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_redacting_twice_equals_redacting_once(text: str):
    once = redact_secrets(text)

    assert redact_secrets(once) == once
    assert find_secrets(once) == ()


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_found_spans_are_in_order_inside_the_text_and_apart(text: str):
    found = find_secrets(text)

    edges = [edge for secret in found for edge in (secret.start, secret.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


def test_redaction_keeps_the_name_and_drops_the_value():
    assert redact_secrets("GITHUB_TOKEN=abc DB_PASSWORD=x SECRET=y API_KEY=z") == (
        f"GITHUB_TOKEN={REDACTED} DB_PASSWORD={REDACTED} SECRET={REDACTED} API_KEY={REDACTED}"
    )


def test_a_found_secret_says_where_and_never_what():
    (secret,) = find_secrets("password=hunter2")

    assert (secret.kind, secret.start, secret.end) == ("assigned-secret", 9, 16)
    assert "hunter2" not in repr(secret)


def test_a_value_longer_than_the_patterns_read_is_redacted_to_its_end():
    assert redact_secrets('"password": "' + "a1" * 5_000 + '"') == f'"password": "{REDACTED}"'
    assert redact_secrets("API_KEY=" + "a1" * 5_000) == f"API_KEY={REDACTED}"


_MILLION = 1_000_000


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        *((unit, _MILLION) for unit in ("token=", "eyJ-", "a")),
        *((unit, _MILLION // 8) for unit in (
            "password: ", "curl -u ", "secret='", "sk_a_", "login a password ", "?key=", "<password>",
            "://a:", "\\",
            "api_key:", '"', " ", "TOKEN=a" + REDACTED, "mysql ", "<", "cookie: a=", "authorization: bearer ",
        )),
    ],
)  # fmt: skip
def test_a_hostile_megabyte_is_read_to_the_end_and_its_last_secret_is_found(unit: str, size: int):
    text = unit * (size // len(unit)) + " \nGITHUB_TOKEN=wanted-77"

    assert "wanted-77" not in redact_secrets(text)


@pytest.mark.parametrize("text", ["", " ", "\0", "=", "TOKEN", "\ud800", "🔑", REDACTED])
def test_a_text_without_a_secret_is_returned_as_it_is(text: str):
    assert redact_secrets(text) == text
