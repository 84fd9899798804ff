"""The conformance suite of MCP tools: called through the real host, on machines of their own.

Subclass `ToolConformance` in a test module, give it the fixture `plugin`, and pytest runs all of it:

    class TestClock(ToolConformance):
        @pytest.fixture
        def plugin(self):
            return vgxness_clock
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar, Final

import pytest

from vgxness.contract.json_value import JsonObject
from vgxness.contract.tool import Tool
from vgxness.errors import VgxnessError
from vgxness.mcp.listing import schema_faults
from vgxness.testing.base import PluginSuite
from vgxness.testing.host import host_of
from vgxness.testing.machine import Machine
from vgxness.testing.samples import hostile, right, wrong

NAME: Final = re.compile(r"[a-z0-9_]{1,50}")
CODE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class ToolConformance(PluginSuite):
    """What every MCP tool does; `arguments` may say how a tool is called where its schema does not tell."""

    field: ClassVar[str] = "tools"

    @pytest.fixture
    def arguments(self) -> Mapping[str, JsonObject]:
        """Return arguments that a tool takes, by its name; the suite makes the others from the schemas."""
        return {}

    def test_clients_accept_every_declaration(self, plugin: ModuleType, machine: Machine) -> None:
        """Names, descriptions and schemas are such that no client drops the tool or the server."""
        from jsonschema import Draft202012Validator

        for tool in self.tools(plugin, machine):
            assert NAME.fullmatch(tool.name), f"{tool.name}: the name is not [a-z0-9_], at most 50"
            assert tool.description.strip(), f"{tool.name}: the description is empty"
            assert list(schema_faults(tool)) == []
            json.dumps(tool.input_schema, allow_nan=False)
            Draft202012Validator.check_schema(dict(tool.input_schema))
            assert not (tool.read_only and tool.destructive), (
                f"{tool.name}: read-only and destructive at once"
            )

    def test_a_call_answers_with_a_json_object(
        self, plugin: ModuleType, machine: Machine, arguments: Mapping[str, JsonObject]
    ) -> None:
        """Or raises an error with a code and a next step; asked with what its schema requires."""
        for tool in self.tools(plugin, machine):
            self.answer(plugin, machine, tool, arguments.get(tool.name, right(tool.input_schema)))

    def test_a_read_only_tool_writes_nothing(
        self, plugin: ModuleType, machine: Machine, arguments: Mapping[str, JsonObject]
    ) -> None:
        """On an empty home no file and no directory appears."""
        before = machine.files()
        for tool in self.tools(plugin, machine):
            if tool.read_only:
                self.answer(plugin, machine, tool, arguments.get(tool.name, right(tool.input_schema)))
                assert machine.files() == before, f"{tool.name} calls itself read-only and wrote something"

    def test_wrong_arguments_are_refused(
        self, plugin: ModuleType, machine: Machine, arguments: Mapping[str, JsonObject]
    ) -> None:
        """A wrong type, a missing argument, an unknown one: `usage`, and nothing is written."""
        before = machine.files()
        host = host_of(plugin, machine)
        for tool in self.tools(plugin, machine):
            sample = arguments.get(tool.name, right(tool.input_schema))
            for bad in wrong(tool.input_schema, sample):
                with pytest.raises(VgxnessError) as caught:
                    host.call(tool.name, bad)
                assert caught.value.code == "usage", f"{tool.name} took {_shown(bad)}"
        assert machine.files() == before

    def test_hostile_texts_are_answered(
        self, plugin: ModuleType, machine: Machine, arguments: Mapping[str, JsonObject]
    ) -> None:
        """Empty, huge, with NUL, quotes, paths or half a character: an answer or an error, never a crash."""
        for tool in self.tools(plugin, machine):
            sample = arguments.get(tool.name, right(tool.input_schema))
            for odd in hostile(tool.input_schema, sample):
                self.answer(plugin, machine, tool, odd)

    def tools(self, plugin: ModuleType, machine: Machine) -> list[Tool]:
        """Return the plugin's tools."""
        return [offer.value for offer in self.offers(plugin, machine)]

    def answer(self, plugin: ModuleType, machine: Machine, tool: Tool, arguments: JsonObject) -> None:
        """Call a tool and hold its answer, or its error, to the contract."""
        asked = f"{tool.name}({_shown(arguments)})"
        try:
            answer: Any = host_of(plugin, machine).call(tool.name, arguments)
        except VgxnessError as error:
            _assert_mannered(error, asked)
            return
        assert isinstance(answer, Mapping), f"{asked} answered with a {type(answer).__name__}"
        json.dumps(answer, allow_nan=False)


def _assert_mannered(error: VgxnessError, asked: str) -> None:
    assert error.code != "plugin_failed", f"{asked}: {error.message} {error.cause}"
    assert CODE.fullmatch(error.code), f"{asked}: the code {error.code!r} is not snake_case"
    assert error.message.strip(), f"{asked}: the error {error.code} says nothing"
    assert error.hint.strip(), f"{asked}: the error {error.code} names no next step"


def _shown(arguments: JsonObject) -> str:
    return repr(dict(arguments))[:200]
