"""OpenCode's adapter keeps the promises of every provider adapter."""

from __future__ import annotations

import pytest
from vgxness_opencode.adapter import OpenCodeAdapter

from vgxness.testing.provider import ProviderConformance


class TestOpenCode(ProviderConformance):
    programs = ("opencode",)

    @pytest.fixture
    def adapter(self) -> OpenCodeAdapter:
        return OpenCodeAdapter()
