"""Private sections out, then instructions, then secrets: the one verb of the firewall."""

from __future__ import annotations

from typing import Literal

from vgxness.memory.firewall.instructions import instruction_rules
from vgxness.memory.firewall.models import Reason, Verdict
from vgxness.memory.firewall.private import without_private
from vgxness.redaction import find_secrets, redact_secrets


def inspect(text: str, *, action: Literal["refuse", "redact"] = "redact") -> Verdict:
    """Return whether a text may be stored, and as what.

    Private sections are always taken out. A text that instructs the agent who will read it is always refused.
    A secret is redacted, or with `refuse` has the whole text refused.
    """
    kept = without_private(text)
    reasons = [Reason(rule="private-section", kind="private")] if kept != text else []
    instructions = [Reason(rule=rule, kind="instruction") for rule in instruction_rules(kept)]
    kinds = dict.fromkeys(secret.kind for secret in find_secrets(kept))
    secrets = [Reason(rule=kind, kind="secret") for kind in kinds]
    reasons = (*reasons, *instructions, *secrets)
    if instructions or (secrets and action == "refuse"):
        return Verdict(action="refused", text="", reasons=reasons)
    if not reasons:
        return Verdict(action="store", text=text, reasons=())
    return Verdict(action="redacted", text=redact_secrets(kept), reasons=reasons)
