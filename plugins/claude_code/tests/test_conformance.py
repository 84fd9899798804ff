"""Claude Code's adapter keeps the promises of every provider adapter."""

from __future__ import annotations

import pytest
from vgxness_claude_code.adapter import ClaudeCodeAdapter

from vgxness.testing.provider import ProviderConformance


class TestClaudeCode(ProviderConformance):
    programs = ("claude",)

    @pytest.fixture
    def adapter(self) -> ClaudeCodeAdapter:
        return ClaudeCodeAdapter()
