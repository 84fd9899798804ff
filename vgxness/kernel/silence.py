"""Keeps standard output for answers while code that the host did not write runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, redirect_stdout


@contextmanager
def stdout_to_stderr() -> Generator[None]:
    """Send what the block writes to standard output, by `print` or by descriptor, to standard error.

    A plugin that prints at import must break neither a JSON document nor the MCP wire.
    """
    sys.stdout.flush()
    try:
        kept = os.dup(1)
        os.dup2(2, 1)
    except OSError:  # standard output or error is closed; then `print` is all that can go wrong
        with redirect_stdout(sys.stderr):
            yield
        return
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
