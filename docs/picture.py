"""Draws docs/images/demo.svg from a real run of `vgxness demo` on a real pseudo-terminal.

Run it with `make picture`. What the picture shows is what the program printed, colours included;
only the path of the checkout is put as a reader's would be.
"""

from __future__ import annotations

import io
import os
import pty
import re
import sys
from pathlib import Path

PICTURE = Path(__file__).parent / "images" / "demo.svg"
_COLUMNS = 112


def run(words: list[str]) -> str:
    """Return what a command prints on a terminal; raises where it fails."""
    printed: list[bytes] = []

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 4096)
        printed.append(data)
        return data

    os.environ["COLUMNS"] = str(_COLUMNS)
    status = pty.spawn(words, read)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(words)} failed")
    return b"".join(printed).decode()


def svg(output: str) -> str:
    """Return a picture of a terminal that shows the output; it fetches nothing from anywhere."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print("[bold]$[/bold] vgxness demo")
    console.print(Text.from_ansi(output))
    drawn = console.export_svg(title="vgxness demo", unique_id="demo")
    # rich names a font on a foreign host; the reader's own monospace serves as well.
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)


def main() -> None:
    """Write the picture."""
    output = run([sys.executable, "-m", "vgxness", "demo"])
    # The checkout's own path says nothing to a reader, and is somebody's.
    output = output.replace("\r", "").replace(str(Path(__file__).parents[1]), "/home/you/vgxness")
    shown = [line for line in output.splitlines() if not line.startswith("…")]
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg("\n".join(shown)), encoding="utf-8")


if __name__ == "__main__":
    main()
