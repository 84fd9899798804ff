"""Configuration that is not as one hopes: a clear answer, and no byte changes unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.setup.fakes import tree

SECRET = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"
APPLY = ("setup", "apply", "--provider", "opencode", "--yes")


def config_of(home: Path) -> Path:
    path = home / ".config" / "opencode" / "opencode.jsonc"
    path.parent.mkdir(parents=True)
    return path


def directory(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.jsonc")


def out_of_home(path: Path) -> None:
    outside = path.parents[3] / "outside.jsonc"
    outside.write_text("{}")
    path.symlink_to(outside)


def not_utf8(path: Path) -> None:
    path.write_bytes(b'{\n  "name": "caf\xe9 ' + SECRET.encode() + b'"\n}')


def unparsable(path: Path) -> None:
    path.write_text(f'{{\n  "key": "{SECRET}"\n  "b": 1\n}}')


def duplicate_keys(path: Path) -> None:
    path.write_text('{"mcp": {"a": {}}, "mcp": {"b": {}}}')


def read_only_home(path: Path) -> None:
    path.parent.chmod(0o500)


REFUSED: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "config-is-a-directory": (directory, "config_blocked", "It is a directory."),
    "config-dangling-symlink": (dangling, "config_blocked", "does not exist"),
    "config-symlink-out-of-home": (out_of_home, "config_blocked", "which is not in"),
    "config-not-utf8": (not_utf8, "config_unparsable", "Line 2, column 15: the text is not UTF-8."),
    "config-unparsable": (unparsable, "config_unparsable", "Line 3, column 3: "),
    "config-duplicate-keys": (duplicate_keys, "config_blocked", "more than once"),
    "read-only-home": (read_only_home, "config_blocked", "is read-only"),
}


@pytest.mark.parametrize("noun", REFUSED)
def test_what_can_not_be_edited_is_left_untouched(cli: Cli, home: Path, noun: str) -> None:
    make, code, cause = REFUSED[noun]
    make(config_of(home))
    before = tree(home.parent)
    for words in (("setup", "plan", "--provider", "opencode"), APPLY):
        ran = cli(*words)
        assert ran.code == 4
        assert f"[{code}]" in ran.out + ran.err
        assert cause in ran.out + ran.err
        assert "next:" in ran.out + ran.err
        assert SECRET not in ran.out + ran.err
    error = cli(*APPLY, "--json").error
    assert (error["code"], error["exit_code"]) == (code, 4)
    assert SECRET not in json.dumps(error)
    assert tree(home.parent) == before
    assert not (home / ".local").exists()
    (home / ".config" / "opencode").chmod(0o700)


EDITED = {
    "config-bom": b'\xef\xbb\xbf{\n  "model": "x"\n}\n',
    "config-crlf": b'{\r\n  "model": "x"\r\n}\r\n',
    "config-trailing-commas": b'{\n  "model": "x", // mine\n  "list": [1, 2,],\n}\n',
    "config-5mb": b'{\n  "pad": [\n'
    + b'    {"a": [1, 2.50], "text": "lorem ipsum dolor sit amet"},\n' * 90_000
    + b"  ]\n}\n",
    "config-duplicate-keys-elsewhere": b'{"model": "x", "model": "y"}',
    "config-empty": b"",
}


@pytest.mark.parametrize("noun", EDITED)
def test_what_is_merely_unusual_is_edited_in_its_own_style_and_comes_back(
    cli: Cli, home: Path, noun: str
) -> None:
    path = config_of(home)
    path.write_bytes(EDITED[noun] if noun != "config-5mb" else EDITED[noun].replace(b"},\n  ]", b"}\n  ]"))
    path.chmod(0o640)
    before = tree(home)
    assert cli(*APPLY).code == 0
    edited = path.read_bytes()
    assert b'"vgxness"' in edited
    assert edited.count(b"\r\n") == (edited.count(b"\n") if noun == "config-crlf" else 0)
    assert edited.startswith(b"\xef\xbb\xbf") == (noun == "config-bom")
    assert path.stat().st_mode & 0o777 == 0o640
    assert cli(*APPLY, "--json").data["changed"] == []
    assert (
        cli("setup", "status", "--provider", "opencode", "--json").data["providers"][0]["targets"][0]["drift"]
        == "in-sync"
    )
    assert cli("setup", "rollback", "--provider", "opencode", "--yes").code == 0
    assert tree(home) == before


@pytest.mark.parametrize(
    "verb",
    ["plan", "apply", "status", "diff", "rollback", "uninstall"],
    ids=lambda verb: f"{verb}-unknown-provider",
)
def test_a_provider_nobody_adapts_is_named_with_those_there_are(cli: Cli, home: Path, verb: str) -> None:
    yes = ("--yes",) if verb in ("apply", "rollback", "uninstall") else ()
    error = cli("setup", verb, "--provider", "emacs", *yes, "--json").error
    assert (error["code"], error["exit_code"]) == ("unknown_provider", 2)
    assert "opencode" in error["cause"]
    assert list(home.iterdir()) == []


def test_without_any_provider_plugin_the_answer_names_one_to_install(cli: Cli) -> None:
    ran = cli("--no-plugins", "setup", "plan")
    assert ran.code == 2
    assert "pip install vgxness-opencode" in ran.err


def test_a_dotfile_linked_from_elsewhere_in_the_home_is_edited_at_its_target(cli: Cli, home: Path) -> None:
    path, kept = config_of(home), home / "dotfiles" / "opencode.jsonc"
    kept.parent.mkdir()
    kept.write_text("{}\n")
    path.symlink_to("../../dotfiles/opencode.jsonc")
    before = tree(home)
    assert cli(*APPLY).code == 0
    assert path.is_symlink()
    assert "vgxness" in kept.read_text()
    assert cli("setup", "rollback", "--yes").code == 0
    assert tree(home) == before


@pytest.mark.parametrize("mode", [0o400, 0o444])
def test_a_read_only_file_is_a_users_word(cli: Cli, home: Path, mode: int) -> None:
    path = config_of(home)
    path.write_text("{}")
    path.chmod(mode)
    assert cli(*APPLY, "--json").error["cause"] == "It is read-only."
    assert path.read_text() == "{}"


def test_a_pipe_is_never_opened(cli: Cli, home: Path) -> None:
    import os

    os.mkfifo(config_of(home))
    assert cli(*APPLY, "--json").error["cause"] == "It is not a regular file."


def test_a_parent_that_is_a_file_is_named(cli: Cli, home: Path) -> None:
    (home / ".config").mkdir()
    (home / ".config" / "opencode").write_text("oops")
    assert "is not a directory" in cli(*APPLY, "--json").error["cause"]
