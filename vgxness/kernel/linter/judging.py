"""Turns what was seen of a plugin into faults, each with a place and a next step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from vgxness.contract.tool import Tool
from vgxness.kernel.discovery import Found
from vgxness.kernel.linter.imports import OPEN, private_imports
from vgxness.kernel.linter.models import Fault, FaultCode
from vgxness.kernel.manager import HOOKS

NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "providers": (r"[a-z0-9]+(-[a-z0-9]+)*", "a-z, 0-9 and single hyphens"),
    "storage_backends": (r"[a-z][a-z0-9+.-]*", "the scheme of a URL"),
    "tools": (r"[a-z0-9_]{1,50}", "a-z, 0-9 and _, at most 50"),
    "resources": (r"\S.*", "not empty"),
    "prompts": (r"[a-z0-9_-]{1,64}", "a-z, 0-9, _ and -, at most 64"),
    "commands": (r"[a-z0-9]+(-[a-z0-9]+)*", "a-z, 0-9 and single hyphens"),
    "checks": (r"[a-z0-9_-]+(\.[a-z0-9_-]+)+", "dotted: a-z, 0-9, _ and -"),
}
_TARGET: Final = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_MODULE: Final = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(:[A-Za-z_]\w*)?")
_DISTRIBUTION_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def judge(
    found: Found, seen: Mapping[str, Any] | None, tool_faults: Callable[[Tool], Iterable[str]]
) -> tuple[Fault, ...]:
    """Return what is wrong with a plugin; `seen` is None where its code was not run, or gave no answer."""
    faults = list(_entry_point(found))
    if seen is None:
        if not faults:
            faults.append(
                Fault(
                    code="import-failed",
                    place=found.module,
                    message="Loading it ended the process, or took over a minute.",
                    hint=f'python -c "import {found.module.partition(":")[0]}"',
                )
            )
        return tuple(faults)
    faults += _loading(found, seen)
    for file in seen["sources"]:
        faults += _source(Path(file))
    for offer in seen["offers"]:
        faults += _offer(offer, tool_faults)
    return tuple(faults)


def _entry_point(found: Found) -> Iterator[Fault]:
    place = f"entry point {found.name!r}"
    if found.error:
        code: FaultCode = "api-mismatch" if "plugin API" in found.error else "entry-point-invalid"
        yield Fault(
            code=code, place=place, message=f"Refused: {found.error}.", hint="Publish a version that fits."
        )
    elif not _DISTRIBUTION_NAME.fullmatch(found.name):
        yield Fault(
            code="name-malformed",
            place=place,
            message="A plugin's name is made of letters, digits, hyphens and dots.",
            hint="Rename the entry point.",
        )
    elif not _MODULE.fullmatch(found.module):
        yield Fault(
            code="entry-point-invalid",
            place=place,
            message=f"{found.module!r} does not name a module.",
            hint="Write PACKAGE or PACKAGE.MODULE.",
        )


def _loading(found: Found, seen: Mapping[str, Any]) -> Iterator[Fault]:
    problem = f"{seen['problem']}."
    hint = f"vgxness plugins info {found.name} shows the traceback once it is installed."
    if seen["state"] == "call-error":
        yield Fault(code="hook-failed", place=found.module, message=problem, hint=hint)
    elif seen["state"] != "ok":
        code: FaultCode = "hook-invalid" if problem.startswith("registering") else "import-failed"
        hint = f"The hooks are {', '.join(HOOKS)}." if code == "hook-invalid" else hint
        yield Fault(code=code, place=found.module, message=problem, hint=hint)
    elif not seen["offers"]:
        yield Fault(
            code="nothing-offered",
            place=found.module,
            message="It implements no hook of vgxness, or returns nothing.",
            hint="Mark a function of a hook's name with @hookimpl.",
        )
    for name in seen["heavy"]:
        yield Fault(
            code="import-heavy",
            place=found.module,
            message=f"Loading it and calling its hooks imports {name}, at every start of vgxness.",
            hint=f"Import {name} in the function that needs it.",
        )


def _source(file: Path) -> Iterator[Fault]:
    try:
        text = file.read_text("utf-8")
        found = list(private_imports(text))
    except (OSError, SyntaxError, ValueError) as error:
        yield Fault(
            code="source-unreadable",
            place=file.name,
            message=f"It is no Python that can be read: {type(error).__name__}.",
            hint=f"python -m py_compile {file}",
        )
        return
    for line, name in found:
        yield Fault(
            code="import-private",
            place=f"{file.name}:{line}",
            message=f"It imports {name}, which may change in any version.",
            hint=f"Import {' or '.join(sorted(OPEN))}.",
        )


def _offer(offer: Mapping[str, Any], tool_faults: Callable[[Tool], Iterable[str]]) -> Iterator[Fault]:
    kind, name = offer["kind"], offer["name"]
    place = f"{kind}: {name}"
    pattern, rule = NAMES[kind]
    if not re.fullmatch(pattern, name):
        yield Fault(
            code="name-malformed",
            place=place,
            message=f"The name breaks the rule: {rule}.",
            hint="Rename it.",
        )
    for part in offer.get("lacks", ()):
        yield Fault(
            code="adapter-incomplete",
            place=place,
            message=f"The adapter has no usable {part}.",
            hint="See ProviderAdapter in vgxness.plugin.",
        )
    target = offer.get("target", "a:b")
    if not _TARGET.fullmatch(target):
        yield Fault(
            code="target-malformed",
            place=place,
            message=f"{target!r} is no target.",
            hint='Write "package.module:name".',
        )
    elif offer.get("unresolved"):
        yield Fault(
            code="target-unresolved",
            place=f"{place}: {target}",
            message=f"It can't be loaded: {offer['unresolved']}.",
            hint="Name a function that is there.",
        )
    if kind == "tools":
        yield from _tool(offer["tool"], place, tool_faults)


def _tool(
    said: Mapping[str, Any] | None, place: str, tool_faults: Callable[[Tool], Iterable[str]]
) -> Iterator[Fault]:
    if said is None:
        faults: Iterable[str] = ("its declaration is not JSON",)
    else:
        faults = tool_faults(Tool(**said))
    for fault in faults:
        yield Fault(
            code="tool-refused",
            place=place,
            message=f"Clients refuse it: {fault}.",
            hint="Keep the schema flat: type object, with properties.",
        )
