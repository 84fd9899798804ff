"""Loads one plugin and tells what it saw; a process of its own, `python -m vgxness.kernel.linter.probe`.

The plugin's code may print, exit or hang: the answer goes to a file, and the process that asked waits no
longer than it said. Nothing is called but the hooks, which only declare.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import json
import sys
from pathlib import Path
from typing import Any, Final, cast

from vgxness.contract.json_value import JsonValue, as_json
from vgxness.kernel.catalogue import Catalogue, Plugin
from vgxness.kernel.discovery import Found
from vgxness.kernel.linter.imports import HEAVY
from vgxness.kernel.manager import HOOKS, build_catalogue

_ADAPTER: Final = {"detect": ["context"], "targets": ["request"], "verify_live": ["context", "request"]}


def main(question: str, answer: str) -> None:
    """Read what to load from a file, and write what was seen into another."""
    asked = json.loads(Path(question).read_text("utf-8"))
    sys.path[:0] = asked["path"]
    before = set(sys.modules)
    found = Found(
        name=asked["name"],
        module=asked["module"],
        distribution=asked["distribution"],
        version=asked["version"],
    )
    catalogue = build_catalogue((), [found], blocked=lambda _: False)
    heavy = sorted((set(sys.modules) - before) & HEAVY)
    (row,) = catalogue.plugins
    seen = {
        "state": row.state,
        "problem": row.problem,
        "traceback": row.traceback,
        "hooks": row.hooks,
        "heavy": heavy,
        "sources": _sources(found.module.partition(":")[0]),
        "offers": [*_offers(catalogue), *_no_adapters(row, found.module)],
    }
    Path(answer).write_text(json.dumps(as_json(seen)), "utf-8")


def _offers(catalogue: Catalogue) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for hook in HOOKS.values():
        for offer in getattr(catalogue, hook.field):
            value = offer.value
            row: dict[str, object] = {"kind": hook.field, "name": getattr(value, hook.key)}
            if hook.field == "providers":
                row["lacks"] = _lacks(value)
            else:
                row["target"] = value.target
                row["unresolved"] = _unresolved(value.target)
            if hook.field == "tools":
                row["tool"] = _tool(value)
            rows.append(row)
    return rows


def _no_adapters(row: Plugin, module: str) -> list[dict[str, object]]:
    """Return the values that were no adapters, with what each lacks: the host only says that it is none."""
    if row.state != "call-error" or "vgxness_provider_adapters" not in row.hooks:
        return []
    try:
        values = tuple(_loaded(module).vgxness_provider_adapters())
    except (Exception, SystemExit):  # noqa: BLE001 -- the hook itself fails, and that is told already
        return []
    rows = [(str(getattr(value, "name", type(value).__name__)), _lacks(value)) for value in values]
    return [{"kind": "providers", "name": name, "lacks": lacks} for name, lacks in rows if lacks]


def _loaded(module: str) -> Any:  # noqa: ANN401 -- a stranger's module
    name, _, attribute = module.partition(":")
    found = importlib.import_module(name)
    return getattr(found, attribute) if attribute else found


def _tool(value: Any) -> JsonValue:  # noqa: ANN401 -- a stranger's values, perhaps not what their types say
    try:
        found = as_json(value)
        json.dumps(found, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return None
    return found


def _lacks(adapter: Any) -> list[str]:  # noqa: ANN401 -- a stranger's adapter
    """Return what the adapter lacks to be one, a phrase each; its verbs are looked at and not called."""
    lacks: list[str] = []
    for verb, wanted in _ADAPTER.items():
        function = getattr(adapter, verb, None)
        try:
            parameters = inspect.signature(cast("Any", function)).bind(*wanted)
        except (TypeError, ValueError):
            parameters = None
        if parameters is None:
            lacks.append(f"{verb}({', '.join(wanted)})")
    scopes = getattr(adapter, "config_scopes", None)
    if not isinstance(scopes, tuple) or not scopes or not set(cast("Any", scopes)) <= {"user", "project"}:
        lacks.append('config_scopes, a tuple of "user" and "project"')
    lacks += [
        f"{word}, a text" for word in ("name", "title") if not isinstance(getattr(adapter, word, None), str)
    ]
    return lacks


def _unresolved(target: str) -> str:
    """Return why a target can't be loaded, or ""; loading it imports its module."""
    module, _, attribute = target.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a plugin may raise anything at import
        return f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}"
    return "" if callable(found) else f"a {type(found).__name__} can't be called"


def _sources(module: str) -> list[str]:
    """Return the files of the plugin's package, found and not imported."""
    try:
        spec = importlib.util.find_spec(module.partition(".")[0])
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    if spec.submodule_search_locations:
        return [
            str(path)
            for place in spec.submodule_search_locations
            for path in sorted(Path(place).rglob("*.py"))
        ]
    return [spec.origin] if spec.origin else []


if __name__ == "__main__":
    main(*sys.argv[1:])
