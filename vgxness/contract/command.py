"""A command of the CLI, as a plugin declares it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One top-level command or group; its code is imported when it is first used.

    Attributes:
        name: what the user types after `vgxness`.
        summary: one line, shown by `vgxness --help` without importing the target.
        section: the heading it stands under, such as "Memory".
        target: `"pkg.mod:attr"`, a click command whose callbacks return an `Answer`, which the host prints
            as text or as JSON, or None where they printed for themselves. It takes the global options; under
            `click.pass_obj` a callback is handed an object whose `app` is the `Context`.
    """

    name: str
    summary: str
    section: str
    target: str
