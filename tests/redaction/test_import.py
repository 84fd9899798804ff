from __future__ import annotations

import subprocess
import sys


def test_importing_redaction_compiles_nothing_and_an_ordinary_message_compiles_next_to_nothing():
    script = (
        "import re\n"
        "count = 0\n"
        "compile_ = re.compile\n"
        "def counted(*arguments, **keywords):\n"
        "    global count\n"
        "    count += 1\n"
        "    return compile_(*arguments, **keywords)\n"
        "import dataclasses, datetime, enum, pathlib\n"
        "re.compile = counted\n"
        "from vgxness.redaction import redact_secrets\n"
        "print(count)\n"
        "redact_secrets('the database at x is locked')\n"
        "print(count)\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    at_import, after = map(int, done.stdout.split())
    assert at_import == 0
    assert after <= 4
