"""Search: any words, any characters, the newer and the standing first."""

from __future__ import annotations

import pytest

from tests.memory.conftest import House
from vgxness.errors import VgxnessError
from vgxness.memory import Draft, MemoryService, Question

ODD = [
    pytest.param('"shop" OR "\'; DROP TABLE memory_observation; --', id="query-quotes"),
    pytest.param("well-known -shop --all shop-", id="query-hyphens"),
    pytest.param("NOT shop AND NOT (OR) NEAR/2", id="query-not"),
    pytest.param("sho* * ^shop title:shop {shop}", id="query-star"),
    pytest.param("shop " + "many other words here " * 190, id="query-4kb"),
    pytest.param("shop 書店の価格は整数です", id="query-cjk"),
    pytest.param("shop 📚🛒", id="query-emoji"),
    pytest.param("shop\0\0prices \ud800", id="query-nul"),
]


def titles(memory: MemoryService, text: str, **more: object) -> list[str]:
    return [hit.title for hit in memory.search(Question(text=text, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ODD)
def test_no_character_of_a_query_is_syntax(memory: MemoryService, query: str) -> None:
    memory.save(Draft(title="Shop", content="The shop sells books; prices are cents. shop 書店の価格 📚"))
    memory.save(Draft(title="Other", content="Nothing of that kind."))
    assert titles(memory, query)[0] == "Shop"


@pytest.mark.parametrize("query", ["書店の価格", "価格"])
def test_words_of_scripts_without_spaces_are_found(memory: MemoryService, query: str) -> None:
    memory.save(Draft(title="価格", content="書店の価格は整数です"))
    memory.save(Draft(title="Other", content="nothing"))
    assert titles(memory, query) == ["価格"]


def test_a_hit_is_compact_and_says_why(memory: MemoryService) -> None:
    saved = memory.save(
        Draft(
            title="Prices",
            content="Prices are cents. " + "filler " * 500,
            kind="decision",
            topic_key="money/type",
        )
    )
    (hit,) = memory.search(Question(text="what are our prices")).hits
    assert (hit.id, hit.title, hit.kind, hit.topic_key) == (saved.id, "Prices", "decision", "money/type")
    assert len(hit.snippet) <= 240
    assert hit.snippet.startswith("Prices are cents.")
    assert 0 < hit.score <= 1
    assert hit.why == "has prices; from today"


def test_any_word_is_enough(memory: MemoryService) -> None:
    memory.save(Draft(title="Cache", content="Redis holds the cart for an hour."))
    assert titles(memory, "where do we keep the shopping cart between visits?") == ["Cache"]


def test_of_equal_texts_the_newer_comes_first(house: House) -> None:
    house.memory.save(Draft(title="Old", content="deploy with make ship"))
    house.clock.pass_by(days=90)
    house.memory.save(Draft(title="New", content="deploy with make ship"))
    assert titles(house.memory, "deploy make ship") == ["New", "Old"]


def test_recency_never_beats_a_much_better_match(house: House) -> None:
    house.memory.save(Draft(title="Payment gateway timeout", content="The payment gateway needs 30 seconds."))
    house.clock.pass_by(days=400)
    house.memory.save(Draft(title="Lunch", content="The seconds menu changed; a gateway drug."))
    assert titles(house.memory, "payment gateway timeout seconds")[0] == "Payment gateway timeout"


def test_a_superseded_observation_ranks_lower_and_says_so(memory: MemoryService) -> None:
    old = memory.save(
        Draft(title="Session store", content="The session store is Redis, session store settled.")
    )
    new = memory.save(Draft(title="Session keeping", content="Postgres now keeps each session."))
    assert titles(memory, "session store")[0] == "Session store"
    memory.relate(source=new.id, kind="supersedes", target=old.id)
    hits = memory.search(Question(text="session store")).hits
    assert [hit.id for hit in hits] == [new.id, old.id]
    assert hits[1].superseded_by == (new.id,)
    assert f"superseded by {new.id}" in hits[1].why


def test_a_superseded_observation_ranks_below_a_slightly_worse_one_that_stands(memory: MemoryService) -> None:
    old = memory.save(Draft(title="Session store", content="The session store is Redis."))
    memory.save(Draft(title="Store", content="Each session in the store lives for an hour and no longer."))
    new = memory.save(Draft(title="Login", content="Logins are kept by Postgres now."))
    assert titles(memory, "session store") == ["Session store", "Store"]
    memory.relate(source=new.id, kind="supersedes", target=old.id)
    assert titles(memory, "session store") == ["Store", "Session store"]
    memory.forget(new.id)
    assert titles(memory, "session store") == ["Session store", "Store"]


def test_kind_and_scope_narrow_the_search(memory: MemoryService) -> None:
    memory.save(Draft(title="A", content="tabs everywhere", kind="preference", scope="personal"))
    memory.save(Draft(title="B", content="tabs in makefiles", kind="decision"))
    assert titles(memory, "tabs", scope="personal") == ["A"]
    assert titles(memory, "tabs", scope="project") == ["B"]
    assert titles(memory, "tabs", kind="decision") == ["B"]


def test_a_rare_kind_is_found_behind_many_of_another(memory: MemoryService) -> None:
    memory.save(Draft(title="Rare", content="tabs tabs tabs", kind="bugfix"))
    for number in range(60):
        memory.save(Draft(title=f"Tabs {number}", content=f"tabs number {number}"))
    assert titles(memory, "tabs", kind="bugfix", limit=1) == ["Rare"]


def test_another_project_is_not_searched(house: House) -> None:
    house.beside("prj_other").save(Draft(title="Theirs", content="tabs"))
    assert titles(house.memory, "tabs") == []


def test_a_blank_query_answers_the_newest(memory: MemoryService) -> None:
    for name in ("one", "two", "three"):
        memory.save(Draft(title=name, content=f"the {name} text"))
    assert titles(memory, " \t", limit=2) == ["three", "two"]


def test_the_plan_tells_how_hits_were_found(memory: MemoryService) -> None:
    memory.save(Draft(title="A", content="tabs everywhere"))
    plan = memory.search(Question(text="tabs")).plan
    assert any("'tabs'" in step for step in plan)
    assert plan[-1].startswith("re-ranked 1 hits: 0.85 relevance + 0.15 recency")


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_limit_out_of_bounds_is_an_error(memory: MemoryService, limit: int) -> None:
    with pytest.raises(VgxnessError) as raised:
        memory.search(Question(text="x", limit=limit))
    assert raised.value.code == "usage"
