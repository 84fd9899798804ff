"""What the suites of a plugin's module have in common."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Final

import pytest

from vgxness.kernel.catalogue import Offer
from vgxness.kernel.linter import HEAVY, private_imports
from vgxness.testing.host import host_of, plugin_name
from vgxness.testing.machine import Machine
from vgxness.testing.sources import sources_of

TARGET: Final = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")


class PluginSuite:
    """The promises of every plugin, whatever it offers; `plugin` is the fixture that a subclass gives.

    Attributes:
        field: what of the catalogue the suite is about.
    """

    field: ClassVar[str] = ""

    @pytest.fixture
    def plugin(self) -> ModuleType:
        """Return the module that the entry point names."""
        raise NotImplementedError("the subclass gives a fixture `plugin`")

    @pytest.fixture
    def machine(self, tmp_path: Path) -> Machine:
        """Return a computer of its own."""
        return Machine(root=tmp_path / "machine")

    def test_the_plugin_loads_and_offers_something(self, plugin: ModuleType, machine: Machine) -> None:
        """Its row is well, and every value has a target of the form `pkg.mod:attr`."""
        catalogue = host_of(plugin, machine).catalogue
        name = plugin_name(plugin)
        (row,) = [row for row in catalogue.plugins if row.name == name]
        assert row.state == "ok", f"{row.state}: {row.problem}\n{row.traceback}"
        values = [offer.value for offer in self.offers(plugin, machine)]
        assert values, f"{plugin.__name__} offers no {self.field}"
        for value in values:
            assert TARGET.fullmatch(value.target), f"the target {value.target!r} is not pkg.mod:attr"

    def test_declaring_imports_nothing_heavy(self, plugin: ModuleType) -> None:
        """The plugin is imported and its hooks are called at every start of vgxness."""
        heavy = _imported_by(plugin.__name__) & HEAVY
        assert not heavy, (
            f"importing {plugin.__name__} and calling its hooks imports {', '.join(sorted(heavy))}"
        )

    def test_it_imports_the_door_and_nothing_else_of_vgxness(self, plugin: ModuleType) -> None:
        """Only `vgxness.plugin` and `vgxness.errors`, in every module of its package."""
        private = [
            f"{path.name}:{line} imports {name}"
            for path in sources_of(plugin.__name__)
            for line, name in private_imports(path.read_text("utf-8"))
        ]
        assert private == []

    def offers(self, plugin: ModuleType, machine: Machine) -> Sequence[Offer[Any]]:
        """Return what the plugin offers of the suite's kind."""
        name = plugin_name(plugin)
        every: Sequence[Offer[Any]] = getattr(host_of(plugin, machine).catalogue, self.field)
        return [offer for offer in every if offer.plugin.name == name]


def _imported_by(module: str) -> set[str]:
    program = (
        "import importlib, sys\n"
        "import vgxness.kernel.manager\n"
        f"found = importlib.import_module({module!r})\n"
        "for name in dir(found):\n"
        "    if name.startswith('vgxness_') and callable(getattr(found, name)):\n"
        "        list(getattr(found, name)())\n"
        "print(chr(30) + ' '.join(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{program}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("\x1e")[2].split())
