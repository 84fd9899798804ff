"""`vgxness demo`: the whole job, shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import command, pass_app
from vgxness.cli.symbols import mark
from vgxness.contract.json_value import as_json

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.demo import Step


@command()
@pass_app
def demo(app: App) -> Answer:
    """Play the main job in a throw-away home: plan, apply, remember over MCP, doctor, rollback.

    Your own files are neither read nor written, and nothing is left behind.
    """
    import tempfile
    from pathlib import Path

    from vgxness.demo import Stage, play

    steps: list[Step] = []
    with tempfile.TemporaryDirectory(prefix="vgxness-demo-") as root:
        for step in play(Stage(Path(root).resolve(), app.environ, _passed_on(app))):
            steps.append(step)
            if sys.stderr.isatty():
                click.echo(f"… {step.title}", err=True)
    return Answer(
        data={"steps": as_json(steps), "left_behind": Path(root).exists()},
        text=lambda: _as_text(steps),
    )


def _passed_on(app: App) -> tuple[str, ...]:
    chosen = (("--no-plugins", not app.options.plugins), ("--strict-plugins", app.options.strict))
    return tuple(option for option, is_on in chosen if is_on)


def _own_command() -> str:
    """Return how this very vgxness is called: by its name where PATH leads to it, else by its path."""
    import shutil
    from pathlib import Path

    own = Path(sys.argv[0]).absolute()
    found = shutil.which("vgxness")
    return "vgxness" if own.name != "vgxness" or (found and Path(found) == own) else str(own)


def _as_text(steps: list[Step]) -> str:
    lines: list[str] = []
    for step in steps:
        lines.append(f"{mark('ok')} {step.title}")
        lines += [f"         {line}" for line in step.shown]
        lines.append(f"       {step.proved}")
    return "\n".join([*lines, "", f"The throw-away home is gone. To begin for real: {_own_command()} init"])
