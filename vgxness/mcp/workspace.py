"""Which directory a request is about: the request's own word first, the server's directory last."""

from __future__ import annotations

import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vgxness.contract.json_value import JsonObject
from vgxness.errors import VgxnessError
from vgxness.mcp.listing import WORKSPACE

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

    from vgxness.app import App


class Workspaces:
    """Finds the app for each request; apps of one directory are made once."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._apps: dict[Path, App] = {}
        self._roots: Path | None = None
        self._asked_roots = False

    async def app_for(self, context: ServerRequestContext[Any, Any], arguments: JsonObject) -> App:
        """Return the app for the directory that the request is about.

        It is the `workspace` argument, else --workspace, else the client's first root, else
        CLAUDE_PROJECT_DIR, else the server's own directory.
        """
        self._name_client(context)
        argument = arguments.get(WORKSPACE)
        if argument is not None:
            return self._at(_directory(argument))
        if self._app.options.workspace is not None:
            return self._app
        root = await self._client_root(context)
        if root is not None:
            return self._at(root)
        project = self._app.environment("CLAUDE_PROJECT_DIR")
        return self._at(Path(project)) if project and Path(project).is_dir() else self._app

    def _name_client(self, context: ServerRequestContext[Any, Any]) -> None:
        # One process on a pipe serves one client, so its name is known from the first request on.
        client = context.session.client_params
        if client is not None and not self._app.client:
            self._app.client = client.client_info.name

    def _at(self, directory: Path) -> App:
        real = directory.resolve()
        if real not in self._apps:
            self._apps[real] = self._app.at(real)
        return self._apps[real]

    async def _client_root(self, context: ServerRequestContext[Any, Any]) -> Path | None:
        if not self._asked_roots:
            capabilities = context.session.client_capabilities
            self._asked_roots = True
            if (
                capabilities is not None
                and capabilities.roots is not None
                and context.session.can_send_request
            ):
                self._roots = await _first_root(context)
        return self._roots


async def _first_root(context: ServerRequestContext[Any, Any]) -> Path | None:
    import warnings

    import anyio
    from mcp import MCPError
    from mcp.shared.exceptions import MCPDeprecationWarning

    with warnings.catch_warnings():
        # Roots leave the protocol in 2026-07-28; the clients of 2025 still answer with them.
        warnings.simplefilter("ignore", MCPDeprecationWarning)
        try:
            with anyio.fail_after(2):
                answer = await context.session.list_roots()  # pyright: ignore[reportDeprecated] -- see above
        except (MCPError, TimeoutError, RuntimeError):
            return None  # a client that offers roots and does not answer has none
    for root in answer.roots:
        url = urllib.parse.urlsplit(str(root.uri))
        path = Path(urllib.request.url2pathname(url.path))
        if url.scheme == "file" and path.is_dir():
            return path
    return None


def _directory(value: object) -> Path:
    path = Path(value) if isinstance(value, str) and "\0" not in value else None
    if path is None or not path.is_absolute() or not _is_directory(path):
        raise VgxnessError(
            "usage", "workspace must be the absolute path of an existing directory.", hint="Leave it out."
        )
    return path


def _is_directory(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the file system, say
        return False
