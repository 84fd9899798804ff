"""Targets: code named as `"pkg.mod:attr"`, imported when it is first used."""

from __future__ import annotations

import importlib

from vgxness.errors import VgxnessError
from vgxness.kernel.catalogue import Plugin


def resolve(target: str, plugin: Plugin) -> object:
    """Import and return what a contribution's target names.

    Raises:
        VgxnessError: `plugin_failed`, naming the plugin, its distribution and version.
    """
    module, _, attribute = target.partition(":")
    try:
        found: object = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (Exception, SystemExit) as error:
        raise failed(plugin, f"{target} can't be loaded", error) from error
    return found


def failed(plugin: Plugin, what: str, error: BaseException) -> VgxnessError:
    """Return the error that blames a plugin for what went wrong in its code."""
    return VgxnessError(
        "plugin_failed",
        f"Plugin {plugin.label}: {what}.",
        cause=f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}",
        hint=f"vgxness plugins info {plugin.name}",
    )
