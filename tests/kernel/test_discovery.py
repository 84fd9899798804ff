"""Plugins are found, refused and blamed by their real metadata on disk."""

from __future__ import annotations

import pytest

from tests.conftest import Cli, Site
from vgxness.kernel.discovery import examine, scan

GOOD = """
    from vgxness.plugin import Tool, hookimpl

    @hookimpl
    def vgxness_mcp_tools():
        return (
            Tool(
                name="clock_now",
                description="Tell the time.",
                input_schema={"type": "object", "properties": {}},
                target="%s:now",
                profile="core",
                read_only=True,
            ),
        )

    def now(context, arguments):
        return {"now": context.clock.now().isoformat()}
"""


IMPL = "from vgxness.plugin import hookimpl\n"


def row(cli: Cli, name: str) -> dict[str, object]:
    rows = [one for one in cli("plugins", "list", "--json").data if one["name"] == name]
    assert len(rows) == 1
    return rows[0]


def test_a_good_plugin_is_listed_with_its_distribution_and_version(cli: Cli, site: Site) -> None:
    site.install("acme-clock", GOOD % "acme_clock", version="2.4", name="clock")
    found = row(cli, "clock")
    assert (found["state"], found["distribution"], found["version"]) == ("ok", "acme-clock", "2.4")
    assert found["hooks"] == ["vgxness_mcp_tools"]


def test_a_good_plugins_tool_is_served_without_touching_the_core(cli: Cli, site: Site) -> None:
    site.install("acme-clock", GOOD % "acme_clock", name="clock")
    tools = {tool["name"]: tool for tool in cli("mcp", "tools", "--json").data}
    assert tools["clock_now"]["plugin"] == "clock"
    assert tools["clock_now"]["distribution"] == "acme-clock"


@pytest.mark.parametrize(
    ("source", "state", "said"),
    [
        pytest.param("raise RuntimeError('no luck')", "load-error", "no luck", id="plugin-raises-on-import"),
        pytest.param("raise SystemExit(3)", "load-error", "SystemExit", id="plugin-exits-on-import"),
        pytest.param(
            "class Odd(BaseException): ...\nraise Odd('strange')",
            "load-error",
            "strange",
            id="plugin-raises-a-base-exception",
        ),
        pytest.param("def oops(:", "load-error", "SyntaxError", id="plugin-does-not-compile"),
        pytest.param(
            IMPL + "@hookimpl\ndef vgxness_commands():\n    raise ValueError('bad day')",
            "call-error",
            "bad day",
            id="plugin-raises-on-call",
        ),
        pytest.param(
            IMPL + "@hookimpl\ndef vgxness_commands():\n    yield 1\n    raise KeyError",
            "call-error",
            "KeyError",
            id="plugin-raises-inside-a-generator",
        ),
        pytest.param(
            IMPL + "@hookimpl\ndef vgxness_mcp_tools():\n    return ({'name': 'x'},)",
            "call-error",
            "returned a dict, not a Tool",
            id="plugin-returns-rubbish",
        ),
        pytest.param(
            IMPL + "@hookimpl\ndef vgxness_commands():\n    return 5",
            "call-error",
            "TypeError",
            id="plugin-returns-no-iterable",
        ),
        pytest.param(
            IMPL + "@hookimpl(wrapper=True)\ndef vgxness_commands():\n    return (yield)",
            "load-error",
            "wrapper",
            id="plugin-wraps-a-hook",
        ),
        pytest.param(
            IMPL + "@hookimpl(tryfirst=True)\ndef vgxness_commands():\n    return ()",
            "load-error",
            "order is by name",
            id="plugin-wants-to-be-first",
        ),
        pytest.param(
            IMPL + "@hookimpl\ndef vgxness_dreams():\n    return ()",
            "load-error",
            "no hook named vgxness_dreams",
            id="plugin-names-an-unknown-hook",
        ),
        pytest.param(
            IMPL + "@hookimpl\ndef vgxness_commands(app):\n    return ()",
            "load-error",
            "app",
            id="plugin-asks-for-an-unknown-argument",
        ),
    ],
)
def test_a_broken_plugin_is_a_row_and_the_command_goes_on(
    cli: Cli, site: Site, source: str, state: str, said: str
) -> None:
    site.install("acme-broken", source, version="0.9", name="broken")
    site.install("acme-clock", GOOD % "acme_clock", name="clock")
    found = row(cli, "broken")
    assert found["state"] == state
    assert said in str(found["problem"])
    assert row(cli, "clock")["state"] == "ok"
    ran = cli("mcp", "tools")
    assert ran.code == 0
    complaints = [line for line in ran.err.splitlines() if "broken" in line]
    assert len(complaints) == 1
    assert "acme-broken 0.9" in complaints[0]
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", [pytest.param("clock", id="plugin-shares-a-name")])
def test_twin_names_name_both_distributions_and_neither_is_loaded(cli: Cli, site: Site, name: str) -> None:
    site.install("acme-clock", GOOD % "acme_clock", version="1.1", name=name)
    site.install("other-clock", GOOD % "other_clock", version="2.2", name=name)
    rows = [one for one in cli("plugins", "list", "--json").data if one["name"] == "clock"]
    assert [one["state"] for one in rows] == ["conflict", "conflict"]
    assert "acme-clock 1.1" in rows[0]["problem"]
    assert "other-clock 2.2" in rows[0]["problem"]
    assert "clock_now" not in {tool["name"] for tool in cli("mcp", "tools", "--json").data}


