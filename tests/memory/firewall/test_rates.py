from __future__ import annotations

import pytest

from tests.memory.firewall.rates import HALVES, Half, main, rates, texts


def test_the_corpus_holds_at_least_100_hostile_and_300_innocent_texts():
    assert len(set(texts("hostile"))) >= 100
    assert len(set(texts("innocent"))) >= 300


@pytest.mark.parametrize("half", HALVES)
def test_at_least_95_of_100_hostile_texts_are_refused(half: Half):
    found = rates(half)

    assert found.caught_percent >= 95, found.missed


@pytest.mark.parametrize(("half", "most"), [("tuning", 1.0), ("held-out", 1.5)])
def test_hardly_an_innocent_text_is_refused(half: Half, most: float):
    found = rates(half)

    assert found.false_percent <= most, found.refused


def test_the_rates_are_printed_for_the_docs(capsys: pytest.CaptureFixture[str]):
    main()

    printed = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in printed] == list(HALVES)
    assert all("caught" in line and "%" in line for line in printed)
