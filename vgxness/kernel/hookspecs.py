"""Every hook of the host, on one page.

A hook is a noun that collects: an implementation returns an iterable of frozen values, and the host
orders them by name. No hook takes an argument. Implementations are called once for each process that
needs the catalogue, each by itself: what one raises is reported under its distribution's name and
stops nobody else. Wrappers and `tryfirst`/`trylast` are refused. Declare only; import what costs in
the target, which is resolved at its first use.

Example, a whole plugin module `hello.py`, published under the entry-point group `vgxness.v1`::

    from vgxness.plugin import Command, hookimpl

    @hookimpl
    def vgxness_commands():
        return (Command(name="hello", summary="Say hello.", section="More", target="hello_cli:hello"),)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pluggy

from vgxness.contract.check import Check
from vgxness.contract.command import Command
from vgxness.contract.prompt import Prompt
from vgxness.contract.provider import ProviderAdapter
from vgxness.contract.resource import Resource
from vgxness.contract.storage import StorageBackend
from vgxness.contract.tool import Tool

PROJECT: Final = "vgxness"
API_VERSION: Final = 1
"""The entry-point group is `vgxness.v1`; a plugin of another group is listed and never imported."""

hookspec = pluggy.HookspecMarker(PROJECT)


@hookspec
def vgxness_provider_adapters() -> Iterable[ProviderAdapter]:
    """Return the agent clients that the plugin can set up. Called by `setup`, `doctor` and `status`.

    Example::

        @hookimpl
        def vgxness_provider_adapters():
            return (OpenCodeAdapter(),)
    """
    return ()


@hookspec
def vgxness_storage_backends() -> Iterable[StorageBackend]:
    """Return the database engines that the plugin offers, by URL scheme. Called when a database is opened.

    Provisional: the engine's contract may change until a second engine passes the conformance suite.

    Example::

        @hookimpl
        def vgxness_storage_backends():
            return (StorageBackend(scheme="mem", summary="In memory.", target="mem_engine:open_engine"),)
    """
    return ()


@hookspec
def vgxness_mcp_tools() -> Iterable[Tool]:
    """Return the plugin's MCP tools. Called when the MCP server starts and by `mcp tools`.

    Example::

        @hookimpl
        def vgxness_mcp_tools():
            return (
                Tool(
                    name="clock_now",
                    description="Tell the time. Use it before you date a note.",
                    input_schema={"type": "object", "properties": {}, "additionalProperties": False},
                    target="clock_tools:now",
                    profile="core",
                    read_only=True,
                ),
            )
    """
    return ()


@hookspec
def vgxness_mcp_resources() -> Iterable[Resource]:
    """Return the plugin's MCP resources. Called when the MCP server starts.

    Example::

        @hookimpl
        def vgxness_mcp_resources():
            return (
                Resource(
                    name="build log",
                    uri_template="builds://{id}/log",
                    description="The log of one build.",
                    target="builds:log",
                    mime_type="text/plain",
                ),
            )
    """
    return ()


@hookspec
def vgxness_mcp_prompts() -> Iterable[Prompt]:
    """Return the plugin's MCP prompts. Called when the MCP server starts.

    Example::

        @hookimpl
        def vgxness_mcp_prompts():
            return (Prompt(name="standup", description="Write a stand-up note.", target="standup:prompt"),)
    """
    return ()


@hookspec
def vgxness_commands() -> Iterable[Command]:
    """Return the plugin's commands. Called by the command line; `--help` shows them without importing them.

    Example::

        @hookimpl
        def vgxness_commands():
            return (Command(name="hello", summary="Say hello.", section="More", target="hello_cli:hello"),)
    """
    return ()


@hookspec
def vgxness_doctor_checks() -> Iterable[Check]:
    """Return the questions that `vgxness doctor` asks for the plugin.

    Example::

        @hookimpl
        def vgxness_doctor_checks():
            return (Check(id="hello.voice", summary="Is the voice there?", target="hello_checks:voice"),)
    """
    return ()
