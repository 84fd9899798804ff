"""The user's config.toml: read when it is there, kept as it is, refused with the line when it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli, Site
from vgxness.app import App


@pytest.fixture
def config(home: Path) -> Path:
    file = home / ".config" / "vgxness" / "config.toml"
    file.parent.mkdir(parents=True)
    return file


def test_a_plugin_reads_its_own_table(config: Path, workspace: Path) -> None:
    config.write_text('[plugin.clock]\nzone = "UTC"\nsince = 2026-11-23\n')
    assert App().settings("clock") == {"zone": "UTC", "since": "2026-11-23"}
    assert App().settings("other") == {}


def test_a_plugin_sees_the_project_once_it_is_known(workspace: Path, cli: Cli) -> None:
    assert App().project is None
    cli("memory", "save", "--title", "T", "--content", "C")
    assert App().project == cli("status", "--json").data["project"]["id"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(b"[plugins\n", "line 1", id="config-toml-unparsable"),
        pytest.param(b"[plugins]\ndisabled = 'all'\n", "list of names", id="config-toml-wrong-shape"),
        pytest.param(b"plugin = 5\n", "one table a plugin", id="config-toml-plugin-no-table"),
        pytest.param(b"\xff\xfe", "UnicodeDecodeError", id="config-toml-not-utf8"),
    ],
)
def test_a_broken_file_is_refused_and_left_alone(
    cli: Cli, site: Site, config: Path, text: bytes, said: str
) -> None:
    site.install("acme", "", name="acme")
    config.write_bytes(text)
    for words in (["plugins", "list"], ["plugins", "disable", "acme"]):
        ran = cli(*words, "--json")
        assert (ran.code, ran.error["code"]) == (4, "config_unreadable")
        assert said in ran.error["cause"]
    assert config.read_bytes() == text
