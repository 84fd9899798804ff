"""Antigravity's adapter keeps the promises of every provider adapter."""

from __future__ import annotations

import pytest
from vgxness_antigravity.adapter import AntigravityAdapter

from vgxness.testing.provider import ProviderConformance


class TestAntigravity(ProviderConformance):
    programs = ("agy",)

    @pytest.fixture
    def adapter(self) -> AntigravityAdapter:
        return AntigravityAdapter()
