"""`vgxness doctor`: every check, what it found, and the next command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import command, pass_app
from vgxness.cli.symbols import mark
from vgxness.contract.json_value import as_json
from vgxness.errors import ExitCode

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.doctor import Diagnosis, Report


@command()
@click.argument("checks", nargs=-1, metavar="[CHECK]...")
@pass_app
def doctor(app: App, checks: tuple[str, ...]) -> Answer:
    """Check everything, or only the checks named (an id such as storage.integrity, or just storage).

    Exits with 1 when a check finds an error. Nothing is written, and a provider's client is asked on a
    copy of its configuration in a throw-away home.
    """
    report = app.doctor.examine(checks, progress=_say if sys.stderr.isatty() else None)
    return Answer(
        data={
            "healthy": report.is_healthy,
            "checks": as_json(report.diagnoses),
        },
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
