"""What Antigravity 2.x has to be told, and in which files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vgxness.plugin import (
    ConfigScope,
    ConfigTarget,
    Context,
    Detection,
    LiveVerdict,
    OwnedTree,
    ServerTable,
    SetKey,
    SetupRequest,
    WholeFile,
)
from vgxness_antigravity.places import (
    PLUGIN_NAME,
    SERVER_NAME,
    config_directory,
    plugin_directory,
    workspace_directory,
)
from vgxness_antigravity.server import entry

RULE_CHARACTERS: Final = 12_000
"""A rules file has to stay below this; what is over it is cut off by Antigravity."""

DESCRIPTION: Final = "Local memory and a control plane for coding agents."
RULE_HEAD: Final = "---\ntrigger: always_on\ndescription: How to use VGXNESS\n---\n\n"

_UNSURE: Final = (
    "Antigravity documents .agents/mcp_config.json, and reports differ on whether a session loads it; "
    "the user scope does not depend on it."
)


class AntigravityAdapter:
    """One plugin directory for the user, `.agents/` for a project; all three products share both."""

    @property
    def name(self) -> str:
        """What the user types."""
        return "antigravity"

    @property
    def title(self) -> str:
        """The client's own name."""
        return "Antigravity"

    @property
    def config_scopes(self) -> tuple[ConfigScope, ...]:
        """The global customization root and the workspace's."""
        return ("user", "project")

    def detect(self, context: Context) -> Detection:
        """Look for the CLI, the app and the IDE; starts none."""
        import sys

        from vgxness_antigravity.detection import Machine, find

        home = context.paths.home
        return find(Machine(platform=sys.platform, home=home, environment=context.environment))

    def targets(self, request: SetupRequest) -> tuple[ConfigTarget, ...]:
        """Return the files of our plugin, or the two files of a workspace."""
        return tuple(_user(request) if request.scope == "user" else _project(request))

    def verify_live(self, context: Context, request: SetupRequest) -> LiveVerdict:
        """Ask `agy`, on a copy in a throw-away home, whether it takes what we wrote."""
        from vgxness_antigravity.live import verify

        return verify(context, request)

    def server_tables(self, request: SetupRequest) -> tuple[ServerTable, ...]:
        """Return our plugin's table, the user's own, and in the project scope the workspace's."""
        config = config_directory(request.home)
        files = [(plugin_directory(request.home), "plugin"), (config, "user")]
        if request.scope == "project":
            files.append((workspace_directory(request.workspace), "project"))
        return tuple(
            ServerTable(
                path=directory / "mcp_config.json", keys=("mcpServers",), off=("disabled", True), label=label
            )
            for directory, label in files
        )


def _user(request: SetupRequest) -> Iterator[ConfigTarget]:
    plugin = plugin_directory(request.home)
    rules, too_long = _rules(request)
    yield ConfigTarget(
        id="plugin",
        path=plugin / "plugin.json",
        root=request.home,
        format="json",
        edits=(
            SetKey(path=("name",), value=PLUGIN_NAME),
            SetKey(path=("description",), value=DESCRIPTION),
        ),
        not_expressed=too_long,
    )
    yield ConfigTarget(
        id="server",
        path=plugin / "mcp_config.json",
        root=request.home,
        format="json",
        # A key of a server, not the whole file: the app adds `disabled` where the user switches it off.
        edits=(SetKey(path=("mcpServers", SERVER_NAME), value=entry(request.server)),),
    )
    if rules:
        yield ConfigTarget(
            id="rules",
            path=plugin / "rules",
            root=request.home,
            format="tree",
            # A plugin's AGENTS.md takes no frontmatter: it is always active.
            edits=(OwnedTree(files={"AGENTS.md": rules.encode()}),),
            writer="us",
        )


def _project(request: SetupRequest) -> Iterator[ConfigTarget]:
    directory = workspace_directory(request.workspace)
    rules, too_long = _rules(request, head=RULE_HEAD)
    yield ConfigTarget(
        id="server",
        path=directory / "mcp_config.json",
        root=request.workspace,
        format="json",
        edits=(SetKey(path=("mcpServers", SERVER_NAME), value=entry(request.server)),),
        mode=0o644,
        not_expressed=(_UNSURE, *too_long),
    )
    if rules:
        yield ConfigTarget(
            id="rules",
            path=directory / "rules" / f"{SERVER_NAME}.md",
            root=request.workspace,
            format="bytes",
            edits=(WholeFile(content=rules.encode()),),
            mode=0o644,
            writer="us",
        )


def _rules(request: SetupRequest, head: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text of a rules file and what it can't say; an over-long text is left out, never cut."""
    text = request.instructions.strip()
    if not text:
        return "", ()
    rules = f"{head}{text}\n"
    if len(rules) < RULE_CHARACTERS:
        return rules, ()
    why = (
        f"The instructions are {len(rules)} characters long, and Antigravity cuts rules at {RULE_CHARACTERS}."
    )
    return "", (why,)
