"""How every command is made: the global options, the app it is handed, the answer it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec

import click

from vgxness.cli.answer import Answer

if TYPE_CHECKING:
    from vgxness.app import App, Options

P = ParamSpec("P")


@dataclass(slots=True)
class Session:
    """What the global options of this command line said, wherever they stood.

    Attributes:
        values: by option name; a later option wins.
    """

    values: dict[str, Any] = field(default_factory=dict[str, Any])
    _made: App | None = None

    @property
    def app(self) -> App:
        """The app that the options read so far describe."""
        if self._made is None:
            from vgxness.app import App

            self._made = App(self._options())
        return self._made

    def set(self, name: str, value: object) -> None:
        """Take an option's value; an app that was made without it is remade, on the same plugins."""
        self.values[name] = value
        if self._made is not None:
            remade = self._made.remade(self._options())
            self._made.close()
            self._made = remade

    def close(self) -> None:
        """Give back what the app holds."""
        if self._made is not None:
            self._made.close()

    def _options(self) -> Options:
        from vgxness.app import Options

        workspace = self.values.get("workspace")
        return Options(
            db=self.values.get("db"),
            workspace=Path(workspace) if workspace else None,
            project=self.values.get("project"),
            plugins=not self.values.get("no_plugins", False),
            strict=bool(self.values.get("strict_plugins", False)),
        )


def session_of(context: click.Context) -> Session:
    """Return the session of a click context, made at its root when absent and closed with it."""
    root = context.find_root()
    if not isinstance(root.obj, Session):
        root.obj = Session()
        root.call_on_close(root.obj.close)
    return root.obj


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401 -- click's own signature
    if (
        parameter.name
        and context.get_parameter_source(parameter.name) is not click.core.ParameterSource.DEFAULT
    ):
        session_of(context).set(parameter.name, value)


def _option(*names: str, **attributes: Any) -> click.Option:  # noqa: ANN401 -- passed on to click
    return click.Option(names, expose_value=False, callback=_remember, is_eager=True, **attributes)


def global_options() -> list[click.Parameter]:
    """Return fresh instances of the options that every command takes, before and after its name."""
    return [
        _option("--db", metavar="PATH", help="The database file."),
        _option("--workspace", metavar="DIR", help="Work in DIR instead of the current directory."),
        _option("--project", metavar="ID", help="A project by id or name."),
        _option("--json", is_flag=True, help="Print one JSON document."),
        _option("-v", "--verbose", is_flag=True, help="Show causes and tracebacks."),
        _option("--no-plugins", is_flag=True, help="Load built-in plugins only."),
        _option("--strict-plugins", is_flag=True, help="A broken plugin is an error."),
    ]


_GLOBAL_NAMES: Final = frozenset(str(option.name) for option in global_options())


class Command(click.Command):
    """A command that also takes the global options, shown apart in its help."""

    def __init__(self, *arguments: Any, **attributes: Any) -> None:  # noqa: ANN401 -- click's own signature
        super().__init__(*arguments, **attributes)
        self.params.extend(global_options())

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first and the global ones after."""
        own: list[tuple[str, str]] = []
        common: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                (common if parameter.name in _GLOBAL_NAMES else own).append(record)
        for title, rows in (("Options", own), ("Global options", common)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class Group(Command, click.Group):
    """A group of commands; each takes the global options too."""

    command_class = Command
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def command(name: str | None = None, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:  # noqa: ANN401 -- passed on to click
    """Make a top-level command of a function."""
    return click.command(name, cls=Command, **attributes)


def group(name: str | None = None, **attributes: Any) -> Callable[[Callable[..., Any]], Group]:  # noqa: ANN401 -- passed on to click
    """Make a group of a function."""
    return click.group(name, cls=Group, **attributes)


def complete(command: click.Command) -> click.Command:
    """Give a stranger's command, and those below it, the global options it does not have; return it.

    An option of its own that is spelled the same stays its own.
    """
    if isinstance(command, Command):
        return command
    own = {spelling for parameter in command.params for spelling in parameter.opts}
    command.params.extend(option for option in global_options() if own.isdisjoint(option.opts))
    if isinstance(command, click.Group):
        for child in command.commands.values():
            complete(child)
    return command


def limit_option(function: Callable[P, Answer]) -> Callable[P, Answer]:
    """Give a command that lists `--limit`; the rest is counted, not shown."""
    option = click.option(
        "--limit", type=click.IntRange(1, 1000), default=200, show_default=True, help="The most to show."
    )
    return option(function)


def pass_app(function: Callable[Concatenate[App, P], Answer]) -> Callable[P, Answer]:
    """Hand a command the app that the global options describe, as its first argument."""

    def call(*arguments: P.args, **options: P.kwargs) -> Answer:
        return function(session_of(click.get_current_context()).app, *arguments, **options)

    return update_wrapper(call, function)
