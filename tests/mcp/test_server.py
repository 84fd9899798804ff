"""The server as a real client meets it, in both protocol eras, over a real pipe."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import Implementation

from tests.conftest import Site
from vgxness.app import App
from vgxness.mcp.instructions import INSTRUCTIONS
from vgxness.mcp.listing import CORE_TOKEN_BUDGET, FULL_TOKEN_BUDGET
from vgxness.mcp.server import match_uri

ERAS = pytest.mark.parametrize("era", ["legacy", "auto"])


def in_session(
    work,
    *,
    era: str = "auto",
    arguments: tuple[str, ...] = (),
    directory: Path | None = None,
    roots=None,
    client: str = "a test",
):
    """Run one coroutine function on a client of a real server process."""

    async def session() -> Any:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "vgxness", "mcp", "serve", *arguments],
            env=dict(os.environ),
            cwd=directory,
        )
        with Path(os.devnull).open("w") as nowhere:
            async with Client(
                stdio_client(server, errlog=nowhere),
                mode=era,
                list_roots_callback=roots,
                client_info=Implementation(name=client, version="1"),
            ) as connected:
                return await work(connected)

    return anyio.run(session)


def error_of(result: Any) -> dict[str, Any]:
    assert result.is_error
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content["error"]


@ERAS
def test_both_eras_serve_the_core_tools_and_the_memory_protocol(era: str, workspace: Path) -> None:
    async def work(client: Client) -> tuple[str, list[str], str]:
        tools = await client.list_tools()
        return client.protocol_version, [tool.name for tool in tools.tools], client.instructions or ""

    version, names, instructions = in_session(work, era=era)
    assert version == ("2025-11-25" if era == "legacy" else "2026-07-28")
    core = [offer.value.name for offer in App().catalogue.tools if offer.value.profile == "core"]
    assert names == core
    assert set(names) == {
        "vgxness_status",
        "vgxness_memory_save",
        "vgxness_memory_search",
        "vgxness_memory_get",
        "vgxness_memory_context",
        "vgxness_session_end",
    }
    assert instructions == INSTRUCTIONS


@ERAS
def test_what_one_session_saves_the_next_one_finds(era: str, workspace: Path) -> None:
    async def save(client: Client) -> Any:
        return await client.call_tool(
            "vgxness_memory_save", {"title": "Prices are in cents", "content": "Integers only, never floats."}
        )

    async def search(client: Client) -> Any:
        return await client.call_tool("vgxness_memory_search", {"query": "are prices floats or cents?"})

    saved = in_session(save, era=era).structured_content
    found = in_session(search, era=era).structured_content
    assert saved["id"] in [hit["id"] for hit in found["hits"]]


def test_the_full_profile_adds_tools_and_a_pick_by_name_serves_exactly_those(workspace: Path) -> None:
    async def names(client: Client) -> set[str]:
        return {tool.name for tool in (await client.list_tools()).tools}

    everything = in_session(names, arguments=("--profile", "full"))
    assert everything == {offer.value.name for offer in App().catalogue.tools}
    picked = in_session(names, arguments=("--tools", "vgxness_status,vgxness_memory_get"))
    assert picked == {"vgxness_status", "vgxness_memory_get"}


def test_a_tool_outside_the_profile_is_refused_by_name(workspace: Path) -> None:
    async def call(client: Client) -> Any:
        return await client.call_tool("vgxness_memory_forget", {"id": "obs_1"})

    error = error_of(in_session(call))
    assert error["code"] == "unknown_tool"
    assert "vgxness_memory_save" in error["next"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param({}, "required", id="missing"),
        pytest.param({"title": 5, "content": "x"}, "title: must be of type string", id="wrong-type"),
        pytest.param({"title": "x", "content": "y", "nonsense": 1}, "nonsense", id="unknown-argument"),
        pytest.param(
            {"title": "x", "content": "y", "scope": "galaxy"}, "scope: must be one of", id="not-in-enum"
        ),
        pytest.param({"title": "x", "content": "z" * 1_100_000}, "1,000,000 characters", id="too-large"),
        pytest.param({"title": "x", "content": "y", "workspace": "relative"}, "absolute", id="bad-workspace"),
        pytest.param(
            {"title": "x", "content": "y", "workspace": "/" + "a" * 5000}, "absolute", id="long-workspace"
        ),
    ],
)
def test_arguments_that_do_not_fit_are_an_error_the_agent_can_act_on(
    workspace: Path, arguments: dict[str, Any], said: str
) -> None:
    async def call(client: Client) -> Any:
        return await client.call_tool("vgxness_memory_save", arguments)

    error = error_of(in_session(call))
    assert error["code"] in ("usage", "too_large")
    assert said in error["message"]
    assert error["next"]


def test_the_workspace_argument_beats_roots_and_the_servers_directory(
    workspace: Path, tmp_path: Path
) -> None:
    for name in ("by-argument", "by-root"):
        (tmp_path / name).mkdir()

    async def roots(_context: object) -> Any:
        from mcp_types import ListRootsResult, Root
        from pydantic import FileUrl

        return ListRootsResult(roots=[Root(uri=FileUrl((tmp_path / "by-root").as_uri()))])

    async def work(client: Client) -> tuple[str, str]:
        argument = {"workspace": str(tmp_path / "by-argument")}
        first = await client.call_tool("vgxness_status", argument)
        second = await client.call_tool("vgxness_status", {})
        return first.structured_content["workspace"], second.structured_content["workspace"]

    assert in_session(work, era="legacy", roots=roots) == (
        str(tmp_path / "by-argument"),
        str(tmp_path / "by-root"),
    )


def test_claude_project_dir_is_the_workspace_where_no_root_is_given(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setenv("CLAUDE_PROJECT_DIR", str(elsewhere))

    async def work(client: Client) -> str:
        return (await client.call_tool("vgxness_status", {})).structured_content["workspace"]

    assert in_session(work) == str(elsewhere)


@ERAS
def test_resources_and_prompts_are_listed_and_readable(era: str, workspace: Path) -> None:
    async def work(client: Client) -> tuple[Any, ...]:
        await client.call_tool("vgxness_memory_save", {"title": "Use uv", "content": "It is faster."})
        project = (await client.call_tool("vgxness_status", {})).structured_content["project"]["id"]
        templates = await client.list_resource_templates()
        read = await client.read_resource(f"vgxness://project/{project}/context")
        prompts = await client.list_prompts()
        start = await client.get_prompt("start-session", {})
        return templates, read, prompts, start

    templates, read, prompts, start = in_session(work, era=era)
    assert "vgxness://project/{id}/context" in [one.uri_template for one in templates.resource_templates]
    assert "Use uv" in read.contents[0].text
    assert {"start-session", "close-session"} <= {one.name for one in prompts.prompts}
    assert start.messages[0].content.text


def test_unknown_resources_and_prompts_are_protocol_errors(workspace: Path) -> None:
    async def work(client: Client) -> None:
        with pytest.raises(MCPError, match="No plugin offers this resource"):
            await client.read_resource("vgxness://nonsense")
        with pytest.raises(MCPError, match="No plugin offers this prompt"):
            await client.get_prompt("nonsense", {})

    in_session(work)


def test_the_lists_stay_inside_their_budgets() -> None:
    from vgxness.mcp.checks import cost_of_profile

    catalogue = App().catalogue
    assert cost_of_profile(catalogue, "core") <= CORE_TOKEN_BUDGET
    assert cost_of_profile(catalogue, "full") <= FULL_TOKEN_BUDGET
    assert len(INSTRUCTIONS) <= 2_000


def test_a_strangers_tool_is_served_and_reaches_memory_through_the_public_contract(
    workspace: Path, site: Site
) -> None:
    example = Path(__file__).parents[2] / "examples" / "vgxness-clock"
    site.pip_install(example)

    async def work(client: Client) -> tuple[list[str], Any, Any]:
        names = [tool.name for tool in (await client.list_tools()).tools]
        told = await client.call_tool("clock_now", {"note": True})
        kept = await client.call_tool("vgxness_memory_get", {"id": told.structured_content["observation"]})
        return names, told.structured_content, kept.structured_content

    names, told, kept = in_session(work)
    assert "clock_now" in names
    assert told["now"] in json.dumps(kept)


def wire(*lines: bytes, timeout: float = 30) -> list[dict[str, Any]]:
    """Send raw lines to a real server and return every message it answers."""
    done = subprocess.run(
        [sys.executable, "-m", "vgxness", "mcp", "serve"],
        input=b"".join(line + b"\n" for line in lines),
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


HELLO = json.dumps(
    {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "raw", "version": "0"},
        },
    }
).encode()
READY = b'{"jsonrpc":"2.0","method":"notifications/initialized"}'
LIST = b'{"jsonrpc":"2.0","id":2,"method":"tools/list"}'


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param(b"{not json", -32700, id="mcp-malformed"),
        pytest.param(b"\xff\xfe\x00", -32700, id="mcp-not-utf8"),
        pytest.param(b'{"jsonrpc":"1.0","hello":1}', -32600, id="mcp-not-json-rpc"),
        pytest.param(b'"' + b"x" * (5 * 1024 * 1024) + b'"', -32600, id="mcp-huge"),
        pytest.param(b"[" * 20_000, -32700, id="mcp-deeply-nested"),
        pytest.param(b'{"jsonrpc":"2.0","id":1.5,"method":"tools/list"}', -32600, id="mcp-float-id"),
        pytest.param(b'{"jsonrpc":"2.0","id":null,"method":"tools/list"}', -32600, id="mcp-null-id"),
    ],
)
def test_a_bad_message_is_answered_and_the_session_goes_on(workspace: Path, line: bytes, code: int) -> None:
    answers = wire(HELLO, READY, line, LIST)
    assert [one["error"]["code"] for one in answers if one.get("id") is None] == [code]
    assert any(one.get("id") == 2 and one["result"]["tools"] for one in answers)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([LIST, HELLO, READY], id="mcp-out-of-order"),
    ],
)
def test_messages_out_of_order_are_refused_by_id(workspace: Path, lines: list[bytes]) -> None:
    answers = {one.get("id"): one for one in wire(*lines)}
    assert "error" in answers[2]
    assert "Traceback" not in json.dumps(answers)


def test_a_plugin_that_prints_does_not_touch_the_wire(workspace: Path, site: Site) -> None:
    site.install("acme-loud", "print('hello from import')\nimport os\nos.write(1, b'raw noise')", name="loud")
    answers = wire(HELLO, READY, LIST)
    assert [one["id"] for one in answers] == [1, 2]


@pytest.mark.parametrize(
    ("uri", "values"),
    [
        ("vgxness://project/prj_1/context", {"id": "prj_1"}),
        ("vgxness://project//context", None),
        ("vgxness://project/a/b/context", None),
        ("vgxness://project/prj_1/contexts", None),
    ],
)
def test_a_template_value_is_one_segment(uri: str, values: dict[str, str] | None) -> None:
    assert match_uri("vgxness://project/{id}/context", uri) == values


def test_every_tool_name_fits_behind_the_servers_name() -> None:
    for offer in App().catalogue.tools:
        assert re.fullmatch(r"[a-z0-9_]{1,50}", offer.value.name)


@ERAS
def test_what_a_client_saves_bears_its_name(era: str, workspace: Path) -> None:
    async def save(client: Client) -> Any:
        saved = await client.call_tool("vgxness_memory_save", {"title": "T", "content": "C"})
        return await client.call_tool("vgxness_memory_get", {"id": saved.structured_content["id"]})

    kept = in_session(save, era=era, client="pelican").structured_content
    assert kept["provenance"]["provider"] == "pelican"


def test_a_strangers_own_workspace_argument_reaches_it(workspace: Path, site: Site) -> None:
    source = """
        from vgxness.plugin import Tool, hookimpl

        @hookimpl
        def vgxness_mcp_tools():
            own = {"workspace": {"type": "string"}}
            schema = {"type": "object", "properties": own, "required": ["workspace"]}
            named = {"name": "acme_where", "description": "Say where.", "profile": "core"}
            return (Tool(input_schema=schema, target="acme:where", **named),)

        def where(context, arguments):
            return {"asked": arguments["workspace"], "used": str(context.workspace)}
    """
    site.install("acme", source)

    async def call(client: Client) -> Any:
        return await client.call_tool("acme_where", {"workspace": str(workspace)})

    told = in_session(call).structured_content
    assert told == {"asked": str(workspace), "used": str(workspace)}


def test_secrets_in_an_errors_details_are_redacted() -> None:
    from vgxness.cli.render import error_object
    from vgxness.errors import VgxnessError
    from vgxness.mcp.errors import as_tool_result

    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    error = VgxnessError("usage", "x", details={"said": f"token {secret}", "line": 3})
    assert secret not in json.dumps(error_object(error))
    assert secret not in json.dumps(as_tool_result(error))
    assert error_object(error)["details"] == {"said": "token [REDACTED]", "line": 3}
