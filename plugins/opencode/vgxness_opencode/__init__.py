"""OpenCode, adapted for VGXNESS."""

from __future__ import annotations

from vgxness.plugin import Check, ProviderAdapter, hookimpl


@hookimpl
def vgxness_provider_adapters() -> tuple[ProviderAdapter, ...]:
    """Offer the adapter of OpenCode."""
    from vgxness_opencode.adapter import OpenCodeAdapter

    return (OpenCodeAdapter(),)


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Offer the check that asks the real client."""
    return (
        Check(
            id="opencode.connection",
            summary="Does OpenCode resolve its configuration as planned and reach the server?",
            target="vgxness_opencode.checks:connection",
        ),
    )
