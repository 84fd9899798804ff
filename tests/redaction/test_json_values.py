from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vgxness.contract.json_value import JsonValue
from vgxness.redaction import OMITTED, REDACTED, omit_sensitive_command_output, redact_json

_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
_KEYS = st.sampled_from(["password", "Api-Key", "name", "stdout", "TOKEN=a"]) | st.text(max_size=10)
VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


def _same_shape(before: JsonValue, after: JsonValue) -> bool:
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_same_shape, before, after))
    if isinstance(before, dict) and isinstance(after, dict):
        return len(before) == len(after) and all(
            _same_shape(left, right) for left, right in zip(before.values(), after.values(), strict=True)
        )
    return after == REDACTED or type(before) is type(after)


@settings(deadline=None)
@given(VALUES)
def test_redacting_json_keeps_its_shape_and_is_done_once(value: JsonValue):
    once = redact_json(value)

    assert _same_shape(value, once)
    assert redact_json(once) == once


def test_what_stands_at_a_key_named_like_a_secret_is_replaced_whole():
    names = [
        "token",
        "client_secret",
        "PASSWORD",
        "apiKey",
        "api-key",
        "api_key",
        "Authorization",
        "credentials",
    ]

    for name in names:
        assert redact_json({name: {"a": [1]}}) == {name: REDACTED}


def test_other_keys_keep_their_values_but_for_secrets_in_strings():
    assert redact_json({"n": 1, "list": ["x", "DB_PASSWORD=y"], "ok": True, "none": None}) == {
        "n": 1,
        "list": ["x", f"DB_PASSWORD={REDACTED}"],
        "ok": True,
        "none": None,
    }


def test_two_keys_that_hold_secrets_stay_two_entries():
    value = redact_json({"sk_live_" + "a" * 20: 1, "sk_live_" + "b" * 20: 2})

    assert value == {REDACTED: 1, f"{REDACTED} 2": 2}


def test_output_of_commands_is_omitted_at_any_depth_and_the_rest_is_kept():
    value: JsonValue = {"exit": 0, "stdout": "x", "steps": [{"stderr": ["y"], "name": "n"}]}

    assert omit_sensitive_command_output(value) == {
        "exit": 0,
        "stdout": OMITTED,
        "steps": [{"stderr": OMITTED, "name": "n"}],
    }
    assert OMITTED == "[omitted by default]"


def test_a_value_nested_without_end_is_cut_and_not_a_crash():
    value: JsonValue = "DB_PASSWORD=deep"
    for _ in range(5_000):
        value = [value]

    cut = redact_json(value)

    for _ in range(201):
        assert isinstance(cut, list)
        cut = cut[0]
    assert cut == REDACTED
    omit_sensitive_command_output(value)


def test_strings_alone_are_redacted_where_the_keys_are_our_own() -> None:
    from vgxness.redaction import redact_strings

    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    answer = {"tokens": 1200, "next_token": "page-2", "hits": [{"title": f"the key is {secret}", "on": True}]}
    safe = redact_strings(answer)
    assert safe == {
        "tokens": 1200,
        "next_token": "page-2",
        "hits": [{"title": f"the key is {REDACTED}", "on": True}],
    }
