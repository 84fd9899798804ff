"""Reading without a query, and changing what is known by its id."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.memory.conftest import House
from vgxness.contract.storage import TextQuery
from vgxness.errors import VgxnessError
from vgxness.memory import Change, Draft, Listing, MemoryService, Question


def code(error: pytest.ExceptionInfo[VgxnessError]) -> str:
    return error.value.code


def save(memory: MemoryService, title: str, **more: object) -> str:
    return memory.save(Draft(title=title, content=f"The text of {title}.", **more)).id  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [1, 7, 8, 24, 25, 200])
def test_pages_hold_everything_once_newest_first(memory: MemoryService, limit: int) -> None:
    made = [save(memory, f"n{it}", scope="personal" if it % 3 else "project") for it in range(25)]
    seen: list[str] = []
    cursor = None
    while True:
        page = memory.list(Listing(limit=limit, cursor=cursor))
        seen.extend(line.id for line in page.items)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == made[::-1]


def test_pages_hold_what_was_made_in_one_moment(house: House) -> None:
    house.clock.step = timedelta()
    made = {save(house.memory, f"n{it}") for it in range(7)}
    first = house.memory.list(Listing(limit=3))
    second = house.memory.list(Listing(limit=3, cursor=first.next_cursor))
    third = house.memory.list(Listing(limit=3, cursor=second.next_cursor))
    assert [len(page.items) for page in (first, second, third)] == [3, 3, 1]
    assert {line.id for page in (first, second, third) for line in page.items} == made


def test_a_list_narrows_by_kind_scope_and_topic_prefix(memory: MemoryService) -> None:
    one = save(memory, "a", kind="decision", topic_key="auth/token")
    two = save(memory, "b", kind="decision", topic_key="auto/build")
    three = save(memory, "c", scope="personal")
    assert [it.id for it in memory.list(Listing(kind="decision")).items] == [two, one]
    assert [it.id for it in memory.list(Listing(topic_prefix="auth/")).items] == [one]
    assert [it.id for it in memory.list(Listing(topic_prefix="%")).items] == []
    assert [it.id for it in memory.list(Listing(scope="personal")).items] == [three]


@pytest.mark.parametrize("cursor", ["x", "!!", "bm90IGEgY3Vyc29y", "A" * 500, "é"])
def test_a_cursor_that_no_list_gave_is_an_error(memory: MemoryService, cursor: str) -> None:
    save(memory, "a")
    with pytest.raises(VgxnessError) as raised:
        memory.list(Listing(cursor=cursor))
    assert code(raised) == "usage"


def test_get_by_an_explicit_id_reaches_another_project_and_names_it(house: House) -> None:
    theirs = save(house.beside("prj_other"), "theirs")
    assert house.memory.get(theirs).project_id == "prj_other"


@pytest.mark.parametrize("id", ["", "obs_nobody", "x" * 10_000, "a\0b", "\ud800", "' OR 1=1"])
def test_an_unknown_id_is_said_politely(memory: MemoryService, id: str) -> None:
    save(memory, "a")
    for verb in (memory.get, memory.revisions, memory.forget, memory.restore):
        with pytest.raises(VgxnessError) as raised:
            verb(id)
        assert code(raised) == "unknown_observation"
        assert len(raised.value.message) < 200


def test_update_writes_a_revision_and_keeps_the_rest(memory: MemoryService) -> None:
    kept = save(memory, "a", kind="pattern", topic_key="k")
    done = memory.update(Change(id=kept, content="New text.", expected_revision=1))
    found = memory.get(kept)
    assert (done.action, done.revision) == ("revised", 2)
    assert (found.title, found.content, found.kind, found.topic_key) == ("a", "New text.", "pattern", "k")
    assert memory.update(Change(id=kept, content="New text.")).action == "unchanged"


def test_update_on_a_revision_that_moved_on_is_a_conflict_and_stores_nothing(memory: MemoryService) -> None:
    kept = save(memory, "a")
    memory.update(Change(id=kept, content="Theirs."))
    with pytest.raises(VgxnessError) as raised:
        memory.update(Change(id=kept, content="Mine.", expected_revision=1))
    assert (code(raised), int(raised.value.exit_code)) == ("observation_conflict", 4)
    assert memory.get(kept).content == "Theirs."


def test_update_without_a_change_is_a_usage_error(memory: MemoryService) -> None:
    with pytest.raises(VgxnessError) as raised:
        memory.update(Change(id=save(memory, "a")))
    assert code(raised) == "usage"


def test_a_topic_key_can_be_taken_away_but_not_taken_over(memory: MemoryService) -> None:
    first, second = save(memory, "a", topic_key="k"), save(memory, "b")
    with pytest.raises(VgxnessError) as raised:
        memory.update(Change(id=second, topic_key="k"))
    assert code(raised) == "observation_conflict"
    memory.update(Change(id=first, topic_key=""))
    memory.update(Change(id=second, topic_key="k"))
    assert (memory.get(first).topic_key, memory.get(second).topic_key) == (None, "k")


def test_a_forgotten_observation_leaves_lists_and_search_and_comes_back_whole(memory: MemoryService) -> None:
    kept = save(memory, "tabs", topic_key="k")
    memory.update(Change(id=kept, content="Tabs in makefiles only."))
    assert memory.forget(kept).action == "forgotten"
    assert memory.forget(kept).action == "unchanged"
    assert memory.list(Listing()).items == ()
    assert memory.search(Question(text="tabs")).hits == ()
    assert [it.id for it in memory.list(Listing(forgotten=True)).items] == [kept]
    with pytest.raises(VgxnessError) as raised:
        memory.get(kept)
    assert code(raised) == "observation_forgotten"
    assert memory.get(kept, forgotten=True).content == "Tabs in makefiles only."
    assert len(memory.revisions(kept)) == 2
    assert memory.restore(kept).action == "restored"
    assert memory.restore(kept).action == "unchanged"
    assert [hit.id for hit in memory.search(Question(text="makefiles")).hits] == [kept]


def test_a_forgotten_observation_leaves_the_index_itself(house: House) -> None:
    kept = save(house.memory, "tabs")
    asked = TextQuery(text="tabs", partitions=("project:prj_books/note",))

    def indexed() -> list[str]:
        with house.engine.reading() as reader:
            return [hit.id for hit in house.engine.text.search(reader, asked).hits]

    assert indexed() == [kept]
    house.memory.forget(kept)
    assert indexed() == []


def test_a_forgotten_observation_is_not_updated_nor_revised(memory: MemoryService) -> None:
    kept = save(memory, "a", topic_key="k")
    memory.forget(kept)
    with pytest.raises(VgxnessError) as raised:
        memory.update(Change(id=kept, content="x"))
    assert code(raised) == "observation_forgotten"
    assert save(memory, "b", topic_key="k") != kept


def test_restore_refuses_while_another_holds_the_topic_key(memory: MemoryService) -> None:
    kept = save(memory, "a", topic_key="k")
    memory.forget(kept)
    holder = save(memory, "b", topic_key="k")
    with pytest.raises(VgxnessError) as raised:
        memory.restore(kept)
    assert code(raised) == "observation_conflict"
    assert holder in raised.value.message
    memory.forget(holder)
    assert memory.restore(kept).action == "restored"


def test_revisions_come_in_bounded_pages(memory: MemoryService) -> None:
    kept = save(memory, "a", topic_key="k")
    for number in range(2, 31):
        memory.update(Change(id=kept, content=f"text {number}"))
    page = memory.revisions(kept, limit=20)
    rest = memory.revisions(kept, limit=20, before=page[-1].revision)
    assert [it.revision for it in (*page, *rest)] == list(range(30, 0, -1))


def test_stats_count_what_there_is(memory: MemoryService) -> None:
    one = save(memory, "a", kind="decision")
    save(memory, "a", kind="decision")
    two = save(memory, "b", kind="decision")
    memory.update(Change(id=one, content="x"))
    memory.relate(source=one, kind="conflicts-with", target=two)
    memory.forget(save(memory, "c", scope="personal"))
    save(memory, "d", scope="personal")
    memory.sessions.start()
    counted = memory.stats()
    assert counted.observations == {"personal/note": 1, "project/decision": 2}
    assert (counted.total, counted.revisions, counted.forgotten, counted.duplicates) == (3, 5, 1, 1)
    assert (counted.sessions, counted.conflicts) == (1, 1)


def test_relations_are_seen_from_both_sides(memory: MemoryService) -> None:
    one, two = save(memory, "a"), save(memory, "b")
    done = memory.relate(source=one, kind="supersedes", target=two, trust="terminal")
    assert done.action == "created"
    assert memory.relate(source=one, kind="supersedes", target=two).action == "unchanged"
    assert memory.get(one).relations == memory.get(two).relations == (done.relation,)


def test_the_newer_word_replaces_the_opposite_supersedes(memory: MemoryService) -> None:
    one, two = save(memory, "a"), save(memory, "b")
    memory.relate(source=one, kind="supersedes", target=two)
    done = memory.relate(source=two, kind="supersedes", target=one)
    assert done.action == "replaced"
    assert memory.get(one).relations == (done.relation,)


def test_a_conflict_is_listed_until_one_supersedes_the_other(memory: MemoryService) -> None:
    one, two = save(memory, "a"), save(memory, "b")
    memory.relate(source=one, kind="conflicts-with", target=two)
    assert memory.relate(source=two, kind="conflicts-with", target=one).action == "unchanged"
    (conflict,) = memory.conflicts()
    assert {conflict.one.id, conflict.other.id} == {one, two}
    memory.relate(source=two, kind="supersedes", target=one)
    assert memory.conflicts() == ()


def test_a_conflict_with_a_forgotten_observation_is_not_listed(memory: MemoryService) -> None:
    one, two = save(memory, "a"), save(memory, "b")
    memory.relate(source=one, kind="conflicts-with", target=two)
    memory.forget(two)
    assert memory.conflicts() == ()


def test_relating_what_cannot_be_related_is_refused(memory: MemoryService) -> None:
    one, gone = save(memory, "a"), save(memory, "b")
    memory.forget(gone)
    for source, target, expected in (
        (one, one, "usage"),
        (one, "obs_nobody", "unknown_observation"),
        ("obs_nobody", one, "unknown_observation"),
        (one, gone, "observation_forgotten"),
    ):
        with pytest.raises(VgxnessError) as raised:
            memory.relate(source=source, kind="supersedes", target=target)
        assert code(raised) == expected
