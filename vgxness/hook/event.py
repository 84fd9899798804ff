"""One event of an agent client, as it tells of it: JSON on stdin, and a few variables."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast, get_args

from vgxness.errors import VgxnessError

Name = Literal["session-start", "pre-compact", "session-end"]
EVENTS: Final[tuple[Name, ...]] = get_args(Name)

_SESSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened, where.

    Attributes:
        client: the agent client, "" where it does not say.
        session: the client's own id of the session, "" where it names none that could be one.
        workspace: the project's directory; None is the current one.
        transcript: the client's record of the session, where it names one; it need not exist.
    """

    name: Name
    client: str = ""
    session: str = ""
    workspace: Path | None = None
    transcript: Path | None = None


def read_event(name: str, payload: bytes, environ: Mapping[str, str]) -> Event:
    """Return the event that a client tells of.

    Raises:
        VgxnessError: `usage` for an unknown name, or a payload that is no JSON object.
    """
    if name not in EVENTS:
        raise VgxnessError("usage", f"No event is named {name[:40]!r}.", cause=f"Known: {', '.join(EVENTS)}.")
    told = _object(payload)
    session = _text(told, "session_id")
    return Event(
        name=name,
        client="claude-code" if environ.get("CLAUDE_PROJECT_DIR") else "",
        session=session if _SESSION.fullmatch(session) else "",
        workspace=_workspace(_text(told, "cwd"), environ.get("CLAUDE_PROJECT_DIR", "")),
        transcript=_path(_text(told, "transcript_path")),
    )


def _object(payload: bytes) -> Mapping[str, object]:
    try:
        told: object = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise VgxnessError("usage", "What came on stdin is not JSON.") from error
    if not isinstance(told, dict):
        raise VgxnessError("usage", "What came on stdin is not a JSON object.")
    return cast("Mapping[str, object]", told)


def _workspace(cwd: str, project: str) -> Path | None:
    """Return the directory that the session is about: an agent may have moved about in its project."""
    current, top = _path(cwd), _path(project)
    if top is not None and top.is_dir() and (current is None or current.is_relative_to(top)):
        return top
    return current if current is not None and current.is_dir() else top


def _path(text: str) -> Path | None:
    path = Path(text)
    return path if "\0" not in text and path.is_absolute() else None


def _text(told: Mapping[str, object], key: str) -> str:
    value = told.get(key)
    return value if isinstance(value, str) else ""
