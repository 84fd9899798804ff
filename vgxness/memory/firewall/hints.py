"""What a writer is to change so that a refused text is stored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vgxness.memory.firewall.models import Reason

_TALK: Final = (
    "Say what is true or was decided, not what the agent that reads it is to do; an example of an attack goes"
    ' in quotes, with a word beside it that says so: the test sends "…".'
)
_OF_KIND: Final = {
    "secret": "Take the secret out.",
    "private": "Leave out what is private.",
    "instruction": _TALK,
}
_HINTS: Final = {
    "private-section": "All of it is private; leave the tags off what may be stored.",
    "private-tag": (
        "Write <private> and </private> plainly round what is private, both in one field; or write the word"
        " without brackets."
    ),
    "hidden-secret": "Take the secret out: it has invisible or wide characters, or a line break, inside it.",
    "hidden-text": "Take out the invisible characters.",
    "encoded-instruction": "Leave the base64 out and say what it is.",
    "template-token": "Put the tokens in quotes and say what they are: the parser strips `…`.",
    "fake-turn": "Tell who said what in a sentence, with no `Human:` or `System:` at the start of a line.",
    "comment": "Leave the HTML comment out.",
}


def hint(reasons: Iterable[Reason]) -> str:
    """Return what to change, each sentence once; it never names a secret's text."""
    said = dict.fromkeys(_HINTS.get(reason.rule) or _OF_KIND[reason.kind] for reason in reasons)
    return " ".join((*said, "Then save again."))
