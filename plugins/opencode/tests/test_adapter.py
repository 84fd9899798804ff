"""What the adapter declares: which file, which keys."""

from __future__ import annotations

from pathlib import Path

import pytest
import vgxness_opencode
from vgxness_opencode.adapter import OpenCodeAdapter

from plugins.opencode.tests.machine import Machine, request_on
from vgxness.plugin import ConfigScope, ProviderAdapter, SetKey


def test_the_module_offers_one_adapter() -> None:
    (adapter,) = vgxness_opencode.vgxness_provider_adapters()
    assert isinstance(adapter, ProviderAdapter)
    assert (adapter.name, adapter.config_scopes) == ("opencode", ("user", "project"))


def test_the_edits_are_the_schema_and_our_server(machine: Machine) -> None:
    (target,) = OpenCodeAdapter().targets(request_on(machine))
    assert target.edits == (
        SetKey(path=("$schema",), value="https://opencode.ai/config.json", only_if_absent=True),
        SetKey(
            path=("mcp", "vgxness"),
            value={
                "type": "local",
                "command": ["/opt/vgxness", "mcp", "serve"],
                "environment": {"VGXNESS_DB_PATH": "/db"},
                "enabled": True,
            },
        ),
    )


@pytest.mark.parametrize(
    ("scope", "standing", "managed", "chosen"),
    [
        ("user", (), (), "opencode.jsonc"),
        ("user", ("opencode.json",), (), "opencode.json"),
        ("user", ("opencode.json", "opencode.jsonc"), (), "opencode.jsonc"),
        ("user", ("opencode.json", "opencode.jsonc"), ("opencode.json",), "opencode.json"),
        ("user", ("opencode.jsonc",), ("opencode.json",), "opencode.jsonc"),
        ("project", (), (), "opencode.json"),
        ("project", ("opencode.jsonc",), (), "opencode.jsonc"),
    ],
)
def test_the_file_is_the_one_that_wins_or_the_one_that_is_ours(
    machine: Machine, scope: ConfigScope, standing: tuple[str, ...], managed: tuple[str, ...], chosen: str
) -> None:
    directory = machine.home / ".config" / "opencode" if scope == "user" else machine.workspace
    directory.mkdir(parents=True, exist_ok=True)
    for name in standing:
        (directory / name).write_text("{}")
    wish = request_on(machine, scope, tuple(directory / name for name in managed))
    (target,) = OpenCodeAdapter().targets(wish)
    assert target.path == directory / chosen
    assert target.root == (machine.home if scope == "user" else machine.workspace)


def test_the_tables_are_those_of_every_file_that_opencode_merges(machine: Machine) -> None:
    config = machine.home / ".config" / "opencode"
    user = OpenCodeAdapter().server_tables(request_on(machine))
    assert [one.path for one in user] == [config / "opencode.json", config / "opencode.jsonc"]
    every = OpenCodeAdapter().server_tables(request_on(machine, "project"))
    assert every[:2] == user
    assert [one.path.parent for one in every[2:]] == [machine.workspace, machine.workspace]


def test_the_configuration_directory_follows_xdg(machine: Machine, tmp_path: Path) -> None:
    machine.variables["XDG_CONFIG_HOME"] = str(tmp_path / "xdg")
    (target,) = OpenCodeAdapter().targets(request_on(machine))
    assert target.path == tmp_path / "xdg" / "opencode" / "opencode.jsonc"
    assert target.root == tmp_path / "xdg"
    machine.variables["XDG_CONFIG_HOME"] = "relative"
    (target,) = OpenCodeAdapter().targets(request_on(machine))
    assert target.root == machine.home


def test_detection_reads_the_version_from_the_package_and_starts_nothing(machine: Machine) -> None:
    assert not OpenCodeAdapter().detect(machine).found
    machine.install_opencode()
    package = machine.home.parent / "package.json"
    package.write_text('{"name": "opencode-ai", "version": "1.18.33"}')
    found = OpenCodeAdapter().detect(machine)
    assert (found.found, found.version) == (True, "1.18.33")
    assert machine.log == ()
    assert list(machine.home.iterdir()) == []
