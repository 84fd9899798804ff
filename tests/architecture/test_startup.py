"""Nothing heavy is imported before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "mcp",
    "mcp_types",
    "pydantic",
    "peewee",
    "textual",
    "jsonschema",
    "rich",
    "asyncio",
    "importlib_metadata",
}
GROUPS = [
    "db",
    "doctor",
    "init",
    "demo",
    "hook",
    "mcp",
    "memory",
    "next",
    "plugins",
    "project",
    "setup",
    "status",
    "tokens",
    "verify",
]


def imported_by(*words: str) -> set[str]:
    """Run one command line in a fresh process and return the top-level packages it imported."""
    program = (
        "import sys\n"
        "from vgxness.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit as stop:\n    code = stop.code\n"
        "sys.stderr.write(chr(30) + ' '.join(sorted({name.split('.')[0] for name in sys.modules})))\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    return set(done.stderr.rpartition("\x1e")[2].split())


@pytest.mark.parametrize(
    "words",
    [["--version"], ["--help"], *([group, "--help"] for group in GROUPS)],
    ids=lambda words: " ".join(words),
)
def test_help_imports_nothing_heavy(words: list[str], workspace) -> None:
    assert imported_by(*words) & HEAVY == set()


def test_version_discovers_no_plugin(workspace) -> None:
    loaded = imported_by("--version")
    assert "pluggy" not in loaded
    assert "vgxness_opencode" not in loaded


def test_the_list_of_groups_is_the_whole_list(cli) -> None:
    from vgxness.app import App, Options

    assert {offer.value.name for offer in App(Options(plugins=False)).catalogue.commands} == set(GROUPS)
