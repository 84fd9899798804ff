"""Whether git would take a file along: asked of git itself, since only it knows all of its ignore files.

Git runs nothing for these questions: hooks and the file system monitor are switched off, and it is only
asked where a `.git` stands above the file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

_SECONDS: Final = 5.0
_QUIET: Final = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")

Verdict = Literal["outside", "ignored", "exposed", "tracked", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How a file stands to git.

    Attributes:
        verdict: "exposed" where the next `git add` takes it, "tracked" where git has it already.
        root: the checkout; None where it lies in none.
        line: for the checkout's .gitignore, the file and what lies beside it; "" where none is needed.
        reason: why it is unknown, or "".
    """

    verdict: Verdict
    root: Path | None = None
    line: str = ""
    reason: str = ""


def exposure(path: Path, environ_path: str) -> Exposure:
    """Return how a file, which need not exist, stands to git; takes at most some seconds.

    Args:
        path: absolute.
        environ_path: the PATH on which git is looked for.
    """
    real = Path(os.path.realpath(path))
    root = next((parent for parent in real.parents if os.path.lexists(parent / ".git")), None)
    if root is None:
        return Exposure(verdict="outside")
    git = shutil.which("git", path=environ_path)
    if git is None:
        return Exposure(verdict="unknown", root=root, reason="git is not on PATH")
    try:
        ignored = _asked(git, root, "check-ignore", "-q", "--", str(real))
        if ignored == 0:
            return Exposure(verdict="ignored", root=root)
        if ignored != 1:
            return Exposure(verdict="unknown", root=root, reason=f"git check-ignore ended with {ignored}")
        tracked = _asked(git, root, "ls-files", "--error-unmatch", "--", str(real)) == 0
    except (OSError, subprocess.TimeoutExpired) as problem:
        return Exposure(verdict="unknown", root=root, reason=f"git: {type(problem).__name__}")
    return Exposure(verdict="tracked" if tracked else "exposed", root=root, line=_line(real, root))


def _asked(git: str, root: Path, *words: str) -> int:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        [git, *_QUIET, "-C", str(root), *words],
        env={**environment, "GIT_OPTIONAL_LOCKS": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_SECONDS,
        check=False,
    )
    return done.returncode


def _line(real: Path, root: Path) -> str:
    """Return the pattern of the file and of what SQLite puts beside it, special characters escaped."""
    relative = real.relative_to(root).as_posix()
    escaped = "".join(f"\\{letter}" if letter in "\\*?[ " else letter for letter in relative)
    return f"/{escaped}*"
