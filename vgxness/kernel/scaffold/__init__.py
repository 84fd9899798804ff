"""Starts a plugin: a whole package that installs, is found, and passes its conformance suite as it stands."""

from __future__ import annotations

from vgxness.kernel.scaffold.service import KINDS, Kind, Scaffold, draft, write

__all__ = ["KINDS", "Kind", "Scaffold", "draft", "write"]
