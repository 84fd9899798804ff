"""What a text goes through before it may be stored: bounds first, then the write firewall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vgxness.errors import VgxnessError
from vgxness.memory import bounds
from vgxness.memory.firewall import Verdict, hint, inspect
from vgxness.memory.models import Provenance

_TITLE_FROM_CONTENT: Final = 100
_JOINED_CHARACTERS: Final = 2_000
_REPLACED: Final = "Characters that can't be stored (NUL, lone surrogates) were replaced by U+FFFD."


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A text that may be stored.

    Attributes:
        redacted: the firewall's rules that changed it.
        notes: what else was changed, one sentence each.
    """

    title: str
    content: str
    topic_key: str | None
    provenance: Provenance
    redacted: tuple[str, ...]
    notes: tuple[str, ...]


def admit(*, title: str, content: str, topic_key: str | None, provenance: Provenance) -> Admitted:
    """Return the text as it may be stored; a title of "" is made of the first line of what may be.

    Title, content and topic key are also screened as they are read together later.

    Raises:
        VgxnessError: `usage`, `too_large`, or `memory_refused` naming the rules and never the text.
    """
    body, content_rules = screened("content", bounds.content(content))
    heading, title_rules = screened("title", bounds.title(title)) if title else (_first_line(body), ())
    key = labels_screened("topic key", bounds.topic_key(topic_key) or "")
    heading = heading[: bounds.MAX_TITLE]
    heading, key_rules = _screened_after("topic key and title, read together", key, heading)
    for what, first in (
        ("title and content, read together", heading),
        ("topic key and content, read together", key),
    ):
        body, joint_rules = _screened_after(what, first, body)
        key_rules = (*key_rules, *joint_rules)
    return Admitted(
        title=heading,
        content=body,
        topic_key=key or None,
        provenance=provenance_screened(provenance),
        redacted=tuple(dict.fromkeys((*title_rules, *content_rules, *key_rules))),
        notes=(_REPLACED,) if bounds.storable(title + content) != title + content else (),
    )


def screened(what: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text as the firewall lets it pass, and the rules that changed it.

    Raises:
        VgxnessError: `memory_refused`.
    """
    verdict = inspect(text)
    if verdict.action == "refused":
        raise _refused(what, verdict)
    if verdict.action == "store":
        return text, ()
    if not verdict.text.strip():
        raise _refused(what, verdict)
    return verdict.text, verdict.rules


def _screened_after(what: str, first: str, second: str) -> tuple[str, tuple[str, ...]]:
    """Return the second text as it may stand after the first one; both passed the firewall alone.

    Raises:
        VgxnessError: `memory_refused` where only the two together are an instruction, or a secret that
            begins in the first.
    """
    if not first:
        return second, ()
    near, rest = _leading(second)
    found: list[str] = []
    for glue in (" ", ": "):
        verdict = inspect(first + glue + near)
        if verdict.action == "store":
            continue
        start = first + glue
        kinds = {reason.kind for reason in verdict.reasons}
        if verdict.action == "refused" or kinds != {"secret"} or not verdict.text.startswith(start):
            raise _refused(what, verdict)
        near = verdict.text.removeprefix(start)
        found += verdict.rules
    return near + rest, tuple(found)


def _leading(text: str) -> tuple[str, str]:
    """Return the part that a first text can make a sentence with, and the rest; uncut where a cut alarms."""
    near, rest = text[:_JOINED_CHARACTERS], text[_JOINED_CHARACTERS:]
    return (near, rest) if not rest or inspect(near).action == "store" else (text, "")


def labels_screened(what: str, text: str) -> str:
    """Return a label unchanged; one that holds anything the firewall knows is refused, never redacted.

    Raises:
        VgxnessError: `memory_refused`.
    """
    verdict = inspect(text) if text else None
    if verdict is not None and verdict.action != "store":
        raise _refused(what, verdict)
    return text


def provenance_screened(origin: Provenance) -> Provenance:
    """Return the provenance with each name on one line and within 100 characters.

    Raises:
        VgxnessError: `too_large` or `memory_refused`.
    """
    clean = Provenance(
        provider=bounds.name("provider", origin.provider),
        agent=bounds.name("agent", origin.agent),
        session=bounds.name("session", origin.session),
        run=bounds.name("run", origin.run),
        trust=origin.trust,
    )
    names = (clean.provider, clean.agent, clean.session, clean.run)
    labels_screened("provenance", "\n".join(name for name in names if name))
    return clean


def _first_line(text: str) -> str:
    line = next(line for line in text.splitlines() if line.strip()).strip().lstrip("#").strip() or "Untitled"
    return line if len(line) <= _TITLE_FROM_CONTENT else line[: _TITLE_FROM_CONTENT - 1] + "…"


def _refused(what: str, verdict: Verdict) -> VgxnessError:
    rules = ", ".join(verdict.rules)
    return VgxnessError(
        "memory_refused",
        f"The write firewall refused the {what}; nothing was stored.",
        cause=f"Rules: {rules}.",
        hint=hint(verdict.reasons),
        details={"rules": rules},
    )
