"""A starting session is told what earlier ones left: bounded, fenced, and at no cost to the home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.test_startup import HEAVY
from tests.conftest import Cli, Site
from tests.hook.conftest import Client


def remember(cli: Cli, title: str, content: str) -> None:
    assert cli("memory", "save", "--title", title, "--content", content, "--kind", "decision").code == 0


def test_what_was_decided_is_told_between_the_marks_of_data(client: Client, cli: Cli) -> None:
    remember(cli, "Sessions live in Redis", "The cookie grew past 4 kB.")
    told = client.context()
    assert "Sessions live in Redis" in told
    before, _, after = told.partition("Sessions live in Redis")
    assert "<vgxness-recall" in before
    assert "</vgxness-recall" in after


def test_it_is_the_text_of_the_context_tool(client: Client, cli: Cli) -> None:
    remember(cli, "Sessions live in Redis", "The cookie grew past 4 kB.")
    text = cli("memory", "context", "--json").data["text"]
    assert client.context().endswith(text)


def test_a_full_memory_is_told_within_the_bounds(client: Client, cli: Cli) -> None:
    for number in range(30):
        remember(cli, f"Decision {number}", f"Because of reason {number}: " + f"word{number} " * 200)
    assert 1_000 < len(client.context()) < 6_200


def test_nothing_remembered_is_nothing_said_and_nothing_written(client: Client, home: Path) -> None:
    assert client.context() == ""
    assert list(home.iterdir()) == []


def test_telling_writes_nothing(client: Client, cli: Cli, home: Path) -> None:
    remember(cli, "Sessions live in Redis", "The cookie grew past 4 kB.")
    before = {path: path.read_bytes() for path in home.rglob("*.sqlite")}
    assert before
    assert client.context() == client.context()
    assert {path: path.read_bytes() for path in before} == before


def test_the_project_is_the_one_the_client_works_in(
    client: Client, cli: Cli, workspace: Path, tmp_path: Path
) -> None:
    remember(cli, "Sessions live in Redis", "The cookie grew past 4 kB.")
    inner = workspace / "src"
    inner.mkdir()
    assert client.context(cwd=str(inner)), "an agent that moved about in its project"
    other = tmp_path / "elsewhere"
    other.mkdir()
    assert client.context(cwd=str(other), environ={"CLAUDE_PROJECT_DIR": str(other)}) == ""
    assert client.context(cwd=str(other)) == "", "a directory outside the client's project"


def test_neither_the_command_line_nor_anything_heavy_is_imported(client: Client, cli: Cli) -> None:
    remember(cli, "Sessions live in Redis", "The cookie grew past 4 kB.")
    program = (
        "import sys\n"
        "from vgxness.cli.main import main\n"
        "try:\n    main(['hook', 'session-start'])\n"
        "except SystemExit:\n    print(chr(30), *{name.split('.')[0] for name in sys.modules})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=f'{{"cwd": "{client.workspace}"}}',
        env=dict(client.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answered, _, imported = done.stdout.partition("\x1e")
    assert "Redis" in answered
    needed = {"peewee"}  # there is a database to read
    assert set(imported.split()) & ({*HEAVY, "click"} - needed) == set()


def test_strangers_plugins_are_not_loaded_unless_one_serves_the_database(client: Client, site: Site) -> None:
    trace = site.path / "trace"
    site.install("stranger", f"open({str(trace)!r}, 'a').write('loaded ')\nprint('noise')\n")
    environ = {"PYTHONPATH": str(site.path)}
    assert client.context(environ=environ) == ""
    assert not trace.exists()
    assert client.context(environ={**environ, "VGXNESS_DB_PATH": "other:place"}) == ""
    assert trace.read_text() == "loaded "
