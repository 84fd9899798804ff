"""The write firewall: what a text has to pass before it is stored. Pure; it stores and logs nothing."""

from __future__ import annotations

from vgxness.memory.firewall.hints import hint
from vgxness.memory.firewall.inspection import inspect
from vgxness.memory.firewall.models import Reason, Verdict

__all__ = ["Reason", "Verdict", "hint", "inspect"]
