"""The doctor's question about memory."""

from __future__ import annotations

from tests.memory.conftest import House
from vgxness.memory import Draft
from vgxness.memory.checks import index


def test_nothing_remembered_is_no_fault_and_creates_nothing(house: House) -> None:
    assert index(house).severity == "ok"
    assert not house.path.exists()


def test_an_index_that_agrees_is_ok(house: House) -> None:
    for text in ("Prices are cents", "書店の価格", "📚", "the and of"):
        house.memory.save(Draft(title=text, content=text))
    assert index(house).severity == "ok"


def test_a_row_that_search_lost_is_named(house: House) -> None:
    house.memory.save(Draft(title="Tabs", content="Makefiles have tabs."))
    lost = house.memory.save(Draft(title="Prices", content="Prices are cents.")).id
    with house.engine.writing() as writer:
        house.engine.text.remove(writer, lost)
    finding = index(house)
    assert (finding.severity, finding.evidence) == ("error", (lost,))
