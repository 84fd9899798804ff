"""What each of Antigravity's JSON files must look like, and what comes of it where one does not.

The consequences were measured by others with `agy` 1.1.25 and 1.1.26, or are the vendor's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from vgxness_antigravity.strict_json import Document, Node, NotStrictError, parse, place

Wrong: TypeAlias = tuple[int, str, str]
"""An offset, what is wrong there, and what comes of it."""

NO_SESSION: Final = "agy exits 1 and starts no session"
NO_SERVERS: Final = "no server of the file is read"
DROPPED: Final = "that server is dropped without a word"
NO_HOOKS: Final = "all hooks of the file are dropped"
NO_PLUGIN: Final = "the plugin is not loaded"
NO_REGISTRY: Final = "the file is skipped"
UNKNOWN: Final = "what agy does then is not documented"

_FLAT_EVENTS: Final = ("SessionStart", "PreInvocation", "PostInvocation", "Stop")
_TOOL_EVENTS: Final = ("PreToolUse", "PostToolUse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing in a file that Antigravity does not take; never holds content.

    Attributes:
        then: what comes of it.
    """

    line: int
    column: int
    what: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file: what an unparsable one costs, and what else can be wrong with it.

    Attributes:
        unreadable: what comes of a syntax error or of a root that is not an object.
        may_be_empty: whether a file of no bytes counts as an empty object.
    """

    unreadable: str
    look: Callable[[Document, Mapping[str, Node]], Iterator[Wrong]]
    may_be_empty: bool = False

    def faults(self, content: bytes) -> tuple[Fault, ...]:
        """Return what is wrong with a file, in the order of its places."""
        if not content and self.may_be_empty:
            return ()
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as problem:
            text = content[: problem.start].decode("utf-8")
            return (_fault(text, (len(text), "bytes that are not UTF-8", self.unreadable)),)
        try:
            document = parse(text)
        except NotStrictError as problem:
            return (_fault(text, (problem.at, problem.what, self.unreadable)),)
        root = document.root.value
        if not isinstance(root, dict):
            return (_fault(text, (document.root.at, "a root that is not an object", self.unreadable)),)
        return tuple(_fault(text, wrong) for wrong in sorted(self.look(document, root)))


def _fault(text: str, wrong: Wrong) -> Fault:
    line, column = place(text, wrong[0])
    return Fault(line=line, column=column, what=wrong[1], then=wrong[2])


def _servers(document: Document, root: Mapping[str, Node]) -> Iterator[Wrong]:
    table = root.get("mcpServers")
    if table is None:
        if root:
            yield document.root.at, "no `mcpServers` in it", NO_SERVERS
        return
    if not isinstance(table.value, dict):
        yield table.at, "`mcpServers` is not an object", NO_SERVERS
        return
    for server in table.value.values():
        if not isinstance(server.value, dict):
            yield server.at, "a server that is not an object", DROPPED
            continue
        yield from _server(server.value)


def _server(server: Mapping[str, Node]) -> Iterator[Wrong]:
    for key, is_right, kind in _SERVER_KEYS:
        node = server.get(key)
        if node is not None and not is_right(node):
            yield node.at, f"`{key}` is not {kind}", DROPPED
    if "type" in server and "command" in server:
        yield (
            server["type"].at,
            "a `type` beside a `command`",
            "Antigravity 2.0 drops that server without a word",
        )


def _is_text(node: Node) -> bool:
    return isinstance(node.value, str)


def _is_flag(node: Node) -> bool:
    return isinstance(node.value, bool)


def _is_texts(node: Node) -> bool:
    return isinstance(node.value, list) and all(_is_text(item) for item in node.value)


def _is_text_table(node: Node) -> bool:
    return isinstance(node.value, dict) and all(_is_text(item) for item in node.value.values())


_SERVER_KEYS: Final[tuple[tuple[str, Callable[[Node], bool], str], ...]] = (
    ("command", _is_text, "a string"),
    ("cwd", _is_text, "a string"),
    ("url", _is_text, "a string"),
    ("serverUrl", _is_text, "a string"),
    ("args", _is_texts, "a list of strings"),
    ("disabledTools", _is_texts, "a list of strings"),
    ("enabledTools", _is_texts, "a list of strings"),
    ("env", _is_text_table, "a table of strings"),
    ("headers", _is_text_table, "a table of strings"),
    ("disabled", _is_flag, "true or false"),
    ("authProviderType", lambda node: node.value == "google_credentials", "`google_credentials`"),
)


def _manifest(document: Document, root: Mapping[str, Node]) -> Iterator[Wrong]:
    for at in document.repeats:
        yield at, "a key that stands twice", NO_PLUGIN
    for key in ("name", "description", "logo"):
        node = root.get(key)
        if node is not None and not isinstance(node.value, str | None):
            yield node.at, f"`{key}` is not a string", NO_PLUGIN
    disabled = root.get("disabled")
    if disabled is not None and not isinstance(disabled.value, bool | None):
        yield disabled.at, "`disabled` is not true or false", NO_PLUGIN


def _hooks(document: Document, root: Mapping[str, Node]) -> Iterator[Wrong]:
    for hook in root.values():
        if not isinstance(hook.value, dict):
            yield hook.at, "a hook that is not an object", NO_HOOKS
            continue
        for event, node in hook.value.items():
            if event == "enabled" and not _is_flag(node):
                yield node.at, "`enabled` is not true or false", NO_HOOKS
            if event in (*_FLAT_EVENTS, *_TOOL_EVENTS):
                yield from _event(node, has_matchers=event in _TOOL_EVENTS)


def _event(node: Node, *, has_matchers: bool) -> Iterator[Wrong]:
    if not isinstance(node.value, list):
        yield node.at, "an event that is not a list", NO_HOOKS
        return
    for item in node.value:
        if not isinstance(item.value, dict):
            yield item.at, "a handler that is not an object", NO_HOOKS
        elif has_matchers and "hooks" in item.value:
            yield from _event(item.value["hooks"], has_matchers=False)
        elif (timeout := item.value.get("timeout")) and type(timeout.value) is not int:
            yield timeout.at, "`timeout` is not a whole number", NO_HOOKS


def _registry(document: Document, root: Mapping[str, Node]) -> Iterator[Wrong]:
    entries = root.get("entries")
    if entries is None:
        return
    if not isinstance(entries.value, list):
        yield entries.at, "`entries` is not a list", NO_REGISTRY
        return
    for item in entries.value:
        path = item.value.get("path") if isinstance(item.value, dict) else None
        if path is None or not _is_text(path):
            yield item.at, "an entry without a `path`", NO_REGISTRY


def _anything(document: Document, root: Mapping[str, Node]) -> Iterator[Wrong]:
    yield from ()


SERVERS: Final = Format(unreadable=NO_SESSION, look=_servers, may_be_empty=True)
MANIFEST: Final = Format(unreadable=NO_PLUGIN, look=_manifest)
HOOKS: Final = Format(unreadable=NO_HOOKS, look=_hooks)
REGISTRY: Final = Format(unreadable=NO_REGISTRY, look=_registry)
SETTINGS: Final = Format(unreadable=UNKNOWN, look=_anything)
