"""Asks the real Gemini CLI whether it reaches the server, where nothing of the user's can be touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from vgxness.plugin import Context, LiveVerdict, SetupRequest
from vgxness_gemini_cli.adapter import SERVER_NAME, settings_file

SECONDS: Final = 60.0
ONLY_OURS: Final = '{"mcp": {"allowed": ["vgxness"]}}'


def verify(context: Context, request: SetupRequest) -> LiveVerdict:
    """Return what `gemini mcp list` says of our server, in a throw-away home."""
    program = request.detection.paths.get("program")
    if program is None:
        return LiveVerdict(state="skipped", summary="Gemini CLI is not installed (no gemini on PATH).")
    with tempfile.TemporaryDirectory(prefix="vgxness-gemini-cli-", ignore_cleanup_errors=True) as scratch:
        home, project = _copied(request, Path(scratch))
        try:
            asked = subprocess.run(
                [str(program), "mcp", "list"],
                cwd=project,
                env=_isolated(home, context.environment("PATH") or ""),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            return LiveVerdict(
                state="failed", summary="Gemini CLI gave no answer.", evidence=(type(problem).__name__,)
            )
    return _verdict(asked, request)


def _copied(request: SetupRequest, scratch: Path) -> tuple[Path, Path]:
    """Copy the scope's settings; in the other scope's place a list keeps all other servers from starting."""
    home, project = scratch / "home", scratch / "project"
    is_user = request.scope == "user"
    source = settings_file(request.home if is_user else request.workspace)
    copy, other = (home, project) if is_user else (project, home)
    for root in (home, project):
        settings_file(root).parent.mkdir(parents=True)
    if source.is_file():
        shutil.copyfile(source, settings_file(copy))
    settings_file(other).write_text(ONLY_OURS, "utf-8")
    return home, project


def _isolated(home: Path, path: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "LANG") if name in os.environ}
    return {
        **kept,
        "PATH": path,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "TMPDIR": str(home),
        # Unless the throw-away project is trusted, every server is disabled; the user's own are not touched.
        "GEMINI_CLI_TRUST_WORKSPACE": "true",
        "NO_COLOR": "1",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "VGXNESS_DB_PATH": str(home / "memory.sqlite"),
    }


def _verdict(asked: subprocess.CompletedProcess[str], request: SetupRequest) -> LiveVerdict:
    if asked.returncode:  # its message may echo the settings
        evidence = (f"mcp list: exit code {asked.returncode}",)
        return LiveVerdict(state="failed", summary="Gemini CLI refuses its settings.", evidence=evidence)
    for line in asked.stdout.splitlines():
        _, _, said = line.partition(" ")
        if said.startswith(f"{SERVER_NAME}: "):
            return _of_line(said, " ".join(request.server.command))
    summary = f"Gemini CLI has no server named {SERVER_NAME}."
    return LiveVerdict(state="skipped", summary=summary)


def _of_line(said: str, planned: str) -> LiveVerdict:
    state = said.rsplit(" - ", 1)[-1].strip()
    evidence = (f"mcp list: {SERVER_NAME} {state}",)
    if not said.startswith(f"{SERVER_NAME}: {planned} (stdio)"):
        return LiveVerdict(
            state="failed", summary="Gemini CLI resolves another command than planned.", evidence=evidence
        )
    if state != "Connected":
        return LiveVerdict(
            state="failed", summary="Gemini CLI could not connect to the server.", evidence=evidence
        )
    return LiveVerdict(state="connected", summary="Gemini CLI is connected to the server.", evidence=evidence)
