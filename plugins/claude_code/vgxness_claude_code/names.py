"""The names under which Claude Code knows what is ours."""

from __future__ import annotations

from typing import Final

SERVER_NAME: Final = "vgxness"

EVENTS: Final = {"SessionStart": "session-start", "PreCompact": "pre-compact", "SessionEnd": "session-end"}
"""Claude Code's events that we answer, and what each is called on our command line."""
