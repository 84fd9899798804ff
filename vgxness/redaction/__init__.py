"""Secrets never cross a border: the three helpers that every border uses, and the finder behind them.

The literals and the key pattern are the original's contract. Nothing is compiled at import; a pattern is
compiled when a text first holds one of its trigger words.
"""

from __future__ import annotations

from vgxness.redaction.json_values import (
    OMITTED,
    omit_sensitive_command_output,
    redact_json,
    redact_strings,
)
from vgxness.redaction.models import Secret
from vgxness.redaction.scanner import REDACTED, find_secrets, redact_secrets

__all__ = [
    "OMITTED",
    "REDACTED",
    "Secret",
    "find_secrets",
    "omit_sensitive_command_output",
    "redact_json",
    "redact_secrets",
    "redact_strings",
]
