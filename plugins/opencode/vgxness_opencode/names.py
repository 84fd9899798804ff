"""The name under which OpenCode knows our server."""

from __future__ import annotations

from typing import Final

SERVER_NAME: Final = "vgxness"
