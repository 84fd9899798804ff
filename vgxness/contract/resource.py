"""An MCP resource, as a plugin declares it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Text that a client may read by URI; reading never writes.

    Attributes:
        name: unique, shown to the user.
        uri_template: such as `"vgxness://project/{id}/context"`; `{name}` matches one path segment.
        description: one line.
        mime_type: of the text.
        target: `"pkg.mod:attr"`, called with `(context, parameters)`, the template's values by name;
            returns the text, or raises `VgxnessError`.
    """

    name: str
    uri_template: str
    description: str
    target: str
    mime_type: str = "text/markdown"
