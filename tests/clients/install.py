"""Installs the pinned agent clients beside this file, once for each lock file.

Run as `python tests/clients/install.py`. Without node it says so and exits 0, for the tests that need a
client are then skipped; with VGXNESS_REQUIRE_CLIENTS=1 it exits 1. No install script of a package is
run: what they would do, linking the binary that this machine can run, is done here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
STAMP = MODULES / ".vgxness-stamp"
CLAUDE = MODULES / "@anthropic-ai" / "claude-code" / "bin" / "claude.exe"
GEMINI = MODULES / "@google" / "gemini-cli" / "bundle" / "gemini.js"
OPENCODE = MODULES / "opencode-ai" / "bin" / "opencode.exe"
BINARIES = {
    "@anthropic-ai/claude-code": (CLAUDE, "@anthropic-ai/claude-code-*/claude*"),
    "opencode-ai": (OPENCODE, "opencode-*/bin/opencode*"),
}
"""By package: the placeholder that `.bin` points to, and where its platform packages keep their binary."""
OLDEST_NODE = 20
REQUIRED = os.environ.get("VGXNESS_REQUIRE_CLIENTS") == "1"


class NotInstalledError(Exception):
    """The clients can't be had here; the message is the one line to show."""


def pins() -> dict[str, str]:
    """Return the version of each client, by package name."""
    return json.loads((HERE / "package.json").read_text())["dependencies"]


def why_missing() -> str | None:
    """Return None where the clients stand as the lock file says, else the one line that tells what to do."""
    programs = [GEMINI, *(placed for placed, _ in BINARIES.values())]
    if _stamped() and all(program.is_file() for program in programs):
        return None
    return "the pinned clients are not installed: run `python tests/clients/install.py` (needs node >= 20)"


def install() -> None:
    """Leave node_modules as the lock file says; raises `NotInstalledError`."""
    npm = _find_npm()
    done = _run(npm, "ci", "--ignore-scripts", "--loglevel=error", cwd=HERE, seconds=300)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[0]
        raise NotInstalledError(f"npm ci failed: {reason}")
    for package, version in pins().items():
        if package in BINARIES:
            _link_binary(package, version)
    STAMP.write_text(_digest())


def _find_npm() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NotInstalledError(f"node >= {OLDEST_NODE} and npm are not on PATH")
    version = _run(node, "--version", cwd=HERE, seconds=30).stdout.strip()
    found = re.match(r"v(\d+)\.", version)
    if found is None or int(found[1]) < OLDEST_NODE:
        raise NotInstalledError(f"node >= {OLDEST_NODE} is needed; this one is {version or 'silent'}")
    return npm


def _link_binary(package: str, version: str) -> None:
    """Put the first platform binary that runs here in the place of the placeholder.

    A machine without AVX2 can't run the first of OpenCode's two x64 builds, and one with musl can't run
    Claude Code's for glibc; asking the binary is the surest test.
    """
    placed, pattern = BINARIES[package]
    for binary in sorted(MODULES.glob(pattern)):
        if binary != placed and version in _said_version(binary):
            placed.unlink(missing_ok=True)
            os.link(binary, placed)
            return
    raise NotInstalledError(f"no pinned binary of {package} runs on {sys.platform}")


def _said_version(binary: Path) -> list[str]:
    """Return the words of what a binary says when it is asked for its version, in a home that goes again."""
    with tempfile.TemporaryDirectory() as home:
        return _run(str(binary), "--version", cwd=Path(home), seconds=60, home=home).stdout.split()


def _run(*command: str, cwd: Path, seconds: int, home: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            cwd=cwd,
            timeout=seconds,
            env={**os.environ, "HOME": home} if home else None,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 127, "", f"{command[0]}: {type(error).__name__}")


def _digest() -> str:
    files = (HERE / "package.json", HERE / "package-lock.json")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _stamped() -> bool:
    return STAMP.is_file() and STAMP.read_text() == _digest()


def main() -> int:
    """Install where needed; print one line; return the exit code."""
    clients = ", ".join(f"{name} {version}" for name, version in sorted(pins().items()))
    if why_missing() is None:
        print(f"clients: {clients} (installed)")
        return 0
    try:
        install()
    except NotInstalledError as reason:
        outcome = "they are required" if REQUIRED else "their tests will be skipped"
        print(f"clients: {clients} not installed: {reason}; {outcome}", file=sys.stderr)
        return 1 if REQUIRED else 0
    print(f"clients: {clients} (installed now)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
