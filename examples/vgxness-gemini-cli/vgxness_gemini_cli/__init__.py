"""Gemini CLI, adapted for VGXNESS by a stranger."""

from __future__ import annotations

from vgxness.plugin import ProviderAdapter, hookimpl


@hookimpl
def vgxness_provider_adapters() -> tuple[ProviderAdapter, ...]:
    """Offer the adapter of Gemini CLI."""
    from vgxness_gemini_cli.adapter import GeminiCliAdapter

    return (GeminiCliAdapter(),)
