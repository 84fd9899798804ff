"""Tries vgxness with your own agent clients and your own account, by hand: `make smoke-live`.

For each of Claude Code and OpenCode on PATH: a temporary project is set up in the project scope, the client
is asked to save one memory, the memory is looked for, and the setup is rolled back. It costs a few thousand
tokens of your account a client. Your files, your memory and your receipts are not touched; the client keeps
its own record of the session. See docs/live-clients.md.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLIENTS = {
    "claude-code": ("claude", ("-p", "--allowedTools=mcp__vgxness", "--max-turns=6")),
    "opencode": ("opencode", ("run",)),
}
PROMPT = (
    "Call the tool vgxness_memory_save of the MCP server vgxness once, with the title 'Smoke test' and the"
    " content 'The word is {word}.' Do nothing else, then say done."
)
SECONDS = 300


@dataclass(frozen=True)
class Stage:
    """A temporary project with a memory and receipts of its own."""

    project: Path
    env: Mapping[str, str]

    def vgxness(self, *words: str) -> Any:
        """Run the installed vgxness and return its data; whatever fails ends the script."""
        program = str(Path(sysconfig.get_path("scripts")) / "vgxness")
        own = {**self.env, "XDG_STATE_HOME": str(self.project.parent / "state")}
        document = json.loads(self.run([program, *words, "--json"], own).stdout)
        if not document["ok"]:
            raise RuntimeError(document["error"]["message"])
        return document["data"]

    def run(self, command: Sequence[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a program in the project, without a keyboard."""
        return subprocess.run(
            command,
            cwd=self.project,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )


def main(words: Sequence[str]) -> int:
    """Try each client and print a line for each; return 0, 1 where one failed, 2 where none was tried."""
    if os.environ.get("CI"):
        print("smoke-live spends your account's tokens and is meant for a person; it does not run in CI.")
        return 2
    found = {name: path for name, (program, _) in CLIENTS.items() if (path := shutil.which(program))}
    if not found:
        print("Neither claude nor opencode is on PATH.")
        return 2
    if "--yes" not in words and not _agreed(list(found)):
        return 2
    return max([_try(name, program) for name, program in found.items()])


def _agreed(names: Sequence[str]) -> bool:
    print(f"This asks {' and '.join(names)} one question each, on your account.")
    return sys.stdin.isatty() and input("Go on? [y/N] ").strip().lower() == "y"


def _try(name: str, program: str) -> int:
    with tempfile.TemporaryDirectory(prefix="vgxness-smoke-") as scratch:
        project = Path(scratch) / "project"
        project.mkdir()
        stage = Stage(project, {**os.environ, "VGXNESS_DB_PATH": str(Path(scratch) / "memory.sqlite")})
        stage.run(["git", "init", "--quiet"], stage.env)
        try:
            problem = _saves(stage, name, program)
        except (OSError, RuntimeError, ValueError, subprocess.TimeoutExpired) as error:
            problem = f"{type(error).__name__}: {error}"
        left = sorted(path.name for path in project.iterdir() if path.name != ".git")
    problem = problem or (f"a rollback left {', '.join(left)}" if left else "")
    print(f"{name}: {problem or 'saved one memory through the real client, and was rolled back'}")
    return 1 if problem else 0


def _saves(stage: Stage, name: str, program: str) -> str:
    """Return what went wrong, "" for nothing; the setup is rolled back in any case."""
    word = f"smoke{secrets.token_hex(4)}"
    chosen = ("--provider", name, "--config-scope", "project", "--yes")
    stage.vgxness("setup", "apply", *chosen)
    try:
        asked = stage.run([program, *CLIENTS[name][1], PROMPT.format(word=word)], stage.env)
    finally:
        stage.vgxness("setup", "rollback", *chosen)
    if asked.returncode:
        return f"the client ended with {asked.returncode}: {(asked.stderr or asked.stdout).strip()[-300:]}"
    hits = stage.vgxness("memory", "search", word)["hits"]
    titles = [hit["title"] for hit in hits]
    return (
        "" if "Smoke test" in titles else f"the memory was not saved; the client said: {asked.stdout[-300:]}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
