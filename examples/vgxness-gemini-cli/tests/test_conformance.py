"""Gemini CLI's adapter keeps the promises of every provider adapter."""

from __future__ import annotations

import pytest
from vgxness_gemini_cli.adapter import GeminiCliAdapter

from vgxness.testing.provider import ProviderConformance


class TestGeminiCli(ProviderConformance):
    programs = ("gemini",)

    @pytest.fixture
    def adapter(self) -> GeminiCliAdapter:
        return GeminiCliAdapter()
