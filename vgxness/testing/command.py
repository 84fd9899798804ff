"""The conformance suite of commands: run in processes of their own, as a user runs them.

Subclass `CommandConformance` in a test module, give it the fixture `plugin`, and pytest runs all of it:

    class TestClock(CommandConformance):
        @pytest.fixture
        def plugin(self):
            return vgxness_clock
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, ClassVar, Final, cast

import pytest

from vgxness.contract.command import Command
from vgxness.errors import EXIT_CODE_MEANINGS
from vgxness.kernel.linter import HEAVY
from vgxness.kernel.target import resolve
from vgxness.testing.base import PluginSuite
from vgxness.testing.host import Ran, run_vgxness
from vgxness.testing.machine import Machine

NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOADED: Final = "sys.stderr.write(chr(30) + ' '.join(sys.modules))"


class CommandConformance(PluginSuite):
    """What every command does; `lines` may say how its commands are called."""

    field: ClassVar[str] = "commands"

    @pytest.fixture
    def lines(self, plugin: ModuleType, machine: Machine) -> Sequence[Sequence[str]]:
        """Return command lines to run, without `vgxness`; by default each command that needs no argument."""
        return [words for words, command in self.leaves(plugin, machine) if not _needs(command)]

    def test_every_declaration_is_fit_for_the_help(self, plugin: ModuleType, machine: Machine) -> None:
        """Names are lower case with hyphens, summaries one line, and there is a section."""
        for offer in self.offers(plugin, machine):
            command: Command = offer.value
            assert NAME.fullmatch(command.name), f"the name {command.name!r} is not [a-z0-9-]"
            assert re.fullmatch(r"[^\n]{1,100}", command.summary), f"{command.name}: the summary is no line"
            assert command.section.strip(), f"{command.name}: it stands in no section"

    def test_the_main_help_shows_it_and_imports_none_of_it(
        self, plugin: ModuleType, machine: Machine
    ) -> None:
        """`vgxness --help` names the command; its module is not loaded."""
        ran = run_vgxness(plugin, machine, ["--help"], probe=_LOADED)
        loaded = set(ran.err.rpartition("\x1e")[2].split())
        for offer in self.offers(plugin, machine):
            assert offer.value.name in ran.out
            module = offer.value.target.partition(":")[0]
            if module != plugin.__name__:
                assert module not in loaded, f"`vgxness --help` imports {module}"

    def test_every_command_has_help_that_imports_nothing_heavy(
        self, plugin: ModuleType, machine: Machine
    ) -> None:
        """Groups and the commands below them; exit code 0, and something to read."""
        for words, _ in self.commands(plugin, machine):
            ran = run_vgxness(plugin, machine, [*words, "--help"], probe=_LOADED)
            said, _, loaded = ran.err.rpartition("\x1e")
            assert ran.code == 0, f"{_line(ran)}: exit code {ran.code}\n{said}"
            assert "Usage:" in ran.out, _line(ran)
            heavy = set(loaded.split()) & HEAVY
            assert not heavy, f"{_line(ran)} imports {', '.join(sorted(heavy))}"

    def test_json_is_one_document_and_the_exit_code_agrees(
        self, plugin: ModuleType, machine: Machine, lines: Sequence[Sequence[str]]
    ) -> None:
        """`{"ok": true, "data": …}`, or `{"ok": false, "error": …}` with the exit code of the process."""
        for words in lines:
            ran = run_vgxness(plugin, machine, [*words, "--json"])
            _assert_mannered(ran)
            try:
                document = ran.document
            except ValueError:
                pytest.fail(f"{_line(ran)} does not print one JSON document: {ran.out[:300]!r}")
            assert isinstance(document, dict), f"{_line(ran)}: the document is no object"
            fields = cast("dict[str, Any]", document)
            if fields.get("ok"):
                assert set(fields) == {"ok", "data"}, f"{_line(ran)}: {sorted(fields)}"
            else:
                assert fields["error"]["exit_code"] == ran.code, f"{_line(ran)} ended with {ran.code}"

    def test_text_goes_to_stdout_and_talk_to_stderr(
        self, plugin: ModuleType, machine: Machine, lines: Sequence[Sequence[str]]
    ) -> None:
        """Without `--json`: an answer or an error, no traceback, a documented exit code."""
        for words in lines:
            ran = run_vgxness(plugin, machine, words)
            _assert_mannered(ran)
            assert ran.out.strip() or ran.err.strip(), f"{_line(ran)} says nothing at all"

    def test_an_unknown_option_is_a_usage_error(
        self, plugin: ModuleType, machine: Machine, lines: Sequence[Sequence[str]]
    ) -> None:
        """Exit code 2, and an error in JSON where JSON was asked for."""
        for words in lines:
            ran = run_vgxness(plugin, machine, [*words, "--no-such-option", "--json"])
            assert (ran.code, ran.document["error"]["code"]) == (2, "usage"), _line(ran)

    def leaves(self, plugin: ModuleType, machine: Machine) -> Iterator[tuple[Sequence[str], Any]]:
        """Yield the commands that are no groups, with the words that call them."""
        return ((words, one) for words, one in self.commands(plugin, machine) if not hasattr(one, "commands"))

    def commands(self, plugin: ModuleType, machine: Machine) -> Iterator[tuple[Sequence[str], Any]]:
        """Yield every click command of the plugin, with the words that call it."""
        for offer in self.offers(plugin, machine):
            yield from _walk((offer.value.name,), resolve(offer.value.target, offer.plugin))


def _walk(words: tuple[str, ...], command: Any) -> Iterator[tuple[Sequence[str], Any]]:  # noqa: ANN401 -- click is the cli's; here a command is what has its shape
    yield words, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _walk((*words, name), child)


def _needs(command: Any) -> bool:  # noqa: ANN401 -- as above
    return any(parameter.required for parameter in command.params)


def _assert_mannered(ran: Ran) -> None:
    assert "Traceback" not in ran.err, f"{_line(ran)}:\n{ran.err[-2000:]}"
    assert ran.code in {int(code) for code in EXIT_CODE_MEANINGS}, f"{_line(ran)} ended with {ran.code}"
    assert ran.code != 70, f"{_line(ran)}: {ran.out}{ran.err}"


def _line(ran: Ran) -> str:
    return f"`vgxness {' '.join(ran.words)}`"
