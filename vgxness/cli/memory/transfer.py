"""Export and import."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from vgxness.cli.answer import Answer
from vgxness.cli.command import Command, pass_app, session_of
from vgxness.cli.memory import text
from vgxness.cli.memory.group import scope_option
from vgxness.contract.json_value import as_json
from vgxness.errors import ExitCode, VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.memory import Scope

_WORD: Final = "unredacted"


@click.command("export", cls=Command)
@click.option("--file", "file", metavar="F|-", default="-", show_default=True, help="Where to; - is stdout.")
@click.option("--force", is_flag=True, help="Replace the file where it exists.")
@click.option("--redact/--no-redact", default=True, show_default=True, help="Without: a person is asked.")
@click.option("--forgotten", is_flag=True, help="Forgotten observations too.")
@scope_option
@pass_app
def export(app: App, *, file: str, force: bool, redact: bool, forgotten: bool, scope: Scope | None) -> Answer:
    """Write this project's and your personal memory as NDJSON, secrets redacted."""
    from vgxness.memory import Choice

    if not redact:
        _ask_a_person()
    choice = Choice(scope=scope, redact=redact, forgotten=forgotten)
    if file == "-":
        if session_of(click.get_current_context()).values.get("json"):
            raise VgxnessError("usage", "With --json the export needs a file.", hint="--file FILE --json")
        app.memory.export(_to_stdout, choice)
        return Answer(data=None, text="")
    with _new_file(Path(file), force=force) as write:
        done = app.memory.export(write, choice)
    counts = f"{done.observations} observations, {done.revisions} revisions, {done.relations} relations"
    return Answer(
        data={**_fields(as_json(done)), "file": file},
        text=f"wrote {file}: {counts}, {done.sessions} sessions{'' if redact else ', NOT redacted'}",
    )


@click.command("import", cls=Command)
@click.option("--file", "file", metavar="F|-", required=True, help="What `memory export` wrote; - is stdin.")
@pass_app
def load(app: App, *, file: str) -> Answer:
    """Add an export to this project and your personal memory; twice is the same as once.

    Exits with 1 where lines were skipped, and says which and why.
    """
    progress = _progress if sys.stderr.isatty() else None
    if file == "-":
        done = app.memory.load(sys.stdin.buffer, progress)
    else:
        with _readable(Path(file)) as stream:
            done = app.memory.load(stream, progress)
    return Answer(
        data=as_json(done),
        text=lambda: text.imported(done),
        exit_code=ExitCode.FOUND_WRONG if done.skipped_total else ExitCode.DONE,
    )


def _ask_a_person() -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise VgxnessError(
            "consent_required",
            "An export without redaction needs a person at a terminal.",
            hint="Run it in a terminal yourself, or export with --redact.",
        )
    click.echo("The export will hold whatever secrets memory holds.", err=True)
    if click.prompt(f"Type {_WORD} to go on", default="", show_default=False, err=True).strip() != _WORD:
        raise VgxnessError("consent_required", "The export was not confirmed; nothing was written.")


def _to_stdout(line: str) -> None:
    sys.stdout.write(line)


def _progress(lines: int) -> None:
    click.echo(f"\r{lines:,} lines", err=True, nl=False)


def _fields(value: object) -> dict[str, str | int | bool]:
    return dict(value) if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] -- as_json can't say that a dataclass becomes a dict


@contextmanager
def _readable(path: Path) -> Generator[IO[bytes]]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise VgxnessError("usage", f"The file {path} can't be read.", cause=error.strerror or "") from error
    with stream:
        yield stream


@contextmanager
def _new_file(path: Path, *, force: bool) -> Generator[Callable[[str], object]]:
    """Write beside the path, readable by its owner only, and put it in place when it is whole."""
    if path.exists() and not force:
        raise VgxnessError("usage", f"The file {path} exists.", hint="Choose another, or add --force.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as out:
            yield out.write
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise VgxnessError(
            "write_failed", f"The file {path} can't be written.", cause=error.strerror or ""
        ) from error
    finally:
        # Gone already where all went well.
        with suppress(OSError):
            part.unlink()
