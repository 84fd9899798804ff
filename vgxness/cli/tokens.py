"""`vgxness tokens`: what stands in an agent's context, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import command, pass_app
from vgxness.cli.servers import asked_servers, yes_option
from vgxness.cli.table import table
from vgxness.contract.json_value import as_json

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.tokens import Charge, Ledger, ProviderCharges, ServerCharge

_KINDS: Final = {
    "tools-core": "tools, core profile",
    "tools-full": "tools, full profile",
    "instructions": "server instructions",
    "block": "our lines in a file",
    "session-start": "session-start hook",
}


@command()
@click.option("--all-servers", is_flag=True, help="Start the user's other MCP servers and count them too.")
@yes_option
@pass_app
def tokens(app: App, *, all_servers: bool, yes: bool) -> Answer:
    """Show what vgxness costs an agent's context in each provider. Writes nothing.

    With --all-servers your other MCP servers are started, asked for their tools and ended; that is asked
    first on a terminal and needs --yes elsewhere, because what a server does when it starts is its own.
    """
    from functools import partial

    from vgxness.mcp.clients import form_of

    servers = asked_servers(app, "vgxness tokens --all-servers", yes=yes) if all_servers else None
    ledger = app.tokens.ledger(partial(form_of, app.catalogue), servers)
    return Answer(data=as_json(ledger), text=lambda: _as_text(ledger))


def _as_text(ledger: Ledger) -> str:
    parts = [_provider(one) for one in ledger.providers]
    if not parts:
        parts = ["No provider plugin is installed, so nothing of vgxness is in any agent's context."]
    if ledger.servers is not None:
        parts.append(_servers(ledger.servers))
    return "\n\n".join([*parts, f"Counted by: {ledger.tokenizer}. {ledger.note}"])


def _provider(one: ProviderCharges) -> str:
    state = "set up" if one.is_set_up else "not set up; this is what it would cost"
    rows = [_row(charge) for charge in one.charges]
    lines = [
        f"{one.title}, {one.scope} config ({state})",
        table(("tokens", "what", "where"), rows),
        f"a session pays about {one.core} with the core profile, {one.full} with the full one",
    ]
    return "\n".join([*lines, one.note] if one.note else lines)


def _row(charge: Charge) -> tuple[str, str, str]:
    number = f"{'≤ ' if charge.at_most else ''}{charge.tokens}"
    return number.rjust(7), _KINDS[charge.what], charge.where


def _servers(servers: tuple[ServerCharge, ...]) -> str:
    if not servers:
        return "No other MCP server is configured."
    rows = [
        (
            str(one.tokens).rjust(7) if one.state == "counted" else "-".rjust(7),
            str(one.tools) if one.state == "counted" else "-",
            f"{one.seconds:.1f} s" if one.seconds else "-",
            one.client,
            one.name,
            one.reason,
        )
        for one in servers
    ]
    total = sum(one.tokens for one in servers)
    shown = table(("tokens", "tools", "start", "client", "server", "note"), rows)
    return f"Your other MCP servers, the dearest first\n{shown}\ntogether about {total}"
