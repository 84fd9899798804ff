"""Whatever the order: history grows, forgetting hides, restoring shows, exports come back."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from tests.memory.conftest import House
from vgxness.memory import Change, Choice, Draft, Listing, Question
from vgxness.memory.bounds import storable
from vgxness.memory.fingerprint import marks

WORDS = st.lists(
    st.sampled_from(["cents", "tabs", "redis", "deploy", "order", "basket", "tax", "書店", "café", "x-y"]),
    min_size=1,
    max_size=6,
)
TEXTS = WORDS.map(" ".join)


class Remembering(RuleBasedStateMachine):
    """Memory against a model: for each observation its contents, whether it is live, its topic key."""

    live = Bundle("live")
    gone = Bundle("gone")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.house = House(Path(self.folder.name) / "memory.sqlite")
        self.memory = self.house.memory
        self.contents: dict[str, list[str]] = {}
        self.live_ids: set[str] = set()

    @rule(target=live, content=TEXTS)
    def save(self, content: str) -> str:
        self.house.clock.pass_by(minutes=16)
        saved = self.memory.save(Draft(title="t", content=content))
        assert saved.action == "created"
        self.contents[saved.id] = [content]
        self.live_ids.add(saved.id)
        return saved.id

    @rule(id=live, content=TEXTS)
    def update(self, id: str, content: str) -> None:
        if id not in self.live_ids:
            return
        saved = self.memory.update(Change(id=id, content=content))
        if content == self.contents[id][-1]:
            assert saved.action == "unchanged"
        else:
            self.contents[id].append(content)
            assert saved.action == "revised"

    @rule(target=gone, id=consumes(live))
    def forget(self, id: str) -> str:
        assert self.memory.forget(id).action == "forgotten"
        self.live_ids.discard(id)
        return id

    @rule(target=live, id=consumes(gone))
    def restore(self, id: str) -> str:
        assert self.memory.restore(id).action == "restored"
        self.live_ids.add(id)
        return id

    @invariant()
    def history_is_whole(self) -> None:
        for one, contents in self.contents.items():
            assert [it.content for it in self.memory.revisions(one, limit=200)] == contents[::-1]

    @invariant()
    def lists_and_search_hold_the_live_ones(self) -> None:
        assert {line.id for line in self.memory.list(Listing(limit=200)).items} == self.live_ids
        for one in self.live_ids:
            hits = self.memory.search(Question(text=self.contents[one][-1], limit=200)).hits
            assert one in {hit.id for hit in hits}
            assert {hit.id for hit in hits} <= self.live_ids

    @rule()
    def export_comes_back(self) -> None:
        out = io.StringIO()
        self.memory.export(out.write, Choice(forgotten=True))
        with tempfile.TemporaryDirectory() as folder:
            other = House(Path(folder) / "other.sqlite")
            other.clock.moment = self.house.clock.moment
            done = other.memory.load(io.BytesIO(out.getvalue().encode()))
            assert done.skipped_total == 0
            again = io.StringIO()
            other.memory.export(again.write, Choice(forgotten=True))
            other.engine.close()
        assert again.getvalue() == out.getvalue()

    def teardown(self) -> None:
        self.house.engine.close()
        self.folder.cleanup()


TestRemembering = Remembering.TestCase
TestRemembering.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(st.text(max_size=50))
def test_what_is_storable_stays_and_has_no_nul_nor_surrogate(text: str) -> None:
    kept = storable(text)
    assert storable(kept) == kept
    assert "\0" not in kept
    kept.encode()


@given(title=TEXTS, content=TEXTS, space=st.sampled_from([" ", "  ", "\n", "\t ", "\r\n"]))
def test_a_fingerprint_ignores_white_space_and_nothing_else(title: str, content: str, space: str) -> None:
    one = marks(title, content)
    assert marks(title.replace(" ", space), f" {content}\n".replace(" ", space)) == one
    assert marks(title, content + " more").fingerprint != one.fingerprint
    assert marks(title + " more", content).fingerprint != one.fingerprint
