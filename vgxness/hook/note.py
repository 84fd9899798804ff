"""The note that is kept of a session whose agent left no summary: who asked what, and what was touched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vgxness.hook.transcript import Sitting
from vgxness.memory.bounds import one_line, storable
from vgxness.memory.budget import shortened
from vgxness.memory.firewall import inspect

_PROMPTS, _FILES, _TOOLS = 5, 12, 8
_PROMPT_CHARACTERS, _ANSWER_CHARACTERS, _TITLE_CHARACTERS = 200, 500, 80
_MOST_SCREENED: Final = 8_000
"""A longer text is named by its length: cut before it is screened, a secret might not be known for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note; at most about 2,500 characters."""

    title: str
    content: str


def is_worth_a_note(sitting: Sitting) -> bool:
    """Whether a session did more than answer one question."""
    return len(sitting.prompts) > 1 or (bool(sitting.prompts) and bool(sitting.tools))


def note_of(sitting: Sitting, workspace: Path, *, quoting: bool) -> Note:
    """Return the note of a session; the same session gives the same note.

    Args:
        sitting: what its transcript tells.
        workspace: file names are shown as below it.
        quoting: whether it repeats what was said; without, it counts and names files alone.
    """
    more = "" if sitting.is_whole else " or more"
    lines = [
        "Noted by a hook from the transcript; the agent left no summary of its own.",
        f"Prompts: {len(sitting.prompts)}{more}. Tools used: {_tools(sitting) or 'none'}.",
    ]
    if sitting.files:
        lines.append(f"Files edited: {_files(sitting, workspace)}")
    if quoting:
        lines += ["Asked, newest last:"]
        lines += [f"- {_quoted(prompt, _PROMPT_CHARACTERS)}" for prompt in sitting.prompts[-_PROMPTS:]]
        lines += [f"Last answer: {_quoted(sitting.answer, _ANSWER_CHARACTERS)}"] if sitting.answer else []
    asked = _quoted(sitting.prompts[-1], _TITLE_CHARACTERS) if quoting else f"{len(sitting.prompts)} prompts"
    return Note(title=f"Session: {asked}", content="\n".join(lines))


def _quoted(text: str, characters: int) -> str:
    """Return a text on one line and shortened, as the firewall lets it pass."""
    if len(text) > _MOST_SCREENED:
        return f"({len(text):,} characters)"
    verdict = inspect(storable(text))
    if verdict.action == "refused":
        return "(not kept)"
    return shortened(one_line(verdict.text), characters) or "(not kept)"


def _tools(sitting: Sitting) -> str:
    common = sorted(sitting.tools.items(), key=lambda item: (-item[1], item[0]))[:_TOOLS]
    return ", ".join(f"{shortened(one_line(name), 60)} {count}" for name, count in common)


def _files(sitting: Sitting, workspace: Path) -> str:
    names = [_below(file, workspace) for file in sitting.files]
    left = len(names) - _FILES
    return ", ".join(names[:_FILES]) + (f" and {left} more" if left > 0 else "")


def _below(file: str, workspace: Path) -> str:
    path = Path(file)
    name = path.relative_to(workspace) if path.is_relative_to(workspace) else path
    return shortened(one_line(storable(name.as_posix())), 120)
