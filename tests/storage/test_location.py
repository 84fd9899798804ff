"""The database's place: the flag, the environment, a per-user default, and never the working directory."""

from __future__ import annotations

import pytest

from vgxness.errors import ExitCode, VgxnessError
from vgxness.storage import Location, resolve

HOME = {"HOME": "/home/ana"}
APP_DATA = {"LOCALAPPDATA": r"C:\Users\ana\AppData\Local", "APPDATA": r"C:\Users\ana\AppData\Roaming"}


def test_flag_beats_environment_beats_default() -> None:
    environ = {**HOME, "VGXNESS_DB_PATH": "/from/environment"}
    assert resolve("/from/flag", environ, "linux") == Location(path="/from/flag", source="flag")
    assert resolve(None, environ, "linux") == Location(path="/from/environment", source="environment")
    assert resolve(None, HOME, "linux").source == "global-default"


@pytest.mark.parametrize(
    ("platform", "environ", "path"),
    [
        ("linux", HOME, "/home/ana/.local/share/vgxness/memory.sqlite"),
        ("linux", {**HOME, "XDG_DATA_HOME": "/data"}, "/data/vgxness/memory.sqlite"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/vgxness/memory.sqlite"),
        ("linux", {**HOME, "XDG_DATA_HOME": ""}, "/home/ana/.local/share/vgxness/memory.sqlite"),
        ("linux", {**HOME, "XDG_DATA_HOME": "relative"}, "/home/ana/.local/share/vgxness/memory.sqlite"),
        ("darwin", HOME, "/home/ana/Library/Application Support/vgxness/memory.sqlite"),
        (
            "darwin",
            {**HOME, "XDG_DATA_HOME": "/data"},
            "/home/ana/Library/Application Support/vgxness/memory.sqlite",
        ),
        ("win32", APP_DATA, r"C:\Users\ana\AppData\Local\vgxness\memory.sqlite"),
        (
            "win32",
            {"APPDATA": APP_DATA["APPDATA"]},
            r"C:\Users\ana\AppData\Roaming\vgxness\memory.sqlite",
        ),
        (
            "win32",
            {**APP_DATA, "LOCALAPPDATA": "relative"},
            r"C:\Users\ana\AppData\Roaming\vgxness\memory.sqlite",
        ),
    ],
)
def test_default_is_the_platforms_own(platform: str, environ: dict[str, str], path: str) -> None:
    assert resolve(None, environ, platform) == Location(path=path, source="global-default")


@pytest.mark.parametrize(
    ("platform", "environ"),
    [
        ("linux", {}),
        ("linux", {"HOME": "", "VGXNESS_DB_PATH": ""}),
        ("linux", {"HOME": "relative"}),
        ("linux", {"XDG_DATA_HOME": "relative"}),
        ("darwin", {"XDG_DATA_HOME": "/data"}),
        ("win32", HOME),
        ("win32", {"LOCALAPPDATA": r"\no\drive"}),
    ],
)
def test_no_home_is_an_error_that_names_the_ways_out(platform: str, environ: dict[str, str]) -> None:
    with pytest.raises(VgxnessError) as caught:
        resolve(None, environ, platform)
    assert (caught.value.code, caught.value.exit_code) == ("store_unavailable", ExitCode.STORAGE)
    assert "--db" in caught.value.hint
    assert "VGXNESS_DB_PATH" in caught.value.hint


@pytest.mark.parametrize(
    ("flag", "scheme", "path"),
    [
        ("a.sqlite", "sqlite", "a.sqlite"),
        ("sqlite:a.sqlite", "sqlite", "a.sqlite"),
        ("sqlite:///srv/a.sqlite", "sqlite", "/srv/a.sqlite"),
        ("postgresql://ana@host/db", "postgresql", "//ana@host/db"),
        (r"C:\data\a.sqlite", "sqlite", r"C:\data\a.sqlite"),
        ("c:/data/a.sqlite", "sqlite", "c:/data/a.sqlite"),
        (":memory:", "sqlite", ":memory:"),
        ("dir/with:colon", "sqlite", "dir/with:colon"),
    ],
)
def test_a_bare_path_and_a_drive_mean_sqlite(flag: str, scheme: str, path: str) -> None:
    assert resolve(flag, {}, "linux") == Location(path=path, source="flag", scheme=scheme)


def test_an_empty_flag_is_wrong_usage() -> None:
    with pytest.raises(VgxnessError) as caught:
        resolve("", HOME, "linux")
    assert caught.value.code == "usage"
