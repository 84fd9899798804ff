"""Private sections out, then instructions, then secrets: the one verb of the firewall."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from vgxness.memory.firewall.characters import seen
from vgxness.memory.firewall.instructions import instruction_rules
from vgxness.memory.firewall.models import Reason, Verdict
from vgxness.memory.firewall.private import without_private
from vgxness.redaction import find_secrets, redact_secrets

# Kinds that a vendor's prefix gives away, so that two lines joined by chance are not taken for one.
_KNOWN_BY_LOOK: Final = frozenset({"openai-key", "stripe-key", "google-api-key", "aws-key-id", "jwt"})
_KNOWN_BY_NAME: Final = "bearer-token"


def inspect(text: str, *, action: Literal["refuse", "redact"] = "redact") -> Verdict:
    """Return whether a text may be stored, and as what.

    Private sections are always taken out. A text that instructs the agent who will read it is always
    refused, and so is one whose private tags don't fit, or that holds a secret with invisible characters,
    wide letters or a line break inside it. A plain secret is redacted, or with `refuse` has the whole text
    refused.
    """
    kept = without_private(text)
    if kept is None:
        return _refused(Reason(rule="private-tag", kind="private"))
    reasons = [Reason(rule="private-section", kind="private")] if kept != text else []
    instructions = [Reason(rule=rule, kind="instruction") for rule in instruction_rules(kept)]
    kinds = dict.fromkeys(secret.kind for secret in find_secrets(kept))
    secrets = [Reason(rule=kind, kind="secret") for kind in kinds]
    left = redact_secrets(kept) if secrets else kept
    hidden = [Reason(rule="hidden-secret", kind="secret")] if _hides_secret(left) else []
    reasons = (*reasons, *instructions, *secrets, *hidden)
    if instructions or hidden or (secrets and action == "refuse"):
        return _refused(*reasons)
    if not reasons:
        return Verdict(action="store", text=text, reasons=())
    return Verdict(action="redacted", text=left, reasons=reasons)


def _refused(*reasons: Reason) -> Verdict:
    return Verdict(action="refused", text="", reasons=reasons)


def _hides_secret(text: str) -> bool:
    """Whether a text without plain secrets holds one for a reader, who sees no invisible character."""
    plain = seen(text)
    if plain != text and find_secrets(plain):
        return True
    joined = _line_break().sub("", plain)
    return joined != plain and any(_has_own_look(secret.kind) for secret in find_secrets(joined))


def _has_own_look(kind: str) -> bool:
    return kind in _KNOWN_BY_LOOK or (kind.endswith("-token") and kind != _KNOWN_BY_NAME)


@cache
def _line_break() -> re.Pattern[str]:
    return re.compile(r"(?<=[\w./+=-])[ \t]*\r?\n[ \t]*(?=[\w./+=-])")
