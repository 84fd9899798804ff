"""The MCP server, assembled from the catalogue: the SDK speaks the protocol, plugins give the content."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import mcp_types as types
from mcp.server.lowlevel import Server

from vgxness import __version__
from vgxness.contract.context import Context
from vgxness.contract.json_value import JsonObject
from vgxness.contract.prompt import Prompt
from vgxness.contract.resource import Resource
from vgxness.contract.tool import Profile, Tool
from vgxness.errors import VgxnessError
from vgxness.kernel.catalogue import Offer
from vgxness.kernel.target import resolve
from vgxness.mcp.errors import as_protocol_error, as_tool_result, unforeseen
from vgxness.mcp.instructions import INSTRUCTIONS
from vgxness.mcp.listing import WORKSPACE, selected, takes_workspace, wire_tool
from vgxness.mcp.workspace import Workspaces
from vgxness.redaction import redact_strings

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

    from vgxness.app import App

SERVER_NAME: Final = "vgxness"
TextHandler = Callable[[Context, Mapping[str, str]], str]


def build_server(app: App, profile: Profile = "core", names: Sequence[str] = ()) -> Server[Any]:
    """Return a server that serves the profile's tools, or the named ones, with all resources and prompts."""
    catalogue = app.catalogue
    surface = _Surface(app, selected(catalogue, profile, names))
    for plugin in catalogue.problems:
        app.log(f"plugin {plugin.label}: {plugin.problem}\n{plugin.traceback}")
    return Server(
        SERVER_NAME,
        version=__version__,
        instructions=INSTRUCTIONS,
        get_tool_input_schema=surface.schema,
        on_list_tools=surface.list_tools,
        on_call_tool=surface.call_tool,
        on_list_resources=surface.list_resources,
        on_list_resource_templates=surface.list_resource_templates,
        on_read_resource=surface.read_resource,
        on_list_prompts=surface.list_prompts,
        on_get_prompt=surface.get_prompt,
    )


class _Surface:
    """The request handlers. Answers are written as the protocol's JSON, which the SDK's types check."""

    def __init__(self, app: App, tools: tuple[Offer[Tool], ...]) -> None:
        self._app = app
        self._tools = {offer.value.name: offer.value for offer in tools}
        self._workspaces = Workspaces(app)

    def schema(self, name: str) -> Mapping[str, Any] | None:
        tool = self._tools.get(name)
        return tool.input_schema if tool else None

    async def list_tools(self, _context: object, _params: object) -> types.ListToolsResult:
        listed = [wire_tool(tool) for tool in self._tools.values()]
        return types.ListToolsResult.model_validate({"tools": listed})

    async def call_tool(
        self, context: ServerRequestContext[Any, Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        arguments = cast("JsonObject", params.arguments or {})
        return types.CallToolResult.model_validate(await self._called(context, params.name, arguments))

    async def _called(
        self, context: ServerRequestContext[Any, Any], name: str, arguments: JsonObject
    ) -> dict[str, Any]:
        if name not in self._tools:
            return as_tool_result(self._unknown(name))
        try:
            app = await self._workspaces.app_for(context, arguments)
            return _tool_result(app.call(name, self._own(name, arguments)))
        except VgxnessError as error:
            return as_tool_result(error)
        except Exception as error:  # noqa: BLE001 -- a bug of one tool must not end the session
            self._app.log("".join(traceback.format_exception(error)))
            return as_tool_result(unforeseen(error))

    def _own(self, name: str, arguments: JsonObject) -> JsonObject:
        if takes_workspace(self._tools[name]):
            return arguments
        return {key: value for key, value in arguments.items() if key != WORKSPACE}

    def _unknown(self, name: str) -> VgxnessError:
        return VgxnessError(
            "unknown_tool",
            f"This server has no tool {name[:80]!r}.",
            hint=f"It has: {', '.join(self._tools)}.",
        )

    async def list_resources(self, _context: object, _params: object) -> types.ListResourcesResult:
        fixed = [
            offer.value for offer in self._app.catalogue.resources if "{" not in offer.value.uri_template
        ]
        listed = [{**_described(one), "uri": one.uri_template} for one in fixed]
        return types.ListResourcesResult.model_validate({"resources": listed})

    async def list_resource_templates(
        self, _context: object, _params: object
    ) -> types.ListResourceTemplatesResult:
        templates = [
            offer.value for offer in self._app.catalogue.resources if "{" in offer.value.uri_template
        ]
        listed = [{**_described(one), "uriTemplate": one.uri_template} for one in templates]
        return types.ListResourceTemplatesResult.model_validate({"resourceTemplates": listed})

    async def read_resource(
        self, context: ServerRequestContext[Any, Any], params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri = str(params.uri)
        for offer in self._app.catalogue.resources:
            values = match_uri(offer.value.uri_template, uri)
            if values is not None:
                app = await self._workspaces.app_for(context, {})
                text = _text(app, offer, values)
                content = {"uri": uri, "mimeType": offer.value.mime_type, "text": text}
                return types.ReadResourceResult.model_validate({"contents": [content]})
        raise as_protocol_error(VgxnessError("unknown_resource", "No plugin offers this resource."))

    async def list_prompts(self, _context: object, _params: object) -> types.ListPromptsResult:
        listed = [_wire_prompt(offer.value) for offer in self._app.catalogue.prompts]
        return types.ListPromptsResult.model_validate({"prompts": listed})

    async def get_prompt(
        self, context: ServerRequestContext[Any, Any], params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        for offer in self._app.catalogue.prompts:
            if offer.value.name == params.name:
                app = await self._workspaces.app_for(context, {})
                text = _text(app, offer, params.arguments or {})
                message = {"role": "user", "content": {"type": "text", "text": text}}
                return types.GetPromptResult.model_validate(
                    {"description": offer.value.description, "messages": [message]}
                )
        raise as_protocol_error(VgxnessError("unknown_resource", "No plugin offers this prompt."))


def match_uri(template: str, uri: str) -> dict[str, str] | None:
    """Return the values of a template's `{names}` in a URI, or None where it does not match."""
    parts = re.split(r"\{(\w+)\}", template)
    pattern = "".join(
        f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )
    found = re.fullmatch(pattern, uri)
    return found.groupdict() if found else None


def _text(app: App, offer: Offer[Resource] | Offer[Prompt], values: Mapping[str, str]) -> str:
    try:
        handler = cast("TextHandler", resolve(offer.value.target, offer.plugin))
        return handler(app, values)
    except VgxnessError as error:
        raise as_protocol_error(error) from error
    except Exception as error:
        raise as_protocol_error(unforeseen(error)) from error


def _tool_result(answer: JsonObject) -> dict[str, Any]:
    safe = cast("dict[str, Any]", redact_strings(answer))
    text = json.dumps(safe, ensure_ascii=False)
    return {"content": [{"type": "text", "text": text}], "structuredContent": safe, "isError": False}


def _described(resource: Resource) -> dict[str, Any]:
    return {"name": resource.name, "description": resource.description, "mimeType": resource.mime_type}


def _wire_prompt(prompt: Prompt) -> dict[str, Any]:
    arguments = [
        {"name": one.name, "description": one.description, "required": one.required}
        for one in prompt.arguments
    ]
    return {"name": prompt.name, "description": prompt.description, "arguments": arguments}
