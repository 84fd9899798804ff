"""Memory as a person reads it. What a stored text could do to a terminal is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vgxness.memory import (
        Conflict,
        Line,
        Observation,
        Page,
        Revision,
        Saved,
        SearchAnswer,
        Session,
        Stats,
    )
    from vgxness.memory.records import Imported

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return the text with control and direction characters, line breaks and tabs aside, as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def saved(value: Saved) -> str:
    """Return what a save did."""
    lines = [f"{value.action} {value.id} (revision {value.revision}, {value.scope})"]
    if value.redacted:
        lines.append(f"  redacted by the write firewall: {', '.join(value.redacted)}")
    lines.extend(f"  {note}" for note in value.notes)
    lines.extend(f"  similar: {it.id} {printable(it.title)} ({it.likeness:.0%})" for it in value.similar)
    return "\n".join(lines)


def line(value: Line) -> str:
    """Return one line of a list."""
    scope = " personal" if value.scope == "personal" else ""
    key = f" <{printable(value.topic_key)}>" if value.topic_key else ""
    return f"{value.id}  {value.updated_at[:10]}  [{value.kind}{scope}] {printable(value.title)}{key}"


def page(value: Page) -> str:
    """Return a list and how to go on."""
    if not value.items:
        return "Nothing is remembered here."
    lines = [line(it) for it in value.items]
    if value.next_cursor:
        lines.append(f"more: --cursor {value.next_cursor}")
    return "\n".join(lines)


def hits(answer: SearchAnswer, *, explain: bool) -> str:
    """Return what a search found, and how when it is asked."""
    lines: list[str] = []
    for hit in answer.hits:
        lines.append(f"{hit.id}  {hit.score:.3f}  [{hit.kind}] {printable(hit.title)}")
        lines.append(f"    {printable(hit.snippet)}")
        lines.append(f"    {printable(hit.why)}")
    if not lines:
        lines.append("Nothing was found.")
    if explain:
        lines.extend(["plan:", *(f"  {printable(step)}" for step in answer.plan)])
    return "\n".join(lines)


def observation(value: Observation) -> str:
    """Return one observation whole."""
    where = value.project_id or "personal"
    lines = [
        printable(value.title),
        f"{value.id}  [{value.kind}]  revision {value.revision}  {where}  {value.updated_at}",
    ]
    if value.topic_key:
        lines.append(f"topic key: {printable(value.topic_key)}")
    if value.forgotten_at:
        lines.append(f"forgotten: {value.forgotten_at}")
    origin = value.provenance
    names = (origin.provider, origin.agent, origin.session, origin.run)
    said = " ".join(printable(name) for name in names if name)
    lines.append(f"from: {origin.trust}{' ' + said if said else ''}")
    lines.extend(f"{it.source_id} {it.kind} {it.target_id}" for it in value.relations)
    return "\n".join([*lines, "", printable(value.content)])


def revisions(found: Iterable[Revision]) -> str:
    """Return contents, newest first."""
    return "\n\n".join(
        f"revision {it.revision}  {it.created_at}  {printable(it.title)}\n{printable(it.content)}"
        for it in found
    )


def conflicts(found: Iterable[Conflict]) -> str:
    """Return the contradictions and how to resolve one."""
    lines = [f"{line(it.one)}\n  conflicts with\n{line(it.other)}" for it in found]
    if not lines:
        return "No unresolved conflict."
    return "\n\n".join([*lines, "resolve one: vgxness memory relate WINNER supersedes LOSER"])


def stats(value: Stats) -> str:
    """Return the counts."""
    return "\n".join(
        [
            *(f"{name:28}{count:>8}" for name, count in value.observations.items()),
            f"{'total':28}{value.total:>8}",
            f"{'revisions':28}{value.revisions:>8}",
            f"{'forgotten':28}{value.forgotten:>8}",
            f"{'duplicates':28}{value.duplicates:>8}",
            f"{'sessions':28}{value.sessions:>8}",
            f"{'conflicts':28}{value.conflicts:>8}",
        ]
    )


def session(value: Session) -> str:
    """Return one line about a session."""
    state = f"ended {value.ended_at[:16]}" if value.ended_at else "open"
    return f"{value.id}  {value.started_at[:16]}  {state}  {printable(value.goal)}".rstrip()


def imported(value: Imported) -> str:
    """Return what an import did and did not take."""
    lines = [f"added: {_counts(value.added)}", f"already here: {_counts(value.already)}"]
    if value.redacted:
        lines.append(f"redacted by the write firewall: {value.redacted}")
    lines.extend(f"line {it.line}: {it.reason}" for it in value.notes)
    if value.skipped_total:
        lines.append(f"skipped: {value.skipped_total}")
        lines.extend(f"  line {it.line}: {it.reason}" for it in value.skipped)
    return "\n".join(lines)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}s" for name, number in counts.items()) or "nothing"
