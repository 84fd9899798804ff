"""What the doctor says of settings that are dropped, and of trust; content is never shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from vgxness_claude_code.checks import settings, trust

from vgxness.testing.machine import Machine

SECRET = "sk-very-secret"


def write(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def user(machine: Machine) -> Path:
    return machine.home / ".claude" / "settings.json"


def project(machine: Machine, name: str = "settings.json") -> Path:
    return machine.workspace / ".claude" / name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f'{{\n  // {SECRET}\n  "a": 1\n}}', "line 2, column 3"),
        (f'{{"a": "{SECRET}",}}', "line 1, column"),
        ("", "line 1, column 1"),
        (b'{"a": "\xff"}', "byte 7 is not UTF-8"),
        ('{"a": NaN}', "NaN is no JSON"),
        ("[]", "it holds no table"),
        ("[" * 100_000, "nested too deeply"),
        ({"permissions": {"allow": SECRET}}, "permissions.allow is not a list"),
        ({"permissions": {"allow": {"a": SECRET}}}, "permissions.allow is not a list"),
        ({"hooks": {"Stop": [{"hooks": [{"type": SECRET}]}]}}, "hooks.Stop[0] has a hook of no known type"),
        ({"hooks": {"Stop": [{}, {"hooks": [7]}]}}, "hooks.Stop[1] has a hook of no known type"),
    ],
    ids=[
        "comment",
        "trailing-comma",
        "empty",
        "not-utf8",
        "nan",
        "list",
        "deep",
        "allow-text",
        "allow-table",
        "hook-type",
        "hook-number",
    ],
)
@pytest.mark.parametrize("whose", ["user", "project", "local"])
def test_a_file_that_is_dropped_is_named_with_the_place(
    vgxness_machine: Machine, content: object, said: str, whose: str
) -> None:
    paths = {
        "user": user(vgxness_machine),
        "project": project(vgxness_machine),
        "local": project(vgxness_machine, "settings.local.json"),
    }
    path = write(paths[whose], content)
    finding = settings(vgxness_machine)
    assert finding.severity == "error"
    assert len(finding.evidence) == 1
    assert finding.evidence[0].startswith(f"{path}: ")
    assert said in finding.evidence[0]
    assert SECRET not in repr(finding)


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "\ufeff{}",
        {"hooks": {"Unknown": [{"hooks": [{"type": "command", "command": "x"}]}]}, "new": 1},
        {"permissions": {"allow": [7, "Bash"]}, "env": {"A": 1}},
        {"hooks": {"Stop": [{"hooks": [{"type": "mcp_tool"}, {"type": "prompt"}]}]}},
    ],
    ids=["empty", "bom", "unknown-event", "odd-items", "other-types"],
)
def test_what_claude_code_tolerates_is_well(vgxness_machine: Machine, content: object) -> None:
    path = write(user(vgxness_machine), content)
    finding = settings(vgxness_machine)
    assert (finding.severity, finding.evidence) == ("ok", (str(path),))


def test_no_settings_are_nothing_to_say(vgxness_machine: Machine) -> None:
    assert settings(vgxness_machine).severity == "skipped"
    assert trust(vgxness_machine).severity == "skipped"


def served(machine: Machine) -> None:
    write(machine.workspace / ".mcp.json", {"mcpServers": {"vgxness": {"command": "x"}}})


def trusted(machine: Machine) -> None:
    known = {"projects": {str(machine.workspace): {"hasTrustDialogAccepted": True}}}
    write(machine.home / ".claude.json", known)


NAMED = {"enabledMcpjsonServers": ["vgxness"]}


def test_an_entry_that_nobody_approved_waits_and_is_explained(vgxness_machine: Machine) -> None:
    served(vgxness_machine)
    finding = trust(vgxness_machine)
    assert finding.severity == "info"
    assert "waits for your approval" in finding.summary
    assert "claude -p" in finding.summary
    assert "not trusted yet" in finding.evidence[0]


@pytest.mark.parametrize(
    ("where", "content", "is_trusted", "severity"),
    [
        ("user", {"enableAllProjectMcpServers": True}, False, "ok"),
        ("user", {"enableAllProjectMcpServers": "yes"}, False, "info"),
        ("local", NAMED, False, "ok"),
        ("project", NAMED, False, "info"),
        ("project", NAMED, True, "ok"),
        ("project", {"enabledMcpjsonServers": ["other"]}, True, "info"),
        ("project", {"enabledMcpjsonServers": "vgxness"}, True, "info"),
    ],
)
def test_who_approves_counts(
    vgxness_machine: Machine, where: str, content: object, is_trusted: bool, severity: str
) -> None:
    served(vgxness_machine)
    if is_trusted:
        trusted(vgxness_machine)
    paths = {
        "user": user(vgxness_machine),
        "project": project(vgxness_machine),
        "local": project(vgxness_machine, "settings.local.json"),
    }
    path = write(paths[where], content)
    finding = trust(vgxness_machine)
    assert finding.severity == severity
    if severity == "ok":
        assert finding.evidence[0] == f"approved in {path}"


def test_a_refusal_beats_every_approval(vgxness_machine: Machine) -> None:
    served(vgxness_machine)
    trusted(vgxness_machine)
    write(project(vgxness_machine), NAMED)
    path = write(user(vgxness_machine), {"disabledMcpjsonServers": ["vgxness"]})
    finding = trust(vgxness_machine)
    assert finding.severity == "warning"
    assert "hides vgxness" in finding.summary
    assert str(path) in finding.evidence[0]


def test_permissions_of_an_untrusted_folder_are_said_to_be_ignored(vgxness_machine: Machine) -> None:
    write(project(vgxness_machine), {"permissions": {"allow": ["Bash(ls)", "Read"]}})
    finding = trust(vgxness_machine)
    assert finding.severity == "info"
    assert "permissions.allow has 2 entries" in finding.evidence[0]
    trusted(vgxness_machine)
    assert trust(vgxness_machine).severity == "skipped"


def test_nothing_is_ever_written(vgxness_machine: Machine) -> None:
    served(vgxness_machine)
    trusted(vgxness_machine)
    write(project(vgxness_machine), NAMED)
    before = vgxness_machine.files()
    settings(vgxness_machine)
    trust(vgxness_machine)
    assert vgxness_machine.files() == before
