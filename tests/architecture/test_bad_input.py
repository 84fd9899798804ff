"""Every noun that the project promises to meet with manners has a test of that id."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

TEXTS = ("jsonc", "json", "toml", "yaml", "markdown", "frontmatter")
FORMATS = (*TEXTS, "bytes", "tree")
OF_FORMATS = {
    "unparsable": TEXTS,
    "not-utf8": TEXTS,
    "bom": TEXTS,
    "crlf": TEXTS,
    "duplicate-keys": TEXTS,
    "trailing-commas": ("jsonc", "json"),
    "empty": FORMATS,
    "directory": FORMATS,
    "dangling-symlink": FORMATS,
    "symlink-out-of-root": FORMATS,
    "read-only": FORMATS,
    "hard-link": FORMATS,
    "fifo": FORMATS,
    "30000-lines": FORMATS,
    "over-32mib": FORMATS,
}
NOUNS = {f"{kind}-config-{noun}" for noun, kinds in OF_FORMATS.items() for kind in kinds} | {
    "unknown-provider",
    "read-only-home",
    "config-is-a-directory",
    "config-dangling-symlink",
    "config-symlink-out-of-home",
    "config-not-utf8",
    "config-5mb",
    "config-bom",
    "config-crlf",
    "config-duplicate-keys",
    "config-trailing-commas",
    "config-unparsable",
    "changed-between-plan-and-apply",
    "plan-stale",
    "second-apply-running",
    "crash-mid-apply",
    "apply-full-disk",
    "stow-symlink",
    "chezmoi-symlink",
    "server-in-uvx-cache",
    "server-in-temp-venv",
    "database-corrupt",
    "database-locked",
    "database-newer",
    "database-full-disk",
    "plugin-raises-on-import",
    "plugin-raises-on-call",
    "plugin-returns-rubbish",
    "plugin-shares-a-name",
    "mcp-malformed",
    "mcp-huge",
    "mcp-out-of-order",
    "query-quotes",
    "query-hyphens",
    "query-not",
    "query-star",
    "query-4kb",
    "query-cjk",
    "query-emoji",
    "query-nul",
}


def test_every_noun_is_the_id_of_a_test() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:xdist", "tests", "plugins"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    ids = {part for line in done.stdout.splitlines() for part in re.findall(r"\[(.+)\]$", line)}
    parts = ids | {noun for one in ids for noun in NOUNS if re.search(rf"(^|-){noun}(-|$)", one)}
    assert parts >= NOUNS, NOUNS - parts
