"""OpenCode, adapted for VGXNESS."""

from __future__ import annotations

from vgxness.plugin import ProviderAdapter, hookimpl


@hookimpl
def vgxness_provider_adapters() -> tuple[ProviderAdapter, ...]:
    """Offer the adapter of OpenCode."""
    from vgxness_opencode.adapter import OpenCodeAdapter

    return (OpenCodeAdapter(),)
