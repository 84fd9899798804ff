"""Which products are found where, on each platform."""

from __future__ import annotations

from pathlib import Path

import pytest
from vgxness_antigravity import detection
from vgxness_antigravity.adapter import AntigravityAdapter
from vgxness_antigravity.detection import find

from vgxness.plugin import Detection
from vgxness.testing.machine import Machine

PLATFORMS = ("linux", "darwin", "win32")


def found(machine: Machine, platform: str) -> Detection:
    local = machine.home / "AppData" / "Local"
    machine.variables["LOCALAPPDATA"] = str(local)
    return find(
        detection.Machine(
            platform=platform,
            home=machine.home,
            environment=machine.environment,
            root=machine.root / "volume",
        )
    )


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_empty_machine_has_none(machine: Machine, platform: str) -> None:
    answer = found(machine, platform)
    assert not answer.found
    assert answer.evidence == ("no agy on PATH or where its installer puts it",)
    assert answer.paths == {"config": machine.home / ".gemini" / "config"}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_home_of_gemini_cli_and_what_a_setup_of_ours_made_prove_nothing(
    machine: Machine, platform: str
) -> None:
    put(machine.home / ".gemini" / "settings.json")
    put(machine.home / ".gemini" / "config" / "plugins" / "vgxness" / "plugin.json")
    assert not found(machine, platform).found


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", "home/.local/bin/agy"),
        ("linux", "bin/agy"),
        ("darwin", "home/.local/bin/agy"),
        ("darwin", "bin/agy"),
        ("win32", "home/AppData/Local/agy/bin/agy.exe"),
        ("win32", "bin/agy.exe"),
    ],
)
def test_the_cli_is_found_on_path_and_where_its_installer_puts_it(
    machine: Machine, platform: str, place: str
) -> None:
    program = put(machine.root / place)
    answer = found(machine, platform)
    assert answer.found
    assert answer.paths["program"] == program
    assert answer.evidence == (f"{program} exists (CLI)",)


@pytest.mark.parametrize(
    ("platform", "place", "product"),
    [
        ("darwin", "volume/Applications/Antigravity.app/Contents", "app"),
        ("darwin", "volume/Applications/Antigravity IDE.app/Contents", "IDE"),
        ("win32", "home/AppData/Local/Programs/Antigravity/Antigravity.exe", "app"),
        ("win32", "home/AppData/Local/Programs/Antigravity IDE/Antigravity IDE.exe", "IDE"),
        ("win32", "bin/antigravity-ide.cmd", "IDE"),
        ("linux", "home/.local/share/antigravity-ide/version", "IDE"),
        ("linux", "home/.config/Antigravity IDE/User/settings.json", "IDE"),
    ],
)
def test_the_app_and_the_ide_are_found_in_their_places(
    machine: Machine, platform: str, place: str, product: str
) -> None:
    put(machine.root / place)
    answer = found(machine, platform)
    assert answer.found
    assert f"({product})" in answer.evidence[1]
    assert "program" not in answer.paths
    assert not any(found(machine, other).found for other in set(PLATFORMS) - {platform})


def test_the_ide_is_found_on_path(machine: Machine) -> None:
    program = put(machine.programs / "antigravity-ide")
    assert found(machine, "linux").evidence[1] == f"{program} exists (IDE)"


@pytest.mark.parametrize(
    "place", [".gemini/antigravity-cli/x", ".gemini/antigravity/x", ".gemini/antigravity-ide/x"]
)
def test_a_data_directory_tells_that_a_product_has_run(machine: Machine, place: str) -> None:
    put(machine.home / place)
    answer = found(machine, "linux")
    assert answer.found
    assert "has run here" in answer.evidence[1]


def test_the_marker_of_a_migration_tells_of_an_installation(machine: Machine) -> None:
    put(machine.home / ".gemini" / "config" / ".migrated")
    assert "migrated" in found(machine, "darwin").evidence[1]


def test_a_file_that_can_not_be_run_or_a_relative_path_is_no_program(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(machine.programs / "agy").chmod(0o644)
    put(machine.root / "here" / "agy")
    monkeypatch.chdir(machine.root)
    machine.variables["PATH"] += ":here:"
    assert not found(machine, "linux").found


def test_a_place_that_can_not_be_asked_about_is_no_program(machine: Machine) -> None:
    program = put(machine.programs / "agy")
    machine.variables["PATH"] = f"/{'x' * 5000}:\0:{machine.programs}"
    assert found(machine, "linux").paths["program"] == program


def test_the_adapter_asks_about_this_machine_and_starts_nothing(machine: Machine) -> None:
    program = machine.install("agy")
    before = machine.files()
    answer = AntigravityAdapter().detect(machine)
    assert answer.paths["program"] == program.path
    assert program.calls == ()
    assert machine.files() == before
