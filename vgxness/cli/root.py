"""The root command: what plugins declare, in sections, imported when it is used."""

from __future__ import annotations

from typing import Any

import click

from vgxness import __version__
from vgxness.cli.answer import Answer
from vgxness.cli.command import Group, Session, complete, session_of
from vgxness.cli.render import talk
from vgxness.errors import VgxnessError
from vgxness.kernel.catalogue import Catalogue
from vgxness.kernel.target import resolve

_SECTIONS = ("Start here", "Memory", "Projects", "Providers", "Agents", "Storage", "Plugins")


class Root(Group):
    """`vgxness`, whose commands come from the plugins' catalogue."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
        return [offer.value.name for offer in self._catalogue(ctx).commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; None when no plugin declares it."""
        for offer in self._catalogue(ctx).commands:
            if offer.value.name == cmd_name:
                found = resolve(offer.value.target, offer.plugin)
                if not isinstance(found, click.Command):
                    raise VgxnessError(
                        "plugin_failed",
                        f"Plugin {offer.plugin.label}: {offer.value.target} is not a click command.",
                        hint=f"vgxness plugins info {offer.plugin.name}",
                    )
                return complete(found)
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a command line; an unknown one is answered with what it may have meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            names = self.list_commands(ctx)
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=names, ctx=ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write every section with its commands' summaries; no command is imported for it."""
        offers = self._catalogue(ctx).commands
        sections = [*_SECTIONS, *sorted({offer.value.section for offer in offers} - set(_SECTIONS))]
        for section in sections:
            rows = [(o.value.name, o.value.summary) for o in offers if o.value.section == section]
            if rows:
                with formatter.section(section):
                    formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- click's own signature
        """Run the command and report broken plugins on stderr, one line each."""
        _report_problems(session_of(ctx))
        return super().invoke(ctx)

    def _catalogue(self, ctx: click.Context) -> Catalogue:
        return session_of(ctx).app.catalogue


def _report_problems(session: Session) -> None:
    for plugin in session.app.catalogue.problems:
        talk(f"warning: plugin {plugin.label}: {plugin.problem}")
        if session.values.get("verbose") and plugin.traceback:
            talk(plugin.traceback.rstrip())


def _status(session: Session) -> Answer:
    from vgxness.cli.status import screen

    return screen(session.app)


@click.command(
    cls=Root,
    name="vgxness",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="vgxness %(version)s")
@click.pass_context
def root(context: click.Context) -> Answer | None:
    """A local-first control plane for AI coding agents."""
    if context.invoked_subcommand is None:
        return _status(session_of(context))
    return None
