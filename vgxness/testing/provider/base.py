"""What a subclass of the provider suite gives."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from vgxness.contract.provider import ProviderAdapter


class AdapterSuite:
    """The fixtures that an author may give; `adapter` is the one that has to be.

    Attributes:
        programs: the names of the programs that the adapter looks for on PATH.
        package: what is searched for private imports; by default the adapter's own top-level package.
    """

    programs: tuple[str, ...] = ()
    package: str = ""

    @pytest.fixture
    def adapter(self) -> ProviderAdapter:
        """Return the adapter, new."""
        raise NotImplementedError("the subclass gives a fixture `adapter`")

    @pytest.fixture
    def samples(self) -> Mapping[str, bytes]:
        """Return files as the client's users have them, by a target's id; the suite makes the others."""
        return {}
