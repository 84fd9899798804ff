"""How an error of ours reaches an agent: one function for each of the protocol's two ways."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vgxness.errors import VgxnessError
from vgxness.redaction import redact_secrets, redact_strings

if TYPE_CHECKING:
    from mcp import MCPError


def as_tool_result(error: VgxnessError) -> dict[str, Any]:
    """Return the result of a failed tool call: code, cause and next step, as text and as structure."""
    body = _body(error)
    return {
        "content": [{"type": "text", "text": json.dumps(body, ensure_ascii=False)}],
        "structuredContent": body,
        "isError": True,
    }


def as_protocol_error(error: VgxnessError) -> MCPError:
    """Return the error for requests that have no result to carry one, such as `resources/read`."""
    from mcp import MCPError

    invalid_params = -32602
    return MCPError(invalid_params, redact_secrets(error.message), _body(error))


def unforeseen(error: Exception) -> VgxnessError:
    """Return an exception that nobody foresaw as an error of ours, without its traceback."""
    return VgxnessError(
        "internal_error",
        "vgxness met a bug of its own; nothing more was done.",
        cause=f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}",
        hint="vgxness doctor; the traceback is in vgxness.log in the state directory",
    )


def _body(error: VgxnessError) -> dict[str, Any]:
    body = {
        "code": error.code,
        "message": redact_secrets(error.message),
        "cause": redact_secrets(error.cause),
        "next": redact_secrets(error.hint),
        "details": redact_strings(error.details),
    }
    return {"error": {key: value for key, value in body.items() if value}}
