"""`vgxness doctor --bundle`: a file for a bug report that holds no secret, no name and no file's content."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Site
from tests.redaction.corpus_files import Format, formats
from tests.tokens.paper import install
from vgxness.doctor.bundle import write_bundle
from vgxness.errors import VgxnessError

FORMATS = formats("bundle")
SECRETS = [secret for one in FORMATS for secret in one.secrets]
USER = "marguerite"
SEEDED = """
    import json
    from pathlib import Path
    from vgxness.plugin import Check, Finding, hookimpl

    LINES = json.loads(Path(__file__).with_name("lines.json").read_text())

    @hookimpl
    def vgxness_doctor_checks():
        return (Check(id="acme.leak", summary="Does it leak?", target="acme:leak"),)

    def leak(context):
        home = f"{context.paths.home}/.config and /srv/marguerite/work, said Marguerite"
        return Finding(
            severity="error",
            summary=LINES[0],
            evidence=(home, *LINES, *[line for text in LINES for line in text.splitlines()]),
            hint=LINES[1],
            quotes=("the user's own line",),
        )
"""


@pytest.fixture(autouse=True)
def somebody(site: Site, home: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user with a client, and with a plugin that tells everything."""
    monkeypatch.setenv("USER", USER)
    install(site)


def bundle(cli: Cli, *words: str) -> tuple[str, dict[str, Any]]:
    ran = cli("doctor", *words, "--bundle=report.json", "--json")
    path = Path(ran.data["bundle"])
    assert path == Path.cwd() / "report.json"
    text = path.read_text()
    return text, json.loads(text)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def seed(cli: Cli, site: Site, home: Path) -> None:
    """Put every format of a secret wherever the bundle might take something from."""
    lines = [one.line for one in FORMATS]
    site.install("acme", SEEDED)
    (site.path / "lines.json").write_text(json.dumps(lines))
    site.install("broken", f"raise RuntimeError({lines[2]!r})")
    cli("setup", "apply", "--provider", "paper", "--yes")
    config = home / ".config" / "vgxness" / "config.toml"
    config.parent.mkdir(parents=True)
    rows = [f"said{number} = {json.dumps(line)}" for number, line in enumerate(lines)]
    more = [f"api_token = {json.dumps('plain-and-short')}", f"many = {json.dumps(lines)}"]
    config.write_text("\n".join(["[plugin.acme]", *rows, *more]))
    log = home / ".local" / "state" / "vgxness" / "vgxness.log"
    log.write_text("\n".join(f"2026-01-01T00:00:00Z {line}" for line in lines))
    file = home / ".paper.json"
    document = json.loads(file.read_text())
    document["servers"]["vgxness"] |= {"args": lines, "env": {f"K{i}": line for i, line in enumerate(lines)}}
    document["servers"] |= {line: {"command": f"/gone/{line}", "args": lines} for line in lines}
    file.write_text(json.dumps(document))


def test_no_secret_of_any_format_is_in_it(cli: Cli, site: Site, home: Path) -> None:
    assert len(SECRETS) > 100
    seed(cli, site, home)
    text, document = bundle(cli)
    said = "\n".join(texts(document))
    leaked = [one.template for one in FORMATS if _leaks(one, text) or _leaks(one, said)]
    assert leaked == []
    assert "plain-and-short" not in text
    assert "[REDACTED]" in text


def _leaks(one: Format, text: str) -> bool:
    # Each line of a secret of many lines is one too.
    return any(line in text for secret in one.secrets for line in secret.splitlines() if len(line) > 7)


def test_neither_home_nor_user_nor_a_files_own_lines_are_in_it(cli: Cli, site: Site, home: Path) -> None:
    site.install("acme", SEEDED)
    (site.path / "lines.json").write_text('["one", "two"]')
    text, document = bundle(cli)
    assert str(home) not in text
    assert USER not in text.lower()
    (check,) = [one for one in document["checks"] if one["id"] == "acme.leak"]
    assert check["evidence"][0] == "~/.config and /srv/USER/work, said USER"
    assert check["quotes"] == "1 lines left out"
    assert "the user's own line" not in text


