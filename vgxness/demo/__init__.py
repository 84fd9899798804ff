"""The whole main job in a throw-away home and workspace: set up, remember, check, roll back."""

from __future__ import annotations

from vgxness.demo.stage import Stage
from vgxness.demo.steps import Step, play

__all__ = ["Stage", "Step", "play"]
