"""Every specimen under the suite; run by its file's name, never collected by itself."""

from __future__ import annotations

import pytest

from tests.testing.specimens.faulty import BROKEN
from tests.testing.specimens.heron import Heron
from tests.testing.specimens.pelican import Pelican
from vgxness.testing.provider import ProviderConformance


def under_test(kind: type[Pelican] | type[Heron]) -> type[ProviderConformance]:
    """Return the suite of one adapter, as its author would write it."""

    class Suite(ProviderConformance):
        programs = ("pelican",)
        package = kind.__module__

        @pytest.fixture
        def adapter(self) -> Pelican | Heron:
            made = kind()
            if kind in BROKEN and made.config_scopes == Pelican.config_scopes:
                made.config_scopes = ("user",)  # one is enough to fail, and takes half the time
            return made

    Suite.__name__ = Suite.__qualname__ = f"Test{kind.__name__}"
    return Suite


globals().update({f"Test{specimen.__name__}": under_test(specimen) for specimen in (Pelican, Heron, *BROKEN)})
