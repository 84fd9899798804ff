"""The suites of tools, commands and checks fail on what is wrong, each fault on the promise it breaks."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

TOP = Path(__file__).parents[2]

TOOL = """
    from vgxness.errors import VgxnessError
    from vgxness.plugin import Tool, hookimpl

    SCHEMA = {
        "type": "object",
        "properties": {"who": {"type": "string"}},
        "required": ["who"],
        "additionalProperties": False,
    }

    @hookimpl
    def vgxness_mcp_tools():
        greet = Tool(
            name="greet",
            description="Greet.",
            input_schema=SCHEMA,
            target=f"{__name__}:greet",
            read_only=True,
        )
        return (greet,)

    def greet(context, arguments):
        return {"said": "hello"}
"""
CHECK = """
    import time
    from vgxness.plugin import Check, Finding, hookimpl

    @hookimpl
    def vgxness_doctor_checks():
        return (Check(id="sea.tide", summary="Is it high?", target=f"{__name__}:tide"),)

    def tide(context):
        return Finding(severity="ok", summary="It is.")
"""
COMMAND = """
    import os, sys
    import click
    from vgxness.plugin import Answer, Command, hookimpl

    @hookimpl
    def vgxness_commands():
        return (Command(name="tide", summary="Tell.", section="More", target=f"{__name__}:tide"),)

    @click.command()
    def tide():
        return Answer(data={"high": True}, text="It is high.")
"""
LOADS = "test_the_plugin_loads_and_offers_something"
LIGHT = "test_declaring_imports_nothing_heavy"
JSON = "test_json_is_one_document_and_the_exit_code_agrees"
TEXT = "test_text_goes_to_stdout_and_talk_to_stderr"
CALLS = {"test_a_call_answers_with_a_json_object", "test_hostile_texts_are_answered"}
RETURNS = 'return {"said": "hello"}'
FINDS = 'return Finding(severity="ok", summary="It is.")'
TELLS = 'return Answer(data={"high": True}, text="It is high.")'

# By name: the good source, what is replaced in it by what, and the tests that must fail; no other may.
CASES: dict[str, tuple[str, str, str, set[str]]] = {
    "good_tool": (TOOL, "", "", set()),
    "tool_heavy": (TOOL, "from vgxness.errors", "import asyncio\n    from vgxness.errors", {LIGHT}),
    "tool_private": (
        TOOL,
        "from vgxness.errors",
        "import vgxness.kernel.ids\n    from vgxness.errors",
        {"test_it_imports_the_door_and_nothing_else_of_vgxness"},
    ),
    "tool_target": (
        TOOL,
        'f"{__name__}:greet"',
        '"greet"',
        {LOADS, "test_a_read_only_tool_writes_nothing", *CALLS},
    ),
    "tool_name": (TOOL, 'name="greet"', 'name="Greet"', {"test_clients_accept_every_declaration"}),
    "tool_silent": (
        TOOL,
        'description="Greet."',
        'description=" "',
        {"test_clients_accept_every_declaration"},
    ),
    "tool_schema": (
        TOOL,
        '"type": "object",',
        '"type": "object", "oneOf": [{}],',
        {"test_clients_accept_every_declaration"},
    ),
    "tool_both": (
        TOOL,
        "read_only=True",
        "read_only=True, destructive=True",
        {"test_clients_accept_every_declaration"},
    ),
    "tool_writes": (
        TOOL,
        RETURNS,
        f"(context.paths.home / 'x').touch(); {RETURNS}",
        {"test_a_read_only_tool_writes_nothing"},
    ),
    "tool_raises": (TOOL, RETURNS, "raise ValueError('x')", {"test_a_read_only_tool_writes_nothing", *CALLS}),
    "tool_returns": (TOOL, RETURNS, "return ['x']", {"test_a_read_only_tool_writes_nothing", *CALLS}),
    "tool_unserialisable": (
        TOOL,
        RETURNS,
        "return {'x': float('nan')}",
        {"test_a_read_only_tool_writes_nothing", *CALLS},
    ),
    "tool_hintless": (
        TOOL,
        RETURNS,
        "raise VgxnessError('odd', 'It is odd.')",
        {"test_a_read_only_tool_writes_nothing", *CALLS},
    ),
    "tool_miscoded": (
        TOOL,
        RETURNS,
        "raise VgxnessError('Odd Code', 'It is odd.', hint='x')",
        {"test_a_read_only_tool_writes_nothing", *CALLS},
    ),
    "tool_fragile": (
        TOOL,
        RETURNS,
        "return {'said': arguments['who'].encode().decode()}",
        {"test_hostile_texts_are_answered"},
    ),
    "good_check": (CHECK, "", "", set()),
    "check_id": (CHECK, '"sea.tide"', '"tide"', {"test_every_check_has_a_stable_id_and_asks_a_question"}),
    "check_question": (
        CHECK,
        "Is it high?",
        "It is high.",
        {"test_every_check_has_a_stable_id_and_asks_a_question"},
    ),
    "check_severity": (CHECK, '"ok"', '"fine"', {"test_every_check_answers_with_a_finding"}),
    "check_stepless": (CHECK, '"ok"', '"warning"', {"test_what_needs_doing_has_a_next_step"}),
    "check_writes": (
        CHECK,
        FINDS,
        f"(context.paths.home / 'x').touch(); {FINDS}",
        {"test_a_check_writes_nothing"},
    ),
    "check_long": (CHECK, 'summary="It is."', "summary='x' * 5000", {"test_a_check_is_bounded"}),
    "check_raises": (
        CHECK,
        FINDS,
        "raise OSError",
        {
            "test_every_check_answers_with_a_finding",
            "test_what_needs_doing_has_a_next_step",
            "test_a_check_writes_nothing",
            "test_a_check_is_bounded",
        },
    ),
    "check_hangs": (
        CHECK,
        FINDS,
        "time.sleep(60)",
        {
            "test_every_check_answers_with_a_finding",
            "test_what_needs_doing_has_a_next_step",
            "test_a_check_writes_nothing",
            "test_a_check_is_bounded",
        },
    ),
    "good_command": (COMMAND, "", "", set()),
    "command_summary": (COMMAND, '"Tell."', '"Tell\\nall."', {"test_every_declaration_is_fit_for_the_help"}),
    "command_prints": (COMMAND, TELLS, "click.echo('It is high.')", {JSON}),
    "command_chats": (COMMAND, TELLS, f"print('by the way'); {TELLS}", {JSON}),
    "command_exits_oddly": (COMMAND, TELLS, "sys.exit(9)", {JSON, TEXT}),
    "command_crashes": (COMMAND, TELLS, "raise ValueError", {JSON, TEXT}),
    "command_mute": (COMMAND, TELLS, "return Answer(data=None, text='')", {TEXT}),
    "command_heavy": (
        COMMAND,
        "import click",
        "import asyncio\n    import click",
        {LIGHT, "test_every_command_has_help_that_imports_nothing_heavy"},
    ),
}

SUITE = """
    import pytest
    {imports}
    from vgxness.testing.check import CheckConformance
    from vgxness.testing.command import CommandConformance
    from vgxness.testing.tool import ToolConformance

    KINDS = {{"tool": ToolConformance, "check": CheckConformance, "command": CommandConformance}}

    def under_test(module):
        kind = next(one for name, one in KINDS.items() if name in module.__name__)

        class Suite(kind):
            seconds = 3.0

            @pytest.fixture
            def plugin(self):
                return module

        return Suite

    {classes}
