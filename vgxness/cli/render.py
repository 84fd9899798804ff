"""Turns answers and errors into what is printed: stdout answers, stderr talks."""

from __future__ import annotations

import json
import re
import sys
import traceback
from typing import TYPE_CHECKING, Final

import click

from vgxness.contract.json_value import JsonObject
from vgxness.errors import ExitCode, VgxnessError
from vgxness.redaction import redact_secrets, redact_strings

if TYPE_CHECKING:
    from vgxness.cli.answer import Answer


def answer(value: Answer | int | None, *, as_json: bool) -> int:
    """Print an answer and return its exit code; None is a command that printed for itself (help)."""
    if value is None or isinstance(value, int):
        return value or ExitCode.DONE
    if as_json:
        _print(_document({"ok": True, "data": value.data}))
    else:
        text = value.text() if callable(value.text) else value.text
        if text:
            _print(_visible(text))
    return value.exit_code


def failure(error: VgxnessError, *, as_json: bool, verbose: bool) -> int:
    """Print an error and return its exit code: text on stderr, or the JSON document on stdout."""
    if as_json:
        _print(_document({"ok": False, "error": error_object(error)}))
    else:
        talk(error_text(error))
    if verbose and error.__cause__ is not None:
        talk("".join(traceback.format_exception(error.__cause__)))
    return error.exit_code


def missing_command(error: click.exceptions.NoArgsIsHelpError, *, as_json: bool) -> int:
    """Answer a group that was named without a command: its help on stderr, or an error under `--json`."""
    if as_json:
        path = error.ctx.command_path if error.ctx else "vgxness"
        missing = VgxnessError("usage", "A command is missing.", hint=f"{path} --help")
        return failure(missing, as_json=True, verbose=False)
    click.echo(error.format_message(), err=True)
    return ExitCode.USAGE


def as_error(error: BaseException) -> VgxnessError:
    """Return any exception as an error of ours; what nobody foresaw becomes `internal_error`."""
    if isinstance(error, VgxnessError):
        return error
    if isinstance(error, click.Abort | KeyboardInterrupt):
        if sys.stderr.isatty():
            click.echo(err=True)  # the terminal shows ^C on the line of the prompt
        return VgxnessError("interrupted", "Stopped.")
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        path = context.command_path if isinstance(context, click.Context) else "vgxness"
        return VgxnessError("usage", error.format_message(), hint=f"{path} --help")
    bug = VgxnessError(
        "internal_error",
        "vgxness met a bug of its own.",
        cause=f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}",
        hint="Run the command again with -v and report the traceback.",
    )
    bug.__cause__ = error
    return bug


def error_object(error: VgxnessError) -> JsonObject:
    """Return an error as `--json` shows it, secrets redacted."""
    return {
        "code": error.code,
        "exit_code": int(error.exit_code),
        "message": redact_secrets(error.message),
        "cause": redact_secrets(error.cause),
        "hint": redact_secrets(error.hint),
        "details": redact_strings(error.details),
    }


def error_text(error: VgxnessError) -> str:
    """Return an error as a person reads it."""
    lines = [f"error: {error.message} [{error.code}]"]
    if error.cause:
        lines.append(f"  cause: {error.cause}")
    if error.hint:
        lines.append(f"  next:  {error.hint}")
    return redact_secrets("\n".join(lines))


def _document(value: JsonObject) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # json.dumps escapes the control characters below 32 alone; a terminal obeys these as well.
    return re.sub("[\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _visible(text: str) -> str:
    """Return text that can't drive a terminal: colours stay, other control characters become `?`.

    Names of directories, projects and memories come from anybody, and may hold escape sequences.
    """
    return _CONTROL.sub(lambda found: found[0] if found[0].endswith("m") else "?", text)


# A colour sequence, or any one control character that is neither a line break nor a tab.
_CONTROL: Final = re.compile(r"\x1b\[[0-9;]*m|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _print(text: str) -> None:
    # Lone surrogates (a file name of odd bytes) must not turn an answer into a crash.
    stream = sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def talk(text: str) -> None:
    """Print something for people on stderr, without secrets and without control over the terminal."""
    click.echo(_visible(redact_secrets(text)), err=True)
