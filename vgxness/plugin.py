"""The author's front door: all that a plugin needs, and all that it may import besides `vgxness.errors`."""

from __future__ import annotations

import pluggy

from vgxness.contract.answer import Answer
from vgxness.contract.check import Check, Finding, Severity
from vgxness.contract.command import Command
from vgxness.contract.context import Clock, Context, Locations
from vgxness.contract.json_value import JsonObject, JsonValue
from vgxness.contract.prompt import Prompt, PromptArgument
from vgxness.contract.provider import (
    ClientWriter,
    ConfigScope,
    ConfigTarget,
    Detection,
    Edit,
    EnsureItem,
    ListsServers,
    LiveState,
    LiveVerdict,
    ManagedBlock,
    OwnedTree,
    ProviderAdapter,
    ServerCommand,
    ServerTable,
    SetKey,
    SetupRequest,
    TargetFormat,
    WholeFile,
)
from vgxness.contract.resource import Resource
from vgxness.contract.storage import (
    Engine,
    Reader,
    StorageBackend,
    StoreStatus,
    TextAnswer,
    TextDocument,
    TextHit,
    TextIndex,
    TextQuery,
    Writer,
)
from vgxness.contract.tool import Profile, Tool
from vgxness.kernel.hookspecs import PROJECT

hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function as an implementation of the hook whose name it bears."""

__all__ = [
    "Answer",
    "Check",
    "ClientWriter",
    "Clock",
    "Command",
    "ConfigScope",
    "ConfigTarget",
    "Context",
    "Detection",
    "Edit",
    "Engine",
    "EnsureItem",
    "Finding",
    "JsonObject",
    "JsonValue",
    "ListsServers",
    "LiveState",
    "LiveVerdict",
    "Locations",
    "ManagedBlock",
    "OwnedTree",
    "Profile",
    "Prompt",
    "PromptArgument",
    "ProviderAdapter",
    "Reader",
    "Resource",
    "ServerCommand",
    "ServerTable",
    "SetKey",
    "SetupRequest",
    "Severity",
    "StorageBackend",
    "StoreStatus",
    "TargetFormat",
    "TextAnswer",
    "TextDocument",
    "TextHit",
    "TextIndex",
    "TextQuery",
    "Tool",
    "WholeFile",
    "Writer",
    "hookimpl",
]
