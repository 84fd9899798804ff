"""Sessions and what they hand on."""

from __future__ import annotations

import pytest

from tests.memory.conftest import House
from vgxness.errors import VgxnessError
from vgxness.memory import Draft, Ending, MemoryService, Provenance, Question
from vgxness.memory.budget import leading, tokens


def test_a_session_ends_with_a_summary_that_can_be_found(memory: MemoryService) -> None:
    begun = memory.sessions.start(goal="ship prices", provenance=Provenance(provider="opencode"))
    ended = memory.sessions.end(Ending(session=begun.id, summary="# Prices shipped\n\nNext: taxes."))
    found = memory.get(ended.saved.id)
    assert (found.kind, found.title, found.provenance.session) == (
        "session-summary",
        "Prices shipped",
        begun.id,
    )
    assert ended.session.summary_id == found.id
    assert ended.session.ended_at is not None
    assert [it.id for it in memory.sessions.newest()] == [begun.id]
    assert [hit.id for hit in memory.search(Question(text="taxes")).hits] == [found.id]


def test_ending_twice_with_the_same_summary_is_no_change(memory: MemoryService) -> None:
    begun = memory.sessions.start()
    first = memory.sessions.end(Ending(session=begun.id, summary="Done."))
    again = memory.sessions.end(Ending(session=begun.id, summary="Done."))
    assert again.session == first.session
    assert again.saved.action == "unchanged"


def test_ending_twice_with_another_summary_is_a_clear_conflict(memory: MemoryService) -> None:
    begun = memory.sessions.start()
    memory.sessions.end(Ending(session=begun.id, summary="Done."))
    with pytest.raises(VgxnessError) as raised:
        memory.sessions.end(Ending(session=begun.id, summary="Not done."))
    assert (raised.value.code, int(raised.value.exit_code)) == ("session_ended", 4)


def test_ending_an_unknown_session_is_clear(memory: MemoryService) -> None:
    with pytest.raises(VgxnessError) as raised:
        memory.sessions.end(Ending(session="ses_nobody", summary="Done."))
    assert raised.value.code == "unknown_session"
    assert memory.stats().total == 0


def test_ending_without_a_start_records_one_session_once(memory: MemoryService) -> None:
    first = memory.sessions.end(Ending(summary="Done."))
    again = memory.sessions.end(Ending(summary="Done."))
    assert first.session.id == again.session.id
    assert (first.saved.action, again.saved.action) == ("created", "duplicate")
    assert len(memory.sessions.newest()) == 1


def test_a_title_cut_from_the_summary_never_cuts_a_secret_open(house: House) -> None:
    token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" + "k1L2m3N4o5P6q7R8"
    ended = house.memory.sessions.end(
        Ending(summary=f"{'We set the token of the robot account ' * 2}{token}")
    )
    assert "ghp_" not in house.memory.get(ended.saved.id).title


def test_a_draft_survives_a_session_that_never_ends(memory: MemoryService) -> None:
    begun = memory.sessions.start()
    memory.sessions.draft(begun.id, "Half way: the tax table is missing.")
    assert "the tax table is missing" in memory.context().text
    memory.sessions.end(Ending(session=begun.id, summary="Whole."))
    assert "the tax table is missing" not in memory.context().text
    with pytest.raises(VgxnessError) as raised:
        memory.sessions.draft(begun.id, "late")
    assert raised.value.code == "session_ended"


def test_context_names_summaries_then_decisions_then_the_newest(memory: MemoryService) -> None:
    decision = memory.save(Draft(title="Cents", content="Prices are cents.", kind="decision")).id
    notes = [memory.save(Draft(title=f"note {it}", content=f"the text {it}")).id for it in range(30)]
    summary = memory.sessions.end(Ending(summary="Shipped.")).saved.id
    last_note = memory.save(Draft(title="newest", content="the newest text")).id
    ids = memory.context().ids
    assert ids[:4] == (summary, decision, last_note, notes[-1])


def test_context_leaves_out_what_was_superseded_or_forgotten(memory: MemoryService) -> None:
    old = memory.save(Draft(title="Floats", content="Prices are floats.", kind="decision")).id
    new = memory.save(Draft(title="Cents", content="Prices are cents.", kind="decision")).id
    gone = memory.save(Draft(title="Gone", content="Away with it.")).id
    memory.relate(source=new, kind="supersedes", target=old)
    memory.forget(gone)
    assert memory.context().ids == (new,)


@pytest.mark.parametrize("word", ["lorem ipsum ", "書店の価格", "📚🛒 "])
@pytest.mark.parametrize("bound", [200, 1_500])
def test_context_stays_within_its_bounds(memory: MemoryService, word: str, bound: int) -> None:
    for number in range(40):
        kind = "decision" if number % 2 else "note"
        memory.save(Draft(title=f"{number} {word * 5}"[:100], content=f"{number} {word * 60}", kind=kind))
    memory.sessions.end(Ending(summary=word * 600))
    found = memory.context(max_tokens=bound)
    assert tokens(found.text) == found.tokens <= bound
    assert len(found.text) <= 6_000
    assert found.ids
    assert found.left_out > 0


def test_context_holds_the_personal_and_not_another_project(house: House) -> None:
    mine = house.memory.save(Draft(title="Tabs", content="I like tabs.", scope="personal")).id
    house.beside("prj_other").save(Draft(title="Theirs", content="Not ours."))
    assert house.memory.context().ids == (mine,)


def test_context_of_a_named_project_is_that_project(house: House) -> None:
    theirs = house.beside("prj_other").save(Draft(title="Theirs", content="Not ours.")).id
    house.memory.save(Draft(title="Ours", content="Not theirs."))
    assert house.memory.context(project="prj_other").ids == (theirs,)


def test_a_bound_out_of_range_is_an_error(memory: MemoryService) -> None:
    for bound in (0, 199, 20_001):
        with pytest.raises(VgxnessError) as raised:
            memory.context(max_tokens=bound)
        assert raised.value.code == "usage"


@pytest.mark.parametrize("text", ["", "plain words " * 50, "書" * 300, "mixed 書 " * 100])
def test_leading_is_the_longest_beginning_that_fits(text: str) -> None:
    for most in (1, 7, 100):
        part = leading(text, most)
        assert text.startswith(part)
        assert tokens(part) <= most
        assert part == text or tokens(text[: len(part) + 1]) > most
