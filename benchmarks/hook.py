"""How long an agent client waits for `vgxness hook session-start`, beside what Python itself takes.

Each pair runs, one after the other, the hook against a database of forty memories and
`python -c "import click, pluggy"`; the ratio of the two is taken pair by pair, so that a machine that is
busy for a while slows both. Run as `python benchmarks/hook.py [PAIRS]`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

PAIRS: Final = 21
MEMORIES: Final = 40
BASE: Final = (sys.executable, "-c", "import click, pluggy")
HOOK: Final = (sys.executable, "-m", "vgxness", "hook", "session-start")


def main(pairs: int = PAIRS) -> None:
    """Measure and print one row."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        env = {"PATH": os.defpath, "HOME": str(home), "LANG": "C.UTF-8"}
        _remember(env, home)
        payload = json.dumps({"session_id": "bench", "cwd": str(home), "source": "startup"}).encode()
        if b"additionalContext" not in _run(HOOK, env, payload)[1]:
            sys.exit("the hook did not answer, so there is nothing to measure")
        _run(BASE, env, b"")
        rows = [(_run(HOOK, env, payload)[0], _run(BASE, env, b"")[0]) for _ in range(pairs)]
    ratio = statistics.median(hook / base for hook, base in rows)
    hook, base = (statistics.median(row[side] for row in rows) * 1_000 for side in (0, 1))
    sys.stdout.write(
        f"hook session-start: {ratio:.1f} x import click, pluggy"
        f" (median of {pairs} pairs; {hook:.0f} ms against {base:.0f} ms)\n"
    )


def _remember(env: Mapping[str, str], home: Path) -> None:
    records = "from vgxness.app import App; from vgxness.memory import Draft; app = App()\n"
    records += f"for n in range({MEMORIES}):\n"
    records += "    text = f'Because of reason {n}. ' + f'word{n} ' * 40\n"
    records += "    app.memory.save(Draft(title=f'Decision {n}', content=text, kind='decision'))\n"
    subprocess.run((sys.executable, "-c", records), env=env, cwd=home, check=True)


def _run(command: Sequence[str], env: Mapping[str, str], payload: bytes) -> tuple[float, bytes]:
    begun = time.perf_counter()
    done = subprocess.run(command, env=env, input=payload, capture_output=True, check=True)
    return time.perf_counter() - begun, done.stdout


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