def test_of_two_strangers_that_offer_one_tool_neither_is_used(cli: Cli, site: Site) -> None:
    site.install("acme-clock", GOOD % "acme_clock", version="1.1")
    site.install("other-clock", GOOD % "other_clock", version="2.2")
    rows = {one["name"]: one for one in cli("plugins", "list", "--json").data}
    for name in ("acme-clock", "other-clock"):
        assert rows[name]["state"] == "conflict"
        assert "acme-clock 1.1" in rows[name]["problem"]
        assert "other-clock 2.2" in rows[name]["problem"]
    assert "clock_now" not in {tool["name"] for tool in cli("mcp", "tools", "--json").data}


def test_a_builtin_wins_a_conflict_and_the_stranger_is_named(cli: Cli, site: Site) -> None:
    site.install("acme-status", (GOOD % "acme_status").replace("clock_now", "vgxness_status"))
    tools = {tool["name"]: tool for tool in cli("mcp", "tools", "--json").data}
    assert tools["vgxness_status"]["distribution"] == "vgxness"
    assert "built-in is used" in str(row(cli, "acme-status")["problem"])


def test_a_plugin_of_another_api_version_is_listed_and_never_imported(cli: Cli, site: Site) -> None:
    site.install("acme-future", "raise AssertionError('imported')", name="future", group="vgxness.v2")
    found = row(cli, "future")
    assert found["state"] == "wrong-api"
    assert "plugin API 2" in str(found["problem"])
    assert "imported" not in str(found["problem"])


def test_a_blocked_plugin_is_not_imported(cli: Cli, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.install("acme-broken", "raise RuntimeError", name="broken")
    monkeypatch.setenv("VGXNESS_DISABLE_PLUGINS", "broken")
    ran = cli("plugins", "list", "--json")
    assert [one["state"] for one in ran.data if one["name"] == "broken"] == ["blocked"]
    assert "broken" not in ran.err


def test_no_plugins_hides_strangers_and_strict_makes_them_an_error(cli: Cli, site: Site) -> None:
    site.install("acme-broken", "raise RuntimeError('no luck')", name="broken")
    assert cli("--no-plugins", "plugins", "list", "--json").data == []
    ran = cli("--strict-plugins", "mcp", "tools", "--json")
    assert ran.code == 1
    assert ran.error["code"] == "plugin_failed"
    assert "no luck" in ran.error["cause"]


def test_disable_and_enable_are_remembered_and_keep_the_users_comments(cli: Cli, site: Site, home) -> None:
    config = home / ".config" / "vgxness" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("# mine\n[plugins]\n# why not\ndisabled = []\n")
    site.install("acme-clock", GOOD % "acme_clock", name="clock")
    assert cli("plugins", "disable", "clock", "--json").data["changed"] is True
    assert row(cli, "clock")["state"] == "blocked"
    assert cli("plugins", "disable", "clock", "--json").data["changed"] is False
    assert cli("plugins", "enable", "clock", "--json").data["changed"] is True
    assert row(cli, "clock")["state"] == "ok"
    assert "# mine" in config.read_text()
    assert "# why not" in config.read_text()


def test_the_fast_and_the_thorough_way_find_the_same(site: Site) -> None:
    site.install("acme-clock", GOOD % "acme_clock", name="clock")
    site.install("Acme.Odd_Name", "", version="1.0rc1", name="odd")
    site.install("acme-future", "", name="future", group="vgxness.v9")
    site.install("unrelated", "", group="console_scripts")
    assert scan() == examine()
    assert {"clock", "odd", "future", "opencode"} <= {found.name for found in scan()}


def test_a_tool_that_raises_or_returns_rubbish_is_blamed_on_its_plugin(site: Site, workspace) -> None:
    from vgxness.app import App
    from vgxness.errors import VgxnessError

    source = (GOOD % "acme_bad").replace('return {"now": context.clock.now().isoformat()}', "return 7")
    site.install("acme-bad", source, version="3.1")
    with pytest.raises(VgxnessError, match=r"acme-bad 3\.1") as rubbish:
        App().call("clock_now", {})
    assert rubbish.value.code == "plugin_failed"


def test_unknown_plugin_names_are_a_usage_error_that_lists_the_known(cli: Cli) -> None:
    ran = cli("plugins", "info", "nonesuch", "--json")
    assert (ran.code, ran.error["code"]) == (2, "unknown_plugin")
    assert "memory" in ran.error["cause"]


def test_a_plugin_that_stops_every_command_can_be_switched_off(cli: Cli, site: Site) -> None:
    site.install("acme-stop", "raise KeyboardInterrupt", name="stop")
    assert cli("status").code == 130
    assert cli("--no-plugins", "plugins", "disable", "stop").code == 0
    assert cli("status").code == 0


def test_a_huge_entry_points_file_is_one_broken_row(cli: Cli, site: Site) -> None:
    site.install("acme-many", "")
    metadata = site.path / "acme_many-1.0.dist-info" / "entry_points.txt"
    metadata.write_text("[vgxness.v1]\n" + "".join(f"p{number} = acme_many\n" for number in range(20_000)))
    found = row(cli, "acme-many")
    assert found["state"] == "load-error"
    assert "characters" in str(found["problem"])
    assert scan() == examine()


def test_the_switch_of_a_builtin_is_refused(cli: Cli) -> None:
    ran = cli("plugins", "disable", "memory", "--json")
    assert (ran.code, ran.error["code"]) == (2, "usage")


def test_control_characters_in_a_plugins_name_do_not_reach_the_terminal(cli: Cli, site: Site) -> None:
    site.install("acme-odd", "raise RuntimeError('\\x1b[2J gone')", name="odd\x1b[2J")
    ran = cli("plugins", "list")
    assert "\x1b" not in ran.out + ran.err
