"""What happens at an agent client's events: context at a session's start, a note where one ends."""

from __future__ import annotations

from vgxness.hook.event import EVENTS, Event, read_event
from vgxness.hook.service import HookService

__all__ = ["EVENTS", "Event", "HookService", "read_event"]
