"""The tool with which an agent looks around."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from vgxness.contract.json_value import JsonObject, as_json

if TYPE_CHECKING:
    from vgxness.app import App


def status(app: App, _arguments: JsonObject) -> JsonObject:
    """Return the overview, with the database in three words instead of a table."""
    overview = app.status.overview()
    whole = cast("dict[str, object]", as_json(overview))
    database = overview.database
    whole["database"] = {"state": database.state, "location": database.location, "note": database.note}
    return cast("JsonObject", whole)
