"""What the doctor asks about OpenCode."""

from __future__ import annotations

from vgxness.plugin import Context, Finding
from vgxness_opencode.client import program_path
from vgxness_opencode.live import copied, verify


def connection(context: Context) -> Finding:
    """Ask the real client, on copies of the user's and the project's configuration in a throw-away home."""
    program = program_path(context)
    if program is None:
        return Finding(severity="skipped", summary="OpenCode is not installed (no opencode on PATH).")
    with copied(context, program, with_project=True) as copy:
        verdict = verify(copy, planned=None)
    if verdict.state == "connected":
        return Finding(severity="ok", summary=verdict.summary, evidence=verdict.evidence)
    if verdict.state == "skipped":
        return Finding(
            severity="skipped", summary=verdict.summary, hint="vgxness setup apply --provider opencode"
        )
    return Finding(
        severity="error",
        summary=verdict.summary,
        evidence=verdict.evidence,
        hint="vgxness setup status --provider opencode",
    )
