"""The conformance suite of a provider adapter: driven through the real setup service, on machines of its own.

Subclass `ProviderConformance` in a test module, give it the fixture `adapter`, and pytest runs all of it:

    class TestPelican(ProviderConformance):
        programs = ("pelican",)

        @pytest.fixture
        def adapter(self):
            return PelicanAdapter()
"""

from __future__ import annotations

from vgxness.testing.provider.applying import Applies
from vgxness.testing.provider.declaring import Declares
from vgxness.testing.provider.refusing import Refuses
from vgxness.testing.provider.undoing import Undoes


class ProviderConformance(Declares, Applies, Undoes, Refuses):
    """What every provider adapter does."""


__all__ = ["ProviderConformance"]
