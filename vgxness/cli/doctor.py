"""`vgxness doctor`: every check, what it found, and the next command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.bundle import new_file, write
from vgxness.cli.command import command, pass_app
from vgxness.cli.servers import asked_servers, others_diagnosis, yes_option
from vgxness.cli.symbols import mark
from vgxness.contract.json_value import as_json
from vgxness.doctor.models import Report
from vgxness.errors import ExitCode

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.doctor import Diagnosis


@command()
@click.argument("checks", nargs=-1, metavar="[CHECK]...")
@click.option(
    "--bundle",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Also write a redacted file for a bug report; --bundle=FILE names it.",
)
@click.option("--all-servers", is_flag=True, help="Also start and time your other MCP servers.")
@yes_option
@pass_app
def doctor(app: App, *, checks: tuple[str, ...], bundle: str | None, all_servers: bool, yes: bool) -> Answer:
    """Check everything, or only the checks named (an id such as storage.integrity, or just storage).

    Exits with 1 when a check finds an error. Nothing is written but the bundle, a file that does not
    exist yet; a provider's client is asked on a copy of its configuration in a throw-away home. With
    --all-servers your other MCP servers are started too, which is asked first and needs --yes elsewhere.
    """
    path = None if bundle is None else new_file(app, bundle)
    servers = asked_servers(app, "vgxness doctor --all-servers", yes=yes) if all_servers else None
    report = app.doctor.examine(checks, progress=_say if sys.stderr.isatty() else None)
    if servers is not None:
        report = Report(diagnoses=(*report.diagnoses, others_diagnosis(servers)))
    if path:
        write(app, report, path)
    data = {"healthy": report.is_healthy, "checks": as_json(report.diagnoses)}
    return Answer(
        data={**data, "bundle": str(path)} if path else data,
        text=lambda: _as_text(report),
        exit_code=ExitCode.DONE if report.is_healthy else ExitCode.FOUND_WRONG,
    )


def _say(question: str) -> None:
    click.echo(f"… {question}", err=True)


def _as_text(report: Report) -> str:
    lines = [line for diagnosis in report.diagnoses for line in _lines(diagnosis)]
    counts = ", ".join(
        f"{report.count(severity)} {severity}"
        for severity in ("ok", "info", "warning", "error", "skipped")
        if report.count(severity)
    )
    verdict = "Something is wrong"
    if report.is_healthy:
        verdict = "Nothing is broken, but read the warnings" if report.count("warning") else "All is well"
    return "\n".join([*lines, "", f"{verdict}: {counts}."])


def _lines(diagnosis: Diagnosis) -> list[str]:
    lines = [f"{mark(diagnosis.severity)} {diagnosis.id:<22} {diagnosis.summary}"]
    if diagnosis.severity in ("warning", "error"):
        lines += [f"      {line}" for line in (*diagnosis.evidence, *diagnosis.quotes)]
    if diagnosis.hint:
        lines.append(f"      next: {diagnosis.hint}")
    return lines
