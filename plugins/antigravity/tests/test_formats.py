"""Each kind of file: what Antigravity does not take, where it stands, and what comes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from vgxness_antigravity import formats
from vgxness_antigravity.formats import HOOKS, MANIFEST, REGISTRY, SERVERS, SETTINGS, Format

WHOLE = "`timeout` is not a whole number"
SECRET = "sk-proj-Ab1Ab1Ab1Ab1"


def said(form: Format, text: str | bytes) -> list[tuple[int, int, str, str]]:
    content = text if isinstance(text, bytes) else text.encode()
    return [(fault.line, fault.column, fault.what, fault.then) for fault in form.faults(content)]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (SERVERS, ""),
        (SERVERS, "{}"),
        (SERVERS, '{"mcpServers": {}}'),
        (SERVERS, '{"mcpServers": {"a": {"command": "x", "args": ["y"], "disabled": true}}}'),
        (SERVERS, '{"mcpServers": {"a": {"command": "x", "env": {"K": "v"}, "unknown": 1}}}'),
        (SERVERS, '{"mcpServers": {"a": {"command": "x", "command": "y"}}}'),
        (SERVERS, '{"mcpServers": {"a": {"serverUrl": "u", "headers": {"K": "v"}}}}'),
        (SERVERS, '{"mcpServers": {"a": {"url": "u", "type": "http"}}}'),
        (SERVERS, '{"mcpServers": {"a": {"url": "u", "authProviderType": "google_credentials"}}}'),
        (MANIFEST, '{"name": "a", "description": "b", "disabled": false, "logo": "c", "version": 3}'),
        (MANIFEST, '{"name": null}'),
        (HOOKS, '{"a": {"enabled": true, "PreToolUse": [{"matcher": "x", "hooks": [{"timeout": 5}]}]}}'),
        (HOOKS, '{"a": {"Stop": [{"type": "command", "command": "y"}]}}'),
        (REGISTRY, '{"entries": [{"path": "x", "exclude": ["y"]}], "inherits": []}'),
        (REGISTRY, "{}"),
        (SETTINGS, '{"userSettings": {}}'),
    ],
)  # fmt: skip
def test_what_antigravity_takes_has_no_fault(form: Format, text: str) -> None:
    assert said(form, text) == []


@pytest.mark.parametrize(
    ("server", "what"),
    [
        ("[]", "a server that is not an object"),
        ('{"command": ["x"]}', "`command` is not a string"),
        ('{"command": "x", "args": "y"}', "`args` is not a list of strings"),
        ('{"command": "x", "args": [1]}', "`args` is not a list of strings"),
        ('{"command": "x", "env": []}', "`env` is not a table of strings"),
        ('{"command": "x", "env": {"PORT": 5432}}', "`env` is not a table of strings"),
        ('{"serverUrl": 1}', "`serverUrl` is not a string"),
        ('{"url": "u", "headers": {"A": null}}', "`headers` is not a table of strings"),
        ('{"command": "x", "disabled": "yes"}', "`disabled` is not true or false"),
        ('{"command": "x", "disabledTools": "y"}', "`disabledTools` is not a list of strings"),
        ('{"url": "u", "authProviderType": "oauth"}', "`authProviderType` is not `google_credentials`"),
        ('{"command": "x", "type": "stdio"}', "a `type` beside a `command`"),
    ],
)
def test_a_server_of_a_wrong_shape_is_dropped_without_a_word(server: str, what: str) -> None:
    text = f'{{"mcpServers": {{\n  "good": {{"command": "x"}},\n  "bad": {server}}}}}'
    ((line, _, found, then),) = said(SERVERS, text)
    assert (line, found) == (3, what)
    assert "dropped without a word" in then or "drops that server without a word" in then


@pytest.mark.parametrize(
    ("form", "text", "fault"),
    [
        (SERVERS, '{"a": {"command": "x"}}', (1, 1, "no `mcpServers` in it", formats.NO_SERVERS)),
        (SERVERS, '{"mcpServers": []}', (1, 16, "`mcpServers` is not an object", formats.NO_SERVERS)),
        (SERVERS, "[]", (1, 1, "a root that is not an object", formats.NO_SESSION)),
        (SERVERS, " ", (1, 2, "an end that comes too early", formats.NO_SESSION)),
        (SERVERS, '{"a": 1,}', (1, 8, "a trailing comma", formats.NO_SESSION)),
        (SERVERS, b'{\n"\xff": 1}', (2, 2, "bytes that are not UTF-8", formats.NO_SESSION)),
        (SERVERS, b"\xef\xbb\xbf{}", (1, 1, "a byte order mark", formats.NO_SESSION)),
        (MANIFEST, "", (1, 1, "an end that comes too early", formats.NO_PLUGIN)),
        (MANIFEST, '{"name": 4}', (1, 10, "`name` is not a string", formats.NO_PLUGIN)),
        (MANIFEST, '{"disabled": ""}', (1, 14, "`disabled` is not true or false", formats.NO_PLUGIN)),
        (MANIFEST, '{"name": "a", "name": "b"}', (1, 15, "a key that stands twice", formats.NO_PLUGIN)),
        (HOOKS, '{"enabled": true}', (1, 13, "a hook that is not an object", formats.NO_HOOKS)),
        (HOOKS, '{"a": {"enabled": 1}}', (1, 19, "`enabled` is not true or false", formats.NO_HOOKS)),
        (HOOKS, '{"a": {"Stop": {}}}', (1, 16, "an event that is not a list", formats.NO_HOOKS)),
        (HOOKS, '{"a": {"Stop": ["x"]}}', (1, 17, "a handler that is not an object", formats.NO_HOOKS)),
        (HOOKS, '{"a": {"Stop": [{"timeout": 1.5}]}}', (1, 29, WHOLE, formats.NO_HOOKS)),
        (HOOKS, '{"a": {"PreToolUse": [{"hooks": [{"timeout": true}]}]}}', (1, 46, WHOLE, formats.NO_HOOKS)),
        (REGISTRY, '[{"path": "x"}]', (1, 1, "a root that is not an object", formats.NO_REGISTRY)),
        (REGISTRY, '{"entries": {}}', (1, 13, "`entries` is not a list", formats.NO_REGISTRY)),
        (REGISTRY, '{"entries": ["x"]}', (1, 14, "an entry without a `path`", formats.NO_REGISTRY)),
        (SETTINGS, "{} //", (1, 4, "a comment", formats.UNKNOWN)),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_its_price(
    form: Format, text: str | bytes, fault: tuple[int, int, str, str]
) -> None:
    assert said(form, text) == [fault]


def test_every_fault_of_a_file_is_told_in_the_order_of_the_places() -> None:
    text = '{"mcpServers": {"a": {"args": 1},\n "b": {"env": 1, "command": 1},\n "c": []}}'
    assert [row[:2] for row in said(SERVERS, text)] == [(1, 31), (2, 15), (2, 29), (3, 7)]


@given(
    some.sampled_from([SERVERS, MANIFEST, HOOKS, REGISTRY, SETTINGS]),
    some.binary(max_size=40) | some.text(max_size=40).map(str.encode),
)
def test_no_content_is_ever_echoed_and_nothing_raises(form: Format, noise: bytes) -> None:
    content = (
        b'{"mcpServers": {"' + SECRET.encode() + b'": {"env": {"K": "' + SECRET.encode() + b'"}}}}' + noise
    )
    assert SECRET not in repr(form.faults(content))
    form.faults(noise)
