"""What the doctor asks about Antigravity's own files; every check only reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from vgxness.plugin import Context, Finding, Severity
from vgxness_antigravity.formats import HOOKS, MANIFEST, NO_SESSION, REGISTRY, SERVERS, SETTINGS, Format
from vgxness_antigravity.places import (
    PLUGIN_NAME,
    SERVER_NAME,
    cli_settings,
    config_directory,
    old_server_files,
    plugin_directory,
    workspace_directory,
)
from vgxness_antigravity.reading import Unreadable, read, stands, table

_IN_A_ROOT: Final = {
    "mcp_config.json": SERVERS,
    "hooks.json": HOOKS,
    "skills.json": REGISTRY,
    "agents.json": REGISTRY,
    "plugins.json": REGISTRY,
}
_IN_A_PLUGIN: Final = {"plugin.json": MANIFEST, "mcp_config.json": SERVERS, "hooks.json": HOOKS}


def files(context: Context) -> Finding:
    """Read each of Antigravity's JSON files as strictly as it does, and name the places it does not take."""
    evidence: list[str] = []
    first: Path | None = None
    count, is_fatal = 0, False
    for path, form in documented(context.paths.home, context.workspace):
        content = read(path)
        if content is None:
            continue
        count += 1
        for line, then in _said(path, content, form):
            evidence.append(line)
            is_fatal = is_fatal or then == NO_SESSION
            first = first or path
    if first is None:
        return _all_well(count)
    return Finding(
        severity="error" if is_fatal else "warning",
        summary=f"Antigravity does not take {first} as it stands.",
        evidence=tuple(evidence),
        hint=f"edit {first}",
    )


def documented(home: Path, workspace: Path) -> Iterator[tuple[Path, Format]]:
    """Yield every JSON file that Antigravity documents, with its format, whether it stands or not."""
    config = config_directory(home)
    for root in (config, workspace_directory(workspace)):
        for name, form in _IN_A_ROOT.items():
            yield root / name, form
        for plugin in _directories(root / "plugins"):
            for name, form in _IN_A_PLUGIN.items():
                yield plugin / name, form
    yield config / "config.json", SETTINGS
    yield cli_settings(home), SETTINGS


def places(context: Context) -> Finding:
    """Look for what Antigravity does not read, and for what switches us off."""
    home, workspace = context.paths.home, context.workspace
    warnings = [*_switched_off(home), *_servers_elsewhere(home), *_untrusted(home, workspace)]
    notices = [*_old_files(home), *_old_directory(workspace)]
    severity: Severity = "warning" if warnings else "info" if notices else "ok"
    said = [*warnings, *notices]
    return Finding(
        severity=severity,
        summary=said[0][0] if said else "Nothing stands in a wrong place, and nothing switches vgxness off.",
        evidence=tuple(line for line, _ in said[1:]),
        hint=next((hint for _, hint in said if hint), ""),
    )


def _said(path: Path, content: bytes | Unreadable, form: Format) -> Iterator[tuple[str, str]]:
    if isinstance(content, Unreadable):
        yield f"{path}: {content.why}", form.unreadable
        return
    for fault in form.faults(content):
        yield f"{path}, line {fault.line}, column {fault.column}: {fault.what}; {fault.then}", fault.then


def _all_well(count: int) -> Finding:
    if not count:
        return Finding(severity="skipped", summary="Antigravity has no JSON file here.")
    return Finding(severity="ok", summary=f"Antigravity can read all of its JSON files ({count}).")


def _directories(parent: Path) -> list[Path]:
    try:
        return sorted(child for child in parent.iterdir() if child.is_dir())
    except OSError:
        return []


def _switched_off(home: Path) -> Iterator[tuple[str, str]]:
    plugin = plugin_directory(home)
    manifest = table(plugin / "plugin.json")
    if not manifest:
        return
    config = config_directory(home) / "config.json"
    # Where config.json says anything of a plugin, it wins over the manifest.
    enabled = table(config, "plugins", PLUGIN_NAME).get("enabled")
    if enabled is False:
        yield f"{config} switches the plugin {PLUGIN_NAME} off.", f"agy plugin enable {PLUGIN_NAME}"
    elif enabled is None and manifest.get("disabled") is True:
        yield (
            f"{plugin / 'plugin.json'} says that the plugin is disabled.",
            f"agy plugin enable {PLUGIN_NAME}",
        )
    servers = plugin / "mcp_config.json"
    if table(servers, "mcpServers", SERVER_NAME).get("disabled") is True:
        yield f"The server is switched off in {servers}.", f'remove "disabled" in {servers}'


def _servers_elsewhere(home: Path) -> Iterator[tuple[str, str]]:
    for path in old_server_files(home):
        if SERVER_NAME in table(path, "mcpServers"):
            yield (
                f"{path} has a server {SERVER_NAME}, and Antigravity 2.x does not read that file.",
                "vgxness setup apply --provider antigravity",
            )


def _old_files(home: Path) -> Iterator[tuple[str, str]]:
    current = config_directory(home) / "mcp_config.json"
    for path in old_server_files(home):
        servers = table(path, "mcpServers")
        if servers and SERVER_NAME not in servers:
            yield f"{path} has servers that Antigravity 2.x does not read; it reads {current}.", ""


def _old_directory(workspace: Path) -> Iterator[tuple[str, str]]:
    old, current = workspace / ".agent", workspace_directory(workspace)
    if stands(old, Path.is_dir) and not stands(current):
        yield (
            f"{old} is the directory of versions before 1.20.5; vgxness writes to .agents.",
            "",
        )


def _untrusted(home: Path, workspace: Path) -> Iterator[tuple[str, str]]:
    ours = workspace_directory(workspace) / "mcp_config.json"
    settings = cli_settings(home)
    trusted = table(settings).get("trustedWorkspaces")
    if not isinstance(trusted, list) or SERVER_NAME not in table(ours, "mcpServers"):
        return
    around = {str(workspace), *(str(parent) for parent in workspace.parents)}
    if not any(isinstance(place, str) and str(Path(place)) in around for place in trusted):
        yield (
            f"agy was not told to trust {workspace}, so what stands in .agents may not be loaded.",
            "start agy there and answer its question",
        )
