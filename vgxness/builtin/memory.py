"""The built-in plugin of memory: its command, tools, resource and checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vgxness.plugin import Check, Command, JsonObject, JsonValue, Resource, Tool, hookimpl

_TEXT: Final[JsonObject] = {"type": "string"}
_NUMBER: Final[JsonObject] = {"type": "integer", "minimum": 0}
_LIMIT: Final[JsonObject] = {"type": "integer", "minimum": 1, "maximum": 200}
_SCOPE: Final[JsonObject] = {"type": "string", "enum": ["project", "personal"]}
_KIND: Final[JsonObject] = {
    "type": "string",
    "enum": ["decision", "discovery", "bugfix", "pattern", "preference", "config", "session-summary", "note"],
}


def _schema(required: tuple[str, ...] = (), /, **properties: JsonObject) -> JsonObject:
    schema: dict[str, JsonValue] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


_CORE: Final = (
    Tool(
        name="vgxness_memory_save",
        description="Save a decision, discovery, bug fix, pattern or preference that later sessions need,"
        " once you learn it. Reuse topic_key to revise.",
        input_schema=_schema(
            ("title", "content"),
            title={"type": "string", "maxLength": 200},
            content=_TEXT,
            topic_key={"type": "string", "description": "stable, e.g. auth/tokens"},
            kind=_KIND,
            scope=_SCOPE,
            idempotency_key=_TEXT,
        ),
        target="vgxness.mcp.memory:save",
        profile="core",
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_search",
        description="Find what was saved before. Use it before you guess, decide or repeat work."
        " Any words do; hits are short, read one whole with vgxness_memory_get.",
        input_schema=_schema(("query",), query=_TEXT, limit=_LIMIT, kind=_KIND, scope=_SCOPE),
        target="vgxness.mcp.memory:search",
        profile="core",
        read_only=True,
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_get",
        description="Read one memory whole by its id. Use next_offset to go on in a long one.",
        input_schema=_schema(("id",), id=_TEXT, offset=_NUMBER),
        target="vgxness.mcp.memory:get",
        profile="core",
        read_only=True,
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_context",
        description="Recall the last sessions, decisions and news of this project."
        " Call it once when a session starts or its context was lost.",
        input_schema=_schema(max_tokens={"type": "integer", "minimum": 200, "maximum": 20000}),
        target="vgxness.mcp.memory:context",
        profile="core",
        read_only=True,
        idempotent=True,
    ),
)

_FULL: Final = (
    Tool(
        name="vgxness_memory_list",
        description="Page through memories, newest first. Use it to review; to find one, search.",
        input_schema=_schema(limit=_LIMIT, cursor=_TEXT, kind=_KIND, scope=_SCOPE, topic_prefix=_TEXT),
        target="vgxness.mcp.memory:list_newest",
        read_only=True,
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_update",
        description="Correct a memory whose id you know; the old text stays as a revision.",
        input_schema=_schema(
            ("id",),
            id=_TEXT,
            title=_TEXT,
            content=_TEXT,
            kind=_KIND,
            topic_key=_TEXT,
            expected_revision=_NUMBER,
        ),
        target="vgxness.mcp.memory:update",
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_revisions",
        description="Read the earlier texts of a memory, newest first. Use it to see what changed.",
        input_schema=_schema(("id",), id=_TEXT, limit=_LIMIT, before=_NUMBER),
        target="vgxness.mcp.memory:revisions",
        read_only=True,
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_forget",
        description="Take a wrong or unwanted memory out of lists and search; it can be restored.",
        input_schema=_schema(("id",), id=_TEXT),
        target="vgxness.mcp.memory:forget",
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_restore",
        description="Bring a forgotten memory back.",
        input_schema=_schema(("id",), id=_TEXT),
        target="vgxness.mcp.memory:restore",
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_relate",
        description="Record that memory `source` supersedes `target`, or that two contradict each other.",
        input_schema=_schema(
            ("source", "kind", "target"),
            source=_TEXT,
            kind={"type": "string", "enum": ["supersedes", "conflicts-with"]},
            target=_TEXT,
        ),
        target="vgxness.mcp.memory:relate",
        idempotent=True,
    ),
    Tool(
        name="vgxness_memory_stats",
        description="Count what is remembered, by scope and kind.",
        input_schema=_schema(),
        target="vgxness.mcp.memory:stats",
        read_only=True,
        idempotent=True,
    ),
)


@hookimpl
def vgxness_commands() -> Iterable[Command]:
    """Declare `vgxness memory`."""
    return (
        Command(
            name="memory",
            summary="Save, find, revise and hand on what agents should remember.",
            section="Memory",
            target="vgxness.cli.memory:memory",
        ),
    )


@hookimpl
def vgxness_mcp_tools() -> Iterable[Tool]:
    """Declare the memory tools."""
    return (*_CORE, *_FULL)


@hookimpl
def vgxness_mcp_resources() -> Iterable[Resource]:
    """Declare the project-context resource."""
    return (
        Resource(
            name="project context",
            uri_template="vgxness://project/{id}/context",
            description="What a new session should know of a project; the id `current` is this workspace's.",
            target="vgxness.mcp.memory:project_context",
        ),
    )


@hookimpl
def vgxness_doctor_checks() -> Iterable[Check]:
    """Declare the memory checks."""
    return (
        Check(
            id="memory.index",
            summary="Does search find what memory holds?",
            target="vgxness.memory.checks:index",
        ),
    )
