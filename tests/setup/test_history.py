"""Whatever the order of applies, edits, rollbacks and uninstalls: no word of the user's is ever lost."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.setup.fakes import Notepad, service, tree
from vgxness.contract.provider import ServerCommand, SetKey
from vgxness.errors import VgxnessError
from vgxness.setup.formats import jsonc

OURS = ("mcp", "vgxness")
SERVERS = [ServerCommand(command=(f"/opt/{number}/vgxness", "mcp", "serve")) for number in range(2)]
STARTS = st.sampled_from(
    [None, "{}", '{ "own": 0 }', '{\n\t"own": 0, // why\n\t"mcp": {}\n}\n', "\ufeff{}\r\n"]
)


class History(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory(prefix="history-")
        self.home = Path(self.scratch.name) / "home"
        self.home.mkdir()
        self.path = self.home / "notepad.json"
        self.users: dict[str, int] = {}
        self.comments: list[str] = []
        self.edited = False
        self.count = 0
        self.start: dict[str, Any] | None = None

    def setup_with(self, number: int) -> Any:
        schema = SetKey(path=("$schema",), value="https://schema", only_if_absent=True)
        entry = SetKey(path=OURS, value={"command": list(SERVERS[number].command), "enabled": True})
        return service(self.home, Notepad(edits=(schema, entry)), server=SERVERS[number])

    @precondition(lambda self: self.start is None)
    @rule(text=STARTS)
    def begin(self, text: str | None) -> None:
        if text is not None:
            self.path.write_text(text, newline="")
            self.users = {"own": 0} if "own" in text else {}
            self.comments = ["// why"] if "// why" in text else []
        self.start = tree(self.home)

    @precondition(lambda self: self.start is not None)
    @rule(number=st.integers(0, 1))
    def apply(self, number: int) -> None:
        outcome = self.setup_with(number).apply()
        if not outcome.plan.held_back:
            assert self.setup_with(number).apply().receipt is None

    @precondition(lambda self: self.start is not None)
    @rule()
    def roll_back(self) -> None:
        setup = self.setup_with(0)
        if any(setup.can_undo(receipt) for receipt in setup.receipts()):
            setup.rollback()
        else:
            with pytest.raises(VgxnessError):
                setup.rollback()

    @precondition(lambda self: self.start is not None)
    @rule()
    def uninstall(self) -> None:
        self.setup_with(0).uninstall()
        if self.path.exists():
            assert jsonc.get(jsonc.parse(self.text), OURS) is jsonc.MISSING
        if not self.edited:
            assert tree(self.home) == self.start

    @precondition(lambda self: self.start is not None)
    @rule()
    def the_user_adds_a_key(self) -> None:
        self.count += 1
        self.users[f"user{self.count}"] = self.count
        self.write(jsonc.set_key(self.text, (f"user{self.count}",), self.count))

    @precondition(lambda self: self.path.exists())
    @rule()
    def the_user_adds_a_comment(self) -> None:
        self.count += 1
        self.comments.append(f"// note {self.count}.")
        head, brace, tail = self.text.partition("{")
        self.write(f"{head}{brace} {self.comments[-1]}\n{tail}")

    @precondition(lambda self: '"enabled": true' in self.text)
    @rule()
    def the_user_edits_our_entry(self) -> None:
        self.write(self.text.replace('"enabled": true', '"enabled": false'))

    @precondition(lambda self: self.start is not None and self.path.exists())
    @rule()
    def the_user_removes_our_entry(self) -> None:
        self.write(jsonc.remove_key(self.text, OURS))

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode() if self.path.exists() else ""

    def write(self, text: str) -> None:
        if text != self.text:
            self.edited = True
            self.path.write_bytes(text.encode())

    @invariant()
    def every_word_of_the_users_is_there(self) -> None:
        document = jsonc.parse(self.text)
        for key, value in self.users.items():
            assert jsonc.get(document, (key,)) == value
        for comment in self.comments:
            assert comment in self.text
        assert not [path for path in self.home.iterdir() if ".vgxness-" in path.name]

    def teardown(self) -> None:
        self.scratch.cleanup()


History.TestCase.settings = settings(max_examples=25, stateful_step_count=12)
TestHistory = History.TestCase
