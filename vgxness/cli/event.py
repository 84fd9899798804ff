"""Answers an event of an agent client, or is silent: whatever goes wrong, the client must not notice.

`main` comes here before it imports the command line, so nothing here may import click.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from vgxness.errors import VgxnessError

if TYPE_CHECKING:
    from vgxness.app import App
    from vgxness.hook import Event

SECONDS: Final = 6.0
"""After so long the process ends, silent; clients were told to wait 10 s."""

STDIN_SECONDS: Final = 1.5
MOST_BYTES: Final = 1024 * 1024
DEBUG: Final = "VGXNESS_HOOK_DEBUG"


def respond(words: Sequence[str], environ: Mapping[str, str] = os.environ) -> None:
    """Answer one event on stdout; on any failure nothing is written there, and nothing is raised.

    Args:
        words: what stands after `hook`: the event, then `--db PATH` and `-v`, in any order.
        environ: with VGXNESS_HOOK_DEBUG, or `-v`, stderr says what failed.
    """
    watchdog = threading.Timer(SECONDS, os._exit, (0,))
    watchdog.daemon = True
    watchdog.start()
    is_loud = bool(environ.get(DEBUG)) or not {"-v", "--verbose"}.isdisjoint(words)
    problem = ""
    try:
        with _only_answers(is_loud=is_loud) as stdout:
            answer, problem = _answer(words, environ)
            _write(stdout, answer)
    except BaseException as error:  # noqa: BLE001 -- the last door: a client shows nobody what we have to say
        problem = f"{type(error).__name__}: {error}"
    finally:
        watchdog.cancel()
    if problem and is_loud:
        with suppress(OSError, ValueError, AttributeError):  # stderr may be closed, or none at all
            sys.stderr.write(f"vgxness hook: {problem}\n")


def _answer(words: Sequence[str], environ: Mapping[str, str]) -> tuple[str, str]:
    """Return what to print, and what failed; one of them is "" at least."""
    from vgxness.app import App, Options

    app = App(Options(plugins=False), environ=environ)
    try:
        event = _event(words, environ)
        app = _app(_value_of("--db", words), event, environ)
        return app.hook.answer(event), ""
    except Exception as error:  # noqa: BLE001 -- told where somebody looks for it: the log, and stderr with -v
        problem = f"{getattr(error, 'code', type(error).__name__)}: {error}"
        app.log(f"hook {' '.join(words)[:80]}: {problem}")
        return "", problem
    finally:
        app.close()


def _app(db: str | None, event: Event, environ: Mapping[str, str]) -> App:
    """Return the app of an event; plugins are loaded only where one of them serves the database."""
    from vgxness.app import App, Options

    app = App(Options(plugins=False, db=db, workspace=event.workspace), environ=environ)
    if any(offer.value.scheme == app.location.scheme for offer in app.catalogue.storage_backends):
        return app
    return App(Options(db=db, workspace=event.workspace), environ=environ)


def _event(words: Sequence[str], environ: Mapping[str, str]) -> Event:
    from vgxness.hook import read_event

    name = next((word for word in words if not word.startswith("-")), "")
    return read_event(name, _payload(), environ)


def _value_of(option: str, words: Sequence[str]) -> str | None:
    after = iter(words)
    for word in after:
        name, equals, value = word.partition("=")
        if name == option:
            return value if equals else next(after, None)
    return None


def _payload() -> bytes:
    """Return what the client writes to stdin until it closes it, or until it has waited long enough.

    Raises:
        VgxnessError: `usage` where stdin is a terminal, `too_large` past 1 MiB.
    """
    if os.isatty(0):
        raise VgxnessError("usage", "An event is told on stdin, as JSON.")
    chunks: list[bytes] = []
    # The descriptor, not sys.stdin: a thread that waits in its lock would stop the interpreter's end.
    reader = threading.Thread(target=_drain, args=(chunks,), daemon=True)
    reader.start()
    reader.join(STDIN_SECONDS)
    payload = b"".join(chunks)
    if len(payload) > MOST_BYTES:
        raise VgxnessError("too_large", "What came on stdin has over 1 MiB.")
    return payload


def _drain(chunks: list[bytes]) -> None:
    room, deadline = MOST_BYTES, time.monotonic() + STDIN_SECONDS
    with suppress(OSError):
        while room >= 0 and time.monotonic() < deadline and (chunk := os.read(0, 65_536)):
            chunks.append(chunk)
            room -= len(chunk)


@contextmanager
def _only_answers(*, is_loud: bool) -> Generator[int]:
    """Keep both outputs silent while the block runs, and hand it the real stdout.

    What an import, a warning or a library prints would be read by the agent, or shown to the user.
    """
    silence = _silence()
    kept = {number: os.dup(number) for number in (1, 2)}
    for number in (1,) if is_loud else (1, 2):
        os.dup2(silence, number)
    try:
        yield kept[1]
    finally:
        # What a library left in a buffer would otherwise come out at the end of the process.
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):  # closed, or none at all
                stream.flush()
        for number, copy in kept.items():
            os.dup2(copy, number)
            os.close(copy)
        os.close(silence)


def _silence() -> int:
    """Return a descriptor of the null device; any of the first three that is closed becomes one as well.

    A file that took the place of a closed stdout, the database even, would be written the answer.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    return descriptor


def _write(stdout: int, answer: str) -> None:
    left = f"{answer}\n".encode() if answer else b""
    while left:
        left = left[os.write(stdout, left) :]
