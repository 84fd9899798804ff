"""An adapter that looks behind the door."""

from __future__ import annotations

from tests.testing.specimens.pelican import Pelican
from vgxness.kernel.clock import SystemClock


class Nosy(Pelican):
    """Uses the host's own clock."""

    clock = SystemClock()
