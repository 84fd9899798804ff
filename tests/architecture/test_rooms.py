"""Every declared target exists and lives in its room."""

from __future__ import annotations

import re

from vgxness.app import App, Options
from vgxness.kernel.manager import HOOKS
from vgxness.kernel.target import resolve

ROOMS = {
    "commands": r"vgxness\.cli\.\w+:\w+",
    "tools": r"vgxness\.mcp\.\w+:\w+",
    "resources": r"vgxness\.mcp\.\w+:\w+",
    "prompts": r"vgxness\.mcp\.\w+:\w+",
    "checks": r"vgxness\.\w+\.checks:\w+",
    "storage_backends": r"vgxness\.storage\.\w+(\.\w+)*:\w+",
}


def test_every_builtin_target_exists_in_its_room() -> None:
    catalogue = App(Options(plugins=False)).catalogue
    assert catalogue.problems == ()
    resolved = 0
    for hook in HOOKS.values():
        for offer in getattr(catalogue, hook.field):
            assert re.fullmatch(ROOMS[hook.field], offer.value.target), offer.value
            assert callable(resolve(offer.value.target, offer.plugin)), offer.value
            resolved += 1
    assert resolved > 20
