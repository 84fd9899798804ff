"""`vgxness memory`: what agents and people keep."""

from __future__ import annotations

from vgxness.cli.memory.group import memory
from vgxness.cli.memory.reading import conflicts, context, get, list_newest, revisions, search, stats
from vgxness.cli.memory.session import session
from vgxness.cli.memory.transfer import export, load
from vgxness.cli.memory.writing import forget, relate, restore, save, update

for _command in (
    save,
    search,
    get,
    list_newest,
    update,
    revisions,
    forget,
    restore,
    relate,
    conflicts,
    context,
    stats,
    session,
    export,
    load,
):
    memory.add_command(_command)

__all__ = ["memory"]
