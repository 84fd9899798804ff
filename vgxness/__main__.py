"""`python -m vgxness`."""

from __future__ import annotations

from vgxness.cli.main import main

if __name__ == "__main__":
    main()
