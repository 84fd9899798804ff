"""Where Antigravity looks, where its 1.x looked, and what we are called there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SERVER_NAME: Final = "vgxness"
PLUGIN_NAME: Final = "vgxness"
"""The name of our plugin's directory; `~/.gemini/config/config.json` switches plugins by it."""


def config_directory(home: Path) -> Path:
    """Return the global customization root that the CLI, the app and the IDE share since May 2026."""
    return home / ".gemini" / "config"


def plugin_directory(home: Path) -> Path:
    """Return our plugin's own directory; it is found when Antigravity starts."""
    return config_directory(home) / "plugins" / PLUGIN_NAME


def workspace_directory(workspace: Path) -> Path:
    """Return a workspace's customization root; 1.x before 1.20.5 knew `.agent` only."""
    return workspace / ".agents"


def cli_settings(home: Path) -> Path:
    """Return the settings of `agy`, which it rewrites itself."""
    return home / ".gemini" / "antigravity-cli" / "settings.json"


def old_server_files(home: Path) -> tuple[Path, ...]:
    """Return the files in which MCP servers are not looked for any more, or never were."""
    products = ("antigravity", "antigravity-cli", "antigravity-ide")
    return tuple(home / ".gemini" / product / "mcp_config.json" for product in products)
