"""Stands between an MCP client and a server, and writes down every line of both."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import IO


def main(log: str, *command: str) -> None:
    with (
        Path(log).open("ab", buffering=0) as file,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server,
    ):
        assert server.stdin
        assert server.stdout
        forth = (sys.stdin.buffer, server.stdin, file)
        threading.Thread(target=_pump, args=(*forth, b"> "), daemon=True).start()
        _pump(server.stdout, sys.stdout.buffer, file, b"< ")


def _pump(source: IO[bytes], target: IO[bytes], file: IO[bytes], mark: bytes) -> None:
    for line in source:
        file.write(mark + line)
        target.write(line)
        target.flush()
    target.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
