from __future__ import annotations

from pathlib import Path

import pytest

from tests.memory.firewall.rates import HALVES, Half, lines, main, rates, texts
from vgxness.memory.firewall import inspect

_PAGE = Path(__file__).parents[3] / "docs" / "memory-safety.md"


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


@pytest.mark.parametrize("text", texts("attacks"))
def test_every_text_of_a_known_attack_is_refused(text: str):
    assert inspect(text).action == "refused"


def test_the_page_quotes_the_rates_that_the_program_prints():
    page = _PAGE.read_text(encoding="utf-8")

    _, block, *_ = page.split("```text\n")
    assert block.partition("```")[0].splitlines() == lines()