def test_it_tells_what_a_maintainer_needs(cli: Cli, site: Site, home: Path) -> None:
    from vgxness import __version__

    cli("setup", "apply", "--provider", "paper", "--yes")
    site.install("broken", "raise RuntimeError('no such thing')")
    (home / ".config" / "vgxness").mkdir(parents=True)
    (home / ".config" / "vgxness" / "config.toml").write_text("[plugin.acme]\ncolour = 'blue'\n")
    _, document = bundle(cli)
    assert set(document) == {"about", "plugins", "checks", "setup", "config", "log"}
    assert document["about"]["vgxness"] == __version__
    assert document["about"]["python"] == sys.version.split()[0]
    (broken,) = [one for one in document["plugins"] if one["name"].startswith("broken")]
    assert (broken["state"], "no such thing" in broken["problem"]) == ("load-error", True)
    assert {one["id"] for one in document["checks"]} >= {"storage.location", "setup.drift"}
    files = [one for row in document["setup"] if row["provider"] == "paper" for one in row["files"]]
    assert {"file": "~/.paper.json", "state": "in-sync"} in files
    assert document["config"]["plugin"] == {"acme": {"colour": "blue"}}


def test_only_its_user_may_read_it_and_stderr_says_what_is_in_it(cli: Cli) -> None:
    os.umask(0o000)
    ran = cli("doctor", "plugins", "--bundle=report.json")
    assert stat.S_IMODE(Path("report.json").stat().st_mode) == 0o600
    assert "report.json" in ran.err
    assert "config.toml" in ran.err
    assert "Read it before" in ran.err


def test_without_a_name_it_lies_in_the_current_directory_under_one_that_sorts_by_time(cli: Cli) -> None:
    cli("doctor", "plugins", "--bundle")
    (file,) = Path.cwd().glob("vgxness-doctor-*Z.json")
    assert json.loads(file.read_text())["about"]


@pytest.mark.parametrize("kind", ["file", "link", "directory"])
def test_what_exists_is_not_replaced(cli: Cli, tmp_path: Path, kind: str) -> None:
    report = Path("report.json")
    if kind == "file":
        report.write_text("mine")
    elif kind == "link":
        report.symlink_to(tmp_path / "elsewhere")
    else:
        report.mkdir()
    ran = cli("doctor", "plugins", "--bundle=report.json", "--json")
    assert (ran.code, ran.error["code"]) == (2, "usage")
    assert not (tmp_path / "elsewhere").exists()
    assert kind != "file" or report.read_text() == "mine"


def test_a_file_that_comes_up_meanwhile_is_not_replaced_either(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("mine")
    with pytest.raises(VgxnessError, match="exists"):
        write_bundle(tmp_path / "report.json", {})
    assert (tmp_path / "report.json").read_text() == "mine"


def test_a_place_that_can_not_be_written_is_told(cli: Cli) -> None:
    ran = cli("doctor", "plugins", "--bundle=nowhere/report.json", "--json")
    assert (ran.code, ran.error["code"]) == (5, "write_failed")


def test_a_checks_name_is_not_taken_for_a_file(cli: Cli) -> None:
    ran = cli("doctor", "--bundle", "storage", "--json")
    assert (ran.code, ran.error["code"]) == (2, "usage")
    assert not Path("storage").exists()


@pytest.mark.parametrize("content", [b"not = = toml", b"\xff\xfe"], ids=["not-toml", "not-utf8"])
def test_a_config_that_can_not_be_read_is_told_by_its_code(cli: Cli, home: Path, content: bytes) -> None:
    from vgxness.app import App
    from vgxness.cli import bundle as gathering
    from vgxness.doctor import Report

    config = home / ".config" / "vgxness" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_bytes(content)
    app = App()
    app.catalogue = App(environ={**os.environ, "XDG_CONFIG_HOME": str(home / "empty")}).catalogue
    gathering.write(app, Report(diagnoses=()), Path("report.json"))
    assert json.loads(Path("report.json").read_text())["config"] == {"problem": "config_unreadable"}
