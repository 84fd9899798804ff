"""`vgxness status` and `vgxness next`: one screen, and its last line alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vgxness.cli.answer import Answer
from vgxness.cli.command import command, pass_app
from vgxness.contract.json_value import as_json

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.status import NextStep, Overview, ProviderLine


@command()
@pass_app
def status(app: App) -> Answer:
    """Show the project, its providers, its memory and the next step. Writes nothing."""
    return screen(app)


@command("next")
@pass_app
def next_step(app: App) -> Answer:
    """Show just the next step. Writes nothing."""
    step = app.status.overview().next
    return Answer(data=as_json(step), text=lambda: _step(step))


def screen(app: App) -> Answer:
    """Return the overview as an answer."""
    overview = app.status.overview()
    return Answer(data=as_json(overview), text=lambda: _as_text(overview))


def _as_text(overview: Overview) -> str:
    project = overview.project
    database = overview.database
    name = f"{project.name} ({project.id})" if project else "not known yet; the first save makes it"
    lines = [
        f"vgxness {overview.version}",
        "",
        f"workspace  {overview.workspace}",
        f"project    {name}",
        f"database   {database.state}, {database.location}",
    ]
    if overview.memory:
        memory = overview.memory
        lines.append(f"memory     {memory.project} of this project, {memory.personal} personal")
    lines += [f"provider   {_provider(line)}" for line in overview.providers]
    lines += [f"plugin     {line}" for line in overview.broken_plugins]
    return "\n".join([*lines, "", _step(overview.next)])


def _provider(line: ProviderLine) -> str:
    client = (line.version or "found") if line.found else "client not found"
    detail = f": {line.detail}" if line.detail else ""
    return f"{line.title} ({client}), {line.scope} config {line.state}{detail}"


def _step(step: NextStep) -> str:
    return f"next: {step.summary}" + (f"\n      {step.command}" if step.command else "")
