"""Dies at every system call that changes a file, one after the other, and says what each death left.

Run as a program of one thread, because it forks: `python -m tests.setup.crashes DIRECTORY VERB`. It prints
one JSON row a death: what the user's files were right after it and after the next command.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.setup.fakes import Notepad, service, tree

FILES = ("made/deep/new.json", "made/other.json", "linked.json", "plain.json")
CALLS = ("replace", "unlink", "mkdir", "rmdir", "fsync", "open")
DIED = 17


def furnish(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "dotfiles").mkdir()
    (home / "dotfiles" / "kept.json").write_text('{"mine": 1}\n')
    (home / "linked.json").symlink_to("dotfiles/kept.json")
    (home / "plain.json").write_text('{\n  "a": 1\n}\n')
    (home / "plain.json").chmod(0o640)


def notepad(home: Path) -> Any:
    return service(home, Notepad(files=FILES))


def prepare(home: Path, verb: str) -> None:
    furnish(home)
    if verb == "rollback":
        notepad(home).apply()


def die_at(home: Path, verb: str, moment: int, *, after: bool) -> bool:
    """Run a verb in a child that dies at its n-th call; tell whether it got that far."""
    child = os.fork()
    if child == 0:
        setup = notepad(home)
        _arm(moment, after=after)
        getattr(setup, verb)()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == DIED


def _arm(moment: int, *, after: bool) -> None:
    left = [moment]

    def deadly(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] == 0 and not after:
                os._exit(DIED)
            result = real(*arguments, **options)
            if left[0] == 0:
                os._exit(DIED)
            return result

        return call

    for name in CALLS:
        setattr(os, name, deadly(getattr(os, name)))


def main(root: Path, verb: str) -> None:
    # A process dies here, not the machine: flushing would only cost time.
    os.fsync = lambda descriptor: None
    for after in (False, True):
        moment = 1
        while True:
            home = root / f"{verb}-{moment}-{after}"
            prepare(home, verb)
            before = tree(home)
            if not die_at(home, verb, moment, after=after):
                break
            setup = notepad(home)
            dead, was_interrupted = tree(home), setup.is_interrupted
            recovery = setup.recover()
            row = {
                "moment": moment,
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
            sys.stdout.write(json.dumps(row) + "\n")
            moment += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
