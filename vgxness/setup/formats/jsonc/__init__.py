"""JSON with comments: read it with positions, and change one key without touching another byte."""

from __future__ import annotations

from vgxness.setup.formats.jsonc.document import Document, Member, Node, parse
from vgxness.setup.formats.jsonc.edit import remove_key, set_key
from vgxness.setup.formats.jsonc.items import insert_item, is_hollow, remove_item, replace_item
from vgxness.setup.formats.jsonc.read import get
from vgxness.setup.formats.jsonc.undo import undo_key
from vgxness.setup.formats.values import MISSING, Missing

__all__ = [
    "MISSING",
    "Document",
    "Member",
    "Missing",
    "Node",
    "get",
    "insert_item",
    "is_hollow",
    "parse",
    "remove_item",
    "remove_key",
    "replace_item",
    "set_key",
    "undo_key",
]
