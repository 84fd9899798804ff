"""A process that saves, `worker.py DB WORKSPACE NAME COUNT [TOPIC]`, and prints what was acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from vgxness.app import App, Options
from vgxness.memory import Draft


def main(db: str, workspace: str, name: str, count: str, topic: str | None = None) -> None:
    memory = App(Options(db=db, workspace=Path(workspace), plugins=False)).memory
    for number in range(int(count)):
        text = f"{name} says {number}"
        saved = memory.save(Draft(title=text, content=f"{text}, and stays.", topic_key=topic))
        sys.stdout.write(f"{saved.id} {saved.action}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
