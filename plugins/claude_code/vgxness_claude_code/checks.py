"""What the doctor asks about Claude Code; every check only reads, and no content is ever shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from vgxness.plugin import Context, Finding, JsonValue
from vgxness_claude_code.approval import Approval, Settings, approval_of, is_trusted, settings_of
from vgxness_claude_code.document import Document, items, read, table
from vgxness_claude_code.names import SERVER_NAME
from vgxness_claude_code.places import places

_HOOK_TYPES: Final = ("command", "prompt", "agent", "http", "mcp_tool")


def settings(context: Context) -> Finding:
    """Look for what makes Claude Code drop a settings file as a whole, which it does without a word."""
    files = [
        document
        for document in settings_of(places(context), context.workspace).every
        if document.exists or document.problem
    ]
    if not files:
        return Finding(severity="skipped", summary="Claude Code has no settings files here.")
    faults = [f"{document.path}: {fault}" for document in files for fault in _faults(document)]
    if faults:
        return Finding(
            severity="error",
            summary="Claude Code drops a settings file as a whole: its permissions and hooks don't count.",
            evidence=tuple(faults),
            hint="Mend what is named; these files are strict JSON, without comments and trailing commas.",
        )
    return Finding(
        severity="ok",
        summary="Claude Code reads every settings file.",
        evidence=tuple(str(document.path) for document in files),
    )


def trust(context: Context) -> Finding:
    """Tell how Claude Code stands to this project's `.mcp.json` and permissions; nothing is approved here."""
    known = places(context)
    read_settings = settings_of(known, context.workspace)
    trusted = is_trusted(known, context.workspace)
    ignored = _ignored_permissions(read_settings, trusted=trusted)
    path = context.workspace / ".mcp.json"
    if SERVER_NAME not in table(read(path).value, "mcpServers"):
        return Finding(
            severity="info" if ignored else "skipped",
            summary="This project's .mcp.json does not name vgxness, so nothing need be approved.",
            evidence=ignored,
        )
    approval = approval_of(read_settings, SERVER_NAME, trusted=trusted)
    return _explained(approval, ignored, trusted=trusted)


def _explained(approval: Approval, ignored: tuple[str, ...], *, trusted: bool) -> Finding:
    folder = "trusted" if trusted else "not trusted yet: Claude Code asks when it is started here"
    evidence = (f"this folder is {folder}", *ignored)
    if approval.state == "hidden":
        return Finding(
            severity="warning",
            summary=f"disabledMcpjsonServers hides {SERVER_NAME} from Claude Code in this project.",
            evidence=(f"{approval.by}: disabledMcpjsonServers names {SERVER_NAME}", *evidence),
            hint="Take the name out of that list, if it should not be there.",
        )
    if approval.state == "approved":
        return Finding(
            severity="ok",
            summary=f"{SERVER_NAME} of this project's .mcp.json is approved.",
            evidence=(f"approved in {approval.by}", *evidence),
        )
    if approval.state == "untrusted":
        evidence = (f"{approval.by} approves it, which counts once the folder is trusted", *evidence)
    return Finding(
        severity="info",
        summary=f"{SERVER_NAME} of this project's .mcp.json waits for your approval;"
        " `claude -p` uses it without asking.",
        evidence=evidence,
        hint="Start claude here once, and answer its questions.",
    )


def _ignored_permissions(settings: Settings, *, trusted: bool) -> tuple[str, ...]:
    allowed = items(table(settings.project.value, "permissions").get("allow"))
    if trusted or not allowed:
        return ()
    return (f"{settings.project.path}: permissions.allow has {len(allowed)} entries, ignored until then",)


def _faults(document: Document) -> Iterator[str]:
    if document.problem:
        yield document.problem
        return
    allow = table(document.value, "permissions").get("allow", [])
    if not isinstance(allow, list):
        yield "permissions.allow is not a list"
    yield from _hook_faults(document)


def _hook_faults(document: Document) -> Iterator[str]:
    for event, groups in table(document.value, "hooks").items():
        for number, group in enumerate(items(groups)):
            for hook in _hooks_of(group):
                kind = hook.get("type") if isinstance(hook, Mapping) else None
                if kind not in _HOOK_TYPES:
                    yield f"hooks.{event}[{number}] has a hook of no known type"


def _hooks_of(group: JsonValue) -> tuple[JsonValue, ...]:
    return tuple(items(group.get("hooks"))) if isinstance(group, Mapping) else ()
