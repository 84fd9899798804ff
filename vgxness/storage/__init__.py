"""Storage: where the database is, the built-in engine, and the proof that it works."""

from __future__ import annotations

from vgxness.storage.location import VARIABLE, Location, Source, resolve

__all__ = ["VARIABLE", "Location", "Source", "resolve"]
