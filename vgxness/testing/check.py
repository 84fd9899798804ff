"""The conformance suite of doctor checks: asked through the real doctor, on machines of their own.

Subclass `CheckConformance` in a test module, give it the fixture `plugin`, and pytest runs all of it:

    class TestClock(CheckConformance):
        @pytest.fixture
        def plugin(self):
            return vgxness_clock
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import ClassVar, Final, cast, get_args

from vgxness.contract.check import Check, Finding, Severity
from vgxness.contract.context import Context
from vgxness.kernel.target import resolve
from vgxness.testing.base import PluginSuite
from vgxness.testing.host import host_of
from vgxness.testing.machine import Machine

ID: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_LONGEST: Final = 500
_MOST: Final = 200


class CheckConformance(PluginSuite):
    """What every doctor check does.

    Attributes:
        seconds: how long a check may take, on a machine where there is nothing to look at.
    """

    field: ClassVar[str] = "checks"
    seconds: ClassVar[float] = 30.0

    def test_every_check_has_a_stable_id_and_asks_a_question(
        self, plugin: ModuleType, machine: Machine
    ) -> None:
        """Ids are dotted; the summary is one line that ends in a question mark."""
        for offer in self.offers(plugin, machine):
            check: Check = offer.value
            assert ID.fullmatch(check.id), f"the id {check.id!r} is not dotted: a-z, 0-9, _ and -"
            assert re.fullmatch(r"[^\n]+\?", check.summary), f"{check.id}: {check.summary!r} is no question"

    def test_every_check_answers_with_a_finding(self, plugin: ModuleType, machine: Machine) -> None:
        """On an empty machine, where nothing it looks for is there; it raises nothing."""
        for check, finding in self.findings(plugin, machine):
            assert isinstance(finding, Finding), f"{check.id} returned a {type(finding).__name__}"
            assert finding.severity in get_args(Severity), f"{check.id}: severity {finding.severity!r}"
            assert finding.summary.strip(), f"{check.id} says nothing"
            assert "\n" not in finding.summary, f"{check.id}: the summary has several lines"

    def test_what_needs_doing_has_a_next_step(self, plugin: ModuleType, machine: Machine) -> None:
        """A warning or an error says what to do."""
        for check, finding in self.findings(plugin, machine):
            if finding.severity in ("warning", "error"):
                assert finding.hint.strip(), f"{check.id}: {finding.summary} And now?"

    def test_a_check_writes_nothing(self, plugin: ModuleType, machine: Machine) -> None:
        """No file and no directory appears in the home or the workspace."""
        before = machine.files()
        for check, _ in self.findings(plugin, machine):
            assert machine.files() == before, f"{check.id} wrote something"

    def test_a_check_is_bounded(self, plugin: ModuleType, machine: Machine) -> None:
        """It ends in time, and its evidence is short enough to read."""
        for check, finding in self.findings(plugin, machine):
            assert len(finding.evidence) <= _MOST, f"{check.id}: {len(finding.evidence)} lines of evidence"
            long = [line for line in (finding.summary, *finding.evidence) if len(line) > _LONGEST]
            assert not long, f"{check.id}: a line of {len(long[0])} characters"

    def findings(self, plugin: ModuleType, machine: Machine) -> Iterator[tuple[Check, Finding]]:
        """Yield each check and what it found; fails where one raises or does not end."""
        host: Context = host_of(plugin, machine)
        for offer in self.offers(plugin, machine):
            ask = cast("Callable[[Context], Finding]", resolve(offer.value.target, offer.plugin))
            yield offer.value, _in_time(lambda ask=ask: ask(host), offer.value.id, self.seconds)


def _in_time(ask: Callable[[], Finding], id: str, seconds: float) -> Finding:
    found: list[Finding] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(ask())
        except BaseException as error:  # noqa: BLE001 -- told below, with the check's id
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), f"{id} takes over {seconds:g} s"
    assert not failed, f"{id} raised {failed[0]!r}"
    return found[0]
