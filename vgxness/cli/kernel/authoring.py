"""`vgxness plugins new` and `check`: what an author does before anybody installs anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import pass_app
from vgxness.cli.kernel.group import plugins
from vgxness.contract.json_value import as_json
from vgxness.errors import ExitCode

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.kernel.linter import Inspection
    from vgxness.kernel.scaffold import Kind

_KINDS = ("provider", "tool", "command", "check")


@plugins.command("new")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(_KINDS), default="provider", show_default=True, help="What it offers."
)
@click.option(
    "--directory",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where its directory is made; here by default.",
)
@pass_app
def new(app: App, *, name: str, kind: Kind, directory: Path | None) -> Answer:
    """Write a new plugin: a whole package that passes its conformance suite as it stands."""
    from vgxness.kernel.scaffold import draft, write

    parent = (app.workspace / (directory or Path())).absolute()
    drafted = draft(name, kind, parent)
    written = write(drafted)
    data = {
        "name": drafted.name,
        "kind": kind,
        "distribution": drafted.distribution,
        "directory": drafted.directory,
        "files": written,
    }
    return Answer(data=as_json(data), text=lambda: _written_text(drafted.directory, written))


@plugins.command("check")
@click.argument("what", metavar="NAME|PATH")
@pass_app
def check(app: App, *, what: str) -> Answer:
    """Look a plugin over before others install it; its code runs in a process of its own."""
    from vgxness.kernel.linter import inspect_installed, inspect_tree
    from vgxness.mcp.listing import schema_faults

    path = app.workspace / Path(what).expanduser()
    if path.is_dir():
        found = inspect_tree(path, tool_faults=schema_faults)
    else:
        found = inspect_installed(what, tool_faults=schema_faults)
    return Answer(
        data=as_json(found),
        text=lambda: "\n".join(map(_inspection_text, found)),
        exit_code=ExitCode.FOUND_WRONG if any(one.faults for one in found) else ExitCode.DONE,
    )


def _written_text(directory: Path, written: Sequence[Path]) -> str:
    lines = [f"Wrote {directory}", *(f"  {path.relative_to(directory)}" for path in written)]
    steps = (f"cd {directory}", "pip install -e '.[dev]'", "vgxness plugins check .", "pytest")
    return "\n".join([*lines, "next:", *(f"  {step}" for step in steps)])


def _inspection_text(one: Inspection) -> str:
    offered = "; ".join(f"{kind.replace('_', ' ')}: {', '.join(names)}" for kind, names in one.offers.items())
    name = f"{one.plugin} ({one.distribution})" if one.plugin else one.distribution or "this directory"
    if not one.faults:
        return f"{name} is well. It offers {offered}."
    lines = [f"{name}: {len(one.faults)} found."]
    for fault in one.faults:
        lines += [f"  {fault.place}: {fault.message} [{fault.code}]", f"    next: {fault.hint}"]
    return "\n".join(lines)