"""


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """By plugin, the tests of its suite that fail; all of them run in one process."""
    directory = tmp_path_factory.mktemp("plugins")
    for name, (source, old, new, _) in CASES.items():
        assert old in source, name
        (directory / f"{name}.py").write_text(textwrap.dedent(source.replace(old, new) if old else source))
    imports = "\n    ".join(f"import {name}" for name in CASES)
    classes = "\n    ".join(f"Test_{name} = under_test({name})" for name in CASES)
    (directory / "test_suite.py").write_text(textwrap.dedent(SUITE.format(imports=imports, classes=classes)))
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--junitxml=report.xml", "--rootdir=."]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "test_suite.py"],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": f"{directory}{os.pathsep}{TOP}"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout[-3000:] + done.stderr[-3000:]
    found: dict[str, set[str]] = {name: set() for name in CASES}
    for name, test in _failed(directory / "report.xml"):
        found[name].add(test)
    return found


def _failed(report: Path) -> Iterator[tuple[str, str]]:
    seen = 0
    for case in ET.parse(report).iter("testcase"):
        seen += 1
        if case.find("failure") is not None or case.find("error") is not None:
            yield case.get("classname", "").rpartition(".Test_")[2], case.get("name", "")
    assert seen > 200


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", CASES)
def test_a_fault_fails_exactly_the_promises_it_breaks(failures: dict[str, set[str]], name: str) -> None:
    assert failures[name] == CASES[name][3]
