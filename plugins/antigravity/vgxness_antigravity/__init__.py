"""Google Antigravity, adapted for VGXNESS."""

from __future__ import annotations

from vgxness.plugin import Check, ProviderAdapter, hookimpl


@hookimpl
def vgxness_provider_adapters() -> tuple[ProviderAdapter, ...]:
    """Offer the adapter of Antigravity."""
    from vgxness_antigravity.adapter import AntigravityAdapter

    return (AntigravityAdapter(),)


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Declare what the doctor asks about Antigravity's own files."""
    return (
        Check(
            id="antigravity.files",
            summary="Can Antigravity read its JSON files as strictly as it does?",
            target="vgxness_antigravity.checks:files",
        ),
        Check(
            id="antigravity.places",
            summary="Does anything stand where Antigravity does not look, or switch us off?",
            target="vgxness_antigravity.checks:places",
        ),
    )
