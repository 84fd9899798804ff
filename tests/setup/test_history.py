"""Whatever the order of applies, edits, crashes and ways back: no word of the user's is ever lost."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.setup.crashes import let_time_pass
from tests.setup.fakes import tree
from tests.setup.faults import Death, Strike, die, full_disk, striking
from tests.setup.homes import FORMATS, NAMES, STARTS, Note, command, furnish, setup_of
from vgxness.errors import VgxnessError
from vgxness.setup import SetupService

PARTIES = st.sampled_from([NAMES, (NAMES[0],), (NAMES[1],)])
VERSIONS = st.integers(0, 1)
MOMENTS = st.integers(1, 160)
FILES = st.sampled_from(list(FORMATS))
OURS_ALONE = ("hook.sh", "skills/memory/SKILL.md")


@dataclass(frozen=True)
class Word:
    """What the user wrote, and where it has to be found again.

    Attributes:
        is_inside: it stands in an entry of ours, so that it may go with it, into a backup.
    """

    text: str
    path: Path
    is_inside: bool = False


class History(RuleBasedStateMachine):
    """Two providers, a user and a process that dies, in one home with every format."""

    def __init__(self) -> None:
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory(prefix="history-")
        self.home = Path(self.scratch.name) / "home"
        self.home.mkdir()
        self.words: list[Word] = []
        self.start: dict[str, Any] = {}

    @initialize(is_furnished=st.booleans())
    def begin(self, is_furnished: bool) -> None:
        if is_furnished:
            furnish(self.home)
        self.start = tree(self.home)
        self.own = [
            Word(word, self.home / name)
            for name, text in STARTS.items()
            for word in ("own", "mine", "Mine", "dark", "12345678901234567890", "docs")
            if is_furnished and word in text
        ]

    def setup(self, version: int = 0) -> SetupService:
        return setup_of(self.home, version=version)

    @rule(version=VERSIONS, parties=PARTIES)
    def plan(self, version: int, parties: tuple[str, ...]) -> None:
        before = whole(self.home)
        self.setup(version).plan(parties)
        self.setup(version).plan_uninstall(parties)
        self.setup(version).status()
        assert whole(self.home) == before, "a plan writes nothing"

    @rule(version=VERSIONS, parties=PARTIES, take=st.sampled_from([None, "ours", "theirs"]))
    def apply(self, version: int, parties: tuple[str, ...], take: Any) -> None:
        takes = {"": take} if take else {}
        setup = self.setup(version)
        setup.apply(parties, takes=takes)
        after = tree(self.home)
        assert setup.apply(parties, takes=takes).receipt is None, "twice is once"
        assert tree(self.home) == after

    @rule(parties=PARTIES, name=st.sampled_from(["rollback", "uninstall"]))
    def go_back(self, parties: tuple[str, ...], name: str) -> None:
        try:
            getattr(self.setup(), name)(parties)
        except VgxnessError as problem:
            if problem.code != "unknown_apply":
                raise

    @rule(parties=PARTIES, nth=st.integers(0, 9))
    def go_back_to(self, parties: tuple[str, ...], nth: int) -> None:
        setup = self.setup()
        setup.recover()
        standing = [receipt.id for receipt in setup.receipts(parties) if setup.can_undo(receipt)]
        if standing:
            self.tolerate(setup, parties, standing[nth % len(standing)])

    def tolerate(self, setup: SetupService, parties: tuple[str, ...], receipt: str) -> None:
        try:
            setup.rollback(parties, to=receipt)
        except VgxnessError as problem:
            if problem.code != "unknown_apply":  # it stands for the other party alone
                raise

    @rule(version=VERSIONS, parties=PARTIES, moment=MOMENTS, after=st.booleans())
    def die_applying(self, version: int, parties: tuple[str, ...], moment: int, after: bool) -> None:
        self.meet(Strike(moment, die, after=after, is_lasting=True), "apply", version, parties)

    @rule(moment=MOMENTS, parties=PARTIES)
    def die_uninstalling(self, moment: int, parties: tuple[str, ...]) -> None:
        self.meet(Strike(moment, die, is_lasting=True), "uninstall", 0, parties)

    @rule(version=VERSIONS, moment=MOMENTS, is_lasting=st.booleans())
    def fill_the_disk(self, version: int, moment: int, is_lasting: bool) -> None:
        self.meet(full_disk(moment, is_lasting=is_lasting), "apply", version, NAMES)

    def meet(self, strike: Strike, verb: str, version: int, parties: tuple[str, ...]) -> None:
        try:
            with striking(strike):
                getattr(self.setup(version), verb)(parties)
        except Death:
            let_time_pass(self.home)
        except VgxnessError as problem:
            if problem.code != "write_failed":
                raise

    @rule()
    def recover(self) -> None:
        self.setup().recover()
        assert not [path for path in self.home.rglob("*") if ".vgxness-" in path.name]

    @rule(name=FILES, at_end=st.booleans())
    def the_user_writes_a_word(self, name: str, at_end: bool) -> None:
        path = self.home / name
        if path.exists() and name not in OURS_ALONE:
            note = Note(self.next_word(), at_end=at_end)
            path.write_bytes(note.written(FORMATS[name], path.read_bytes().decode()).encode())
            self.words.append(Word(note.word, path))

    @rule(name=FILES, version=VERSIONS)
    def the_user_edits_what_is_ours(self, name: str, version: int) -> None:
        path = self.home / name
        text = path.read_text() if path.exists() else ""
        if command(version) in text:
            word = self.next_word()
            path.write_bytes(text.replace(command(version), f"/home/{word}/vgxness").encode())
            self.words.append(Word(word, path, is_inside=True))

    @rule(name=FILES, version=VERSIONS)
    def the_user_adds_a_line_inside_ours(self, name: str, version: int) -> None:
        path = self.home / name
        text = path.read_text() if path.exists() else ""
        line = f"Start {command(version)}.\n"
        if line in text:
            word = self.next_word()
            path.write_bytes(text.replace(line, f"{line}\n{word}\n").encode())
            self.words.append(Word(word, path, is_inside=True))

    def next_word(self) -> str:
        return f"word{len(self.words)}x"

    @precondition(lambda self: not self.words)
    @rule()
    def undo_everything(self) -> None:
        outcome = self.setup().uninstall()
        assert outcome.plan.held_back == ()
        assert tree(self.home) == self.start

    @invariant()
    def every_word_is_somewhere(self) -> None:
        kept = None
        for word in (*self.words, *getattr(self, "own", ())):
            text = word.path.read_text() if word.path.exists() else ""
            if word.text not in text:
                assert word.is_inside, f"{word} is lost"
                kept = kept or backups(self.home)
                assert any(word.text in one for one in kept), f"{word} is in no backup either"

    def teardown(self) -> None:
        self.scratch.cleanup()


def whole(home: Path) -> dict[str, bytes]:
    """Every file below a home, our state as well."""
    return {str(path): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def backups(home: Path) -> list[str]:
    blobs = home / ".local" / "state" / "vgxness" / "blobs"
    return [path.read_bytes().decode("latin-1") for path in blobs.rglob("*") if path.is_file()]


@pytest.fixture(autouse=True, scope="module")
def unflushed() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda descriptor: None)
        yield


class Long(History):
    """The same, for as long as a night has room for."""


History.TestCase.settings = settings(max_examples=25, stateful_step_count=10)
Long.TestCase.settings = settings(max_examples=600, stateful_step_count=25)
TestHistory = History.TestCase
TestLongHistory = pytest.mark.soak(pytest.mark.timeout(3600)(Long.TestCase))
