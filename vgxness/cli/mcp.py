"""`vgxness mcp`: serve agents, and show what is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import group, limit_option, pass_app
from vgxness.cli.table import table
from vgxness.contract.json_value import as_json
from vgxness.contract.tool import Profile

if TYPE_CHECKING:
    from vgxness.app import App

_profile = click.option(
    "--profile", type=click.Choice(["core", "full"]), default="core", help="Which tools; core is small."
)
_tools = click.option("--tools", "names", metavar="A,B", default="", help="Exactly these tools.")


@group()
def mcp() -> None:
    """Serve memory and status to agents over MCP."""


@mcp.command("serve")
@_profile
@_tools
@pass_app
def serve(app: App, *, profile: str, names: str) -> Answer:
    """Serve over standard input and output until the client closes it. Clients run this, people seldom."""
    from vgxness.mcp.server import build_server
    from vgxness.mcp.stdio import serve as serve_stdio

    serve_stdio(build_server(app, cast("Profile", profile), _split(names)))
    return Answer(data=None, text="")


@mcp.command("tools")
@_profile
@_tools
@limit_option
@pass_app
def tools(app: App, *, profile: str, names: str, limit: int) -> Answer:
    """List the tools that would be served, with the plugin each comes from and its cost."""
    from vgxness.mcp.listing import selected, tokens, wire_tool

    rows: list[dict[str, object]] = [
        {
            "name": offer.value.name,
            "plugin": offer.plugin.name,
            "distribution": offer.plugin.distribution,
            "profile": offer.value.profile,
            "read_only": offer.value.read_only,
            "tokens": tokens(wire_tool(offer.value)),
            "description": offer.value.description,
        }
        for offer in selected(app.catalogue, cast("Profile", profile), _split(names))[:limit]
    ]
    return Answer(data=as_json(rows), text=lambda: _as_text(rows))


def _as_text(rows: list[dict[str, object]]) -> str:
    columns = ("name", "plugin", "profile", "tokens")
    shown = table(columns, [[str(row[column]) for column in columns] for row in rows])
    total = sum(cast("int", row["tokens"]) for row in rows)
    return f"{shown}\n{len(rows)} tools, about {total} tokens"


def _split(names: str) -> tuple[str, ...]:
    return tuple(name for name in names.replace(",", " ").split() if name)
