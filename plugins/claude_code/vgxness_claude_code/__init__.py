"""Claude Code, adapted for VGXNESS."""

from __future__ import annotations

from vgxness.plugin import Check, ProviderAdapter, hookimpl


@hookimpl
def vgxness_provider_adapters() -> tuple[ProviderAdapter, ...]:
    """Offer the adapter of Claude Code."""
    from vgxness_claude_code.adapter import ClaudeCodeAdapter

    return (ClaudeCodeAdapter(),)


@hookimpl
def vgxness_doctor_checks() -> tuple[Check, ...]:
    """Declare what the doctor asks about Claude Code beside what it asks about every client."""
    return (
        Check(
            id="claude-code.settings",
            summary="Does Claude Code read its settings files, or drop one as a whole?",
            target="vgxness_claude_code.checks:settings",
        ),
        Check(
            id="claude-code.trust",
            summary="Does Claude Code trust this project and its .mcp.json?",
            target="vgxness_claude_code.checks:trust",
        ),
    )
