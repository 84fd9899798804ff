"""What a command returns; it is the contract's, so that a plugin's command can return it too."""

from __future__ import annotations

from vgxness.contract.answer import Answer

__all__ = ["Answer"]
