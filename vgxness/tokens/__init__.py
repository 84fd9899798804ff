"""The token ledger: what stands in an agent's context because of us, and of its other MCP servers."""

from __future__ import annotations

from vgxness.tokens.models import Charge, Form, Ledger, ProviderCharges, ServerCharge, ServerForm
from vgxness.tokens.service import TokenService
from vgxness.tokens.tokenizer import ESTIMATE, Tokenizer, best_tokenizer

__all__ = [
    "ESTIMATE",
    "Charge",
    "Form",
    "Ledger",
    "ProviderCharges",
    "ServerCharge",
    "ServerForm",
    "TokenService",
    "Tokenizer",
    "best_tokenizer",
]
