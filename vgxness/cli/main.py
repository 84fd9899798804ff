"""The entry point, and the only place that exits."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from vgxness import __version__
from vgxness.errors import ExitCode, VgxnessError

if TYPE_CHECKING:
    from vgxness.cli.answer import Answer


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command line and exit with its code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        sys.stdout.write(f"vgxness {__version__}\n")
        sys.exit(ExitCode.DONE)
    if words[:1] == ["hook"] and {"-h", "--help"}.isdisjoint(words):
        # A client waits for it at each start of a session, and no usage error may reach it.
        from vgxness.cli.event import respond

        respond(words[1:])
        sys.exit(ExitCode.DONE)
    code = run(words)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`); without this the interpreter complains once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(words: list[str]) -> int:
    """Run one command line and return its exit code; every failure is rendered here."""
    import click

    from vgxness.cli import render

    as_json = _asks("--json", words)
    verbose = _asks("-v", words) or _asks("--verbose", words)
    try:
        _stand_somewhere(words)
        return render.answer(_invoke(words), as_json=as_json)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        return render.missing_command(error, as_json=as_json)
    except BrokenPipeError:
        with contextlib.suppress(OSError):  # nobody is left to read
            sys.stdout.close()
        return ExitCode.DONE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- the last door: a bug has manners too
        return render.failure(render.as_error(error), as_json=as_json, verbose=verbose)


def _invoke(words: list[str]) -> Answer | None:
    from vgxness.cli.root import root

    return root.main(args=words, prog_name="vgxness", standalone_mode=False)


def _stand_somewhere(words: list[str]) -> None:
    """Leave a current directory that somebody removed; without --workspace there is nothing to work on."""
    try:
        Path.cwd()
    except OSError as error:
        if not any(word.partition("=")[0] == "--workspace" for word in words):
            raise VgxnessError(
                "usage",
                "The current directory no longer exists.",
                hint="cd to one that does, or --workspace DIR",
            ) from error
        os.chdir(os.sep)


def _asks(option: str, words: list[str]) -> bool:
    # Looked for by hand, because a command line that does not parse must still answer in JSON.
    before = words[: words.index("--")] if "--" in words else words
    return option in before
