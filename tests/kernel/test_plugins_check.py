"""The author's linter: what would go wrong at a user's place has a code, a place and a next step here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Cli, Site
from vgxness.kernel.scaffold import Kind, draft, write

TOP = Path(__file__).parents[2]
OWN = sorted(
    path.parent for folder in ("plugins", "examples") for path in (TOP / folder).glob("*/pyproject.toml")
)
IMPL = "from vgxness.plugin import hookimpl\n\n\n@hookimpl\ndef "

Change = Callable[[Path], None]


def replaced(name: str, old: str, new: str) -> Change:
    """Return a change of one text in one file of the package."""

    def change(package: Path) -> None:
        path = package / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


def module(text: str) -> Change:
    """Return a change of the whole plugin module."""

    def change(package: Path) -> None:
        (package / "vgxness_pelican" / "__init__.py").write_text(text)

    return change


PYPROJECT, ADAPTER = "pyproject.toml", "vgxness_pelican/adapter.py"
FAULTS: dict[str, tuple[Kind, Change, str, str]] = {
    "no-entry-point": (
        "tool",
        replaced(PYPROJECT, 'pelican = "vgxness', '# "'),
        "entry-point-missing",
        PYPROJECT,
    ),
    "another-api": ("tool", replaced(PYPROJECT, "vgxness.v1", "vgxness.v2"), "api-mismatch", "vgxness.v2"),
    "no-version": ("tool", replaced(PYPROJECT, "vgxness.v1", "vgxness"), "api-mismatch", PYPROJECT),
    "broken-toml": ("tool", replaced(PYPROJECT, "[project]", "[project"), "project-unreadable", PYPROJECT),
    "no-host": ("tool", replaced(PYPROJECT, '"vgxness>=0.1"', ""), "host-not-required", "dependencies"),
    "any-host": ("tool", replaced(PYPROJECT, "vgxness>=0.1", "vgxness"), "host-not-required", "dependencies"),
    "no-such-module": (
        "tool",
        replaced(PYPROJECT, '"vgxness_pelican"\n\n', '"gone"\n\n'),
        "import-failed",
        "gone",
    ),
    "no-module-name": (
        "tool",
        replaced(PYPROJECT, '"vgxness_pelican"\n\n', '"a-b"\n\n'),
        "entry-point-invalid",
        "pelican",
    ),
    "odd-plugin-name": ("tool", replaced(PYPROJECT, "pelican = ", '"a b" = '), "name-malformed", "a b"),
    "raises": ("tool", module("raise RuntimeError('no luck')"), "import-failed", "vgxness_pelican"),
    "exits": ("tool", module("import sys\nsys.exit(3)"), "import-failed", "vgxness_pelican"),
    "ends-the-process": ("tool", module("import os\nos._exit(3)"), "import-failed", "vgxness_pelican"),
    "no-python": ("tool", module("def oops(:"), "source-unreadable", "__init__.py"),
    "offers-nothing": ("tool", module("x = 1\n"), "nothing-offered", "vgxness_pelican"),
    "unknown-hook": (
        "tool",
        module(IMPL + "vgxness_dreams():\n    return ()\n"),
        "hook-invalid",
        "vgxness_pelican",
    ),
    "wrapper": (
        "tool",
        module(
            IMPL.replace("hookimpl\ndef", "hookimpl(wrapper=True)\ndef")
            + "vgxness_commands():\n    return (yield)\n"
        ),
        "hook-invalid",
        "vgxness_pelican",
    ),
    "hook-raises": (
        "tool",
        module(IMPL + "vgxness_commands():\n    raise ValueError\n"),
        "hook-failed",
        "vgxness_pelican",
    ),
    "hook-returns-rubbish": (
        "tool",
        module(IMPL + "vgxness_commands():\n    return (7,)\n"),
        "hook-failed",
        "vgxness_pelican",
    ),
    "heavy-start": (
        "tool",
        replaced("vgxness_pelican/__init__.py", "from vgxness", "import asyncio\nfrom vgxness"),
        "import-heavy",
        "vgxness_pelican",
    ),
    "private-import": (
        "provider",
        replaced(ADAPTER, "import shutil\n", "import shutil\nfrom vgxness.kernel import ids\n"),
        "import-private",
        "adapter.py:6",
    ),
    "private-module": (
        "provider",
        replaced(ADAPTER, "import shutil\n", "import shutil\nfrom vgxness import app\n"),
        "import-private",
        "adapter.py:6",
    ),
    "shouting-adapter": (
        "provider",
        replaced(ADAPTER, 'name = "pelican"', 'name = "PELICAN"'),
        "name-malformed",
        "PELICAN",
    ),
    "adapter-without-a-verb": (
        "provider",
        replaced(ADAPTER, "def verify_live", "def verify"),
        "adapter-incomplete",
        "pelican",
    ),
    "adapter-with-another-verb": (
        "provider",
        replaced(ADAPTER, "def detect(self, context: Context)", "def detect(self)"),
        "adapter-incomplete",
        "pelican",
    ),
    "adapter-without-scopes": (
        "provider",
        replaced(ADAPTER, '("user", "project")', '("everywhere",)'),
        "adapter-incomplete",
        "pelican",
    ),
    "adapter-without-a-name": (
        "provider",
        replaced(ADAPTER, 'name = "pelican"', "name = None"),
        "adapter-incomplete",
        "providers",
    ),
    "target-without-a-colon": (
        "check",
        replaced("vgxness_pelican/__init__.py", ".checks:settings", ".checks"),
        "target-malformed",
        "checks",
    ),
    "target-that-is-not-there": (
        "check",
        replaced("vgxness_pelican/__init__.py", "checks:settings", "checks:gone"),
        "target-unresolved",
        "gone",
    ),
    "target-that-raises": (
        "check",
        replaced("vgxness_pelican/checks.py", "from __future__", "raise OSError\nfrom __future__"),
        "target-unresolved",
        "checks",
    ),
    "undotted-check": (
        "check",
        replaced("vgxness_pelican/__init__.py", '"pelican.settings"', '"settings"'),
        "name-malformed",
        "settings",
    ),
    "schema-of-a-list": (
        "tool",
        replaced("vgxness_pelican/__init__.py", '"type": "object"', '"type": "array"'),
        "tool-refused",
        "greet",
    ),
    "schema-with-a-choice": (
        "tool",
        replaced("vgxness_pelican/__init__.py", '"type": "object",', '"type": "object", "anyOf": [],'),
        "tool-refused",
        "greet",
    ),
    "schema-that-is-no-json": (
        "tool",
        replaced("vgxness_pelican/__init__.py", '"type": "object",', '"type": "object", "x": {1, 2},'),
        "tool-refused",
        "greet",
    ),
    "shouting-tool": (
        "tool",
        replaced("vgxness_pelican/__init__.py", '"pelican_greet"', '"Pelican-Greet"'),
        "name-malformed",
        "Greet",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_a_code_a_place_and_a_next_step(cli: Cli, workspace: Path, name: str) -> None:
    kind, change, code, place = FAULTS[name]
    scaffold = draft("pelican", kind, workspace)
    write(scaffold)
    change(scaffold.directory)
    ran = cli("plugins", "check", str(scaffold.directory), "--json")
    assert ran.code == 1
    faults = [fault for one in ran.data for fault in one["faults"]]
    found = [fault for fault in faults if fault["code"] == code]
    assert found, faults
    assert place in found[0]["place"]
    assert all(fault["hint"] and fault["message"].endswith(".") for fault in faults)


def test_a_person_reads_the_place_the_code_and_the_next_step(cli: Cli, workspace: Path) -> None:
    scaffold = draft("pelican", "check", workspace)
    write(scaffold)
    replaced("vgxness_pelican/__init__.py", "checks:settings", "checks:gone")(scaffold.directory)
    assert cli("plugins", "check", "vgxness-pelican").out.splitlines() == [
        "pelican (vgxness-pelican): 1 found.",
        (
            "  checks: pelican.settings: vgxness_pelican.checks:gone: It can't be loaded: AttributeError:"
            " module 'vgxness_pelican.checks' has no attribute 'gone'. [target-unresolved]"
        ),
        "    next: Name a function that is there.",
    ]


@pytest.mark.parametrize("package", OWN, ids=lambda path: path.name)
def test_our_own_plugins_and_examples_are_well(cli: Cli, package: Path) -> None:
    ran = cli("plugins", "check", str(package), "--json")
    assert [one["faults"] for one in ran.data] == [[]] * len(ran.data)
    assert ran.code == 0


def test_a_plugin_that_writes_and_prints_on_import_hurts_nobody(
    cli: Cli, home: Path, workspace: Path
) -> None:
    scaffold = draft("pelican", "tool", workspace)
    write(scaffold)
    module_file = scaffold.directory / "vgxness_pelican" / "__init__.py"
    noise = (
        "import os, pathlib\nprint('noise')\nos.write(1, b'noise')\n"
        "(pathlib.Path.home() / 'trace').write_text('x')\npathlib.Path('trace').write_text('x')\n"
    )
    module_file.write_text(module_file.read_text().replace("from vgxness", noise + "from vgxness"))
    ran = cli("plugins", "check", str(scaffold.directory), "--json")
    assert "noise" not in ran.out
    assert list(home.iterdir()) == []
    assert [path.name for path in workspace.iterdir()] == ["vgxness-pelican"]
    assert not list(scaffold.directory.rglob("__pycache__"))


def test_an_installed_plugin_is_checked_by_its_name_or_its_distribution(cli: Cli, site: Site) -> None:
    site.install("acme-clock", IMPL + "vgxness_commands():\n    return (7,)\n", name="clock")
    for what in ("clock", "acme-clock"):
        ran = cli("plugins", "check", what, "--json")
        assert ran.code == 1
        assert [fault["code"] for fault in ran.data[0]["faults"]] == ["hook-failed"]


def test_an_installed_plugin_of_another_api_is_not_even_imported(
    cli: Cli, site: Site, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    site.install("acme-new", f"open({str(trace)!r}, 'w')", group="vgxness.v9")
    ran = cli("plugins", "check", "acme-new", "--json")
    assert [fault["code"] for fault in ran.data[0]["faults"]] == ["api-mismatch"]
    assert not trace.exists()


def test_what_is_neither_installed_nor_a_project_is_a_usage_error(cli: Cli, workspace: Path) -> None:
    ran = cli("plugins", "check", "nonesuch", "--json")
    assert (ran.code, ran.error["code"]) == (2, "unknown_plugin")
    ran = cli("plugins", "check", str(workspace), "--json")
    assert (ran.code, ran.error["code"]) == (2, "usage")
