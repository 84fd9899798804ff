"""Dies at the system calls that change a file, one after the other, and says what each death left.

Run as a program of one thread, because it forks: `python -m tests.setup.crashes DIRECTORY VERB HOME STRIDE`.
HOME is "plain", four files of one provider, or "full", every format and two providers. Every STRIDE-th call
is died at. It prints one JSON row a death: what the user's files were right after it and after the next
command.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from tests.setup import homes
from tests.setup.fakes import Notepad, service, tree
from tests.setup.faults import Strike, striking

FILES = ("made/deep/new.json", "made/other.json", "linked.json", "plain.json")
DIED = 17


def furnish(home: Path, kind: str = "plain") -> None:
    home.mkdir(parents=True)
    if kind == "full":
        homes.furnish(home)
        return
    (home / "dotfiles").mkdir()
    (home / "dotfiles" / "kept.json").write_text('{"mine": 1}\n')
    (home / "linked.json").symlink_to("dotfiles/kept.json")
    (home / "plain.json").write_text('{\n  "a": 1\n}\n')
    (home / "plain.json").chmod(0o640)


def setup_of(home: Path, kind: str = "plain") -> Any:
    return homes.setup_of(home) if kind == "full" else service(home, Notepad(files=FILES))


def prepare(home: Path, verb: str, kind: str) -> None:
    furnish(home, kind)
    if verb != "apply":
        setup_of(home, kind).apply()


def die_at(home: Path, verb: str, kind: str, strike: Strike) -> bool:
    """Run a verb in a child that dies at a call; tell whether it got that far."""
    child = os.fork()
    if child == 0:
        setup = setup_of(home, kind)
        with striking(strike):
            getattr(setup, verb)()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == DIED


def let_time_pass(home: Path) -> None:
    """Make every lock of a client older than those that are waited for."""
    for lock in home.glob("*.lock"):
        os.utime(lock, (time.time() - 60, time.time() - 60))


def row_of(home: Path, verb: str, kind: str, strike: Strike) -> dict[str, Any] | None:
    prepare(home, verb, kind)
    before = tree(home)
    if not die_at(home, verb, kind, strike):
        return None
    let_time_pass(home)
    setup = setup_of(home, kind)
    dead, was_interrupted = tree(home), setup.is_interrupted
    recovery = setup.recover()
    row = {
        "moment": strike.at,
        "recovery": recovery,
        "was_interrupted": was_interrupted,
        "is_interrupted": setup.is_interrupted,
        "before": before,
        "dead": dead,
        "recovered": tree(home),
        "receipts": [receipt.kind for receipt in setup.receipts()],
    }
    # Whatever happened, both verbs work from here, and lead back to the beginning.
    setup.apply()
    row["applied"] = tree(home)
    setup.uninstall()
    row["uninstalled"] = tree(home)
    return row


def main(root: Path, verb: str, kind: str, stride: int) -> None:
    # A process dies here, not the machine: flushing would only cost time.
    os.fsync = lambda descriptor: None
    for after in (False, True):
        # Before each call and after it are different moments for calls side by side.
        moment = 1 + (stride // 2 if after else 0)
        while row := row_of(
            root / f"{verb}-{moment}-{after}", verb, kind, Strike(moment, lambda: os._exit(DIED), after=after)
        ):
            sys.stdout.write(json.dumps(row) + "\n")
            moment += stride


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
