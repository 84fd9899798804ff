"""A diff is for reading: exact, bounded, and safe to print."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vgxness.setup.diff import diff_text

PATH = Path("/x/y.json")
LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12)


@given(old=LINES, new=LINES)
def test_cutting_equal_ends_off_changes_no_diff(old: list[str], new: list[str]) -> None:
    before, after = ("".join(f"{line}\n" for line in lines) for lines in (old, new))
    shown = diff_text(PATH, before.encode(), after.encode()).splitlines()
    assert patched(old, shown) == new


def patched(old: list[str], diff: list[str]) -> list[str]:
    """Apply a unified diff by its line numbers, as `patch` does."""
    new: list[str] = []
    at = 0
    for row in diff[2:]:
        if row.startswith("@@"):
            start, _, count = row.split()[1][1:].partition(",")
            begin = int(start) - (0 if count == "0" else 1)
            new += old[at:begin]
            at = begin
        elif row.startswith("+"):
            new.append(row[1:])
        else:
            assert old[at] == row[1:]
            new += [] if row.startswith("-") else [old[at]]
            at += 1
    return new + old[at:]


def test_no_file_is_dev_null() -> None:
    assert diff_text(PATH, None, b"a\n") == "--- /dev/null\n+++ /x/y.json\n@@ -0,0 +1 @@\n+a"
    assert diff_text(PATH, b"a\n", None) == "--- /x/y.json\n+++ /dev/null\n@@ -1 +0,0 @@\n-a"
    assert diff_text(PATH, b"a", b"a") == ""


def test_secrets_and_control_characters_are_not_printed() -> None:
    token = "ghp_" + "Qw1" * 12
    shown = diff_text(PATH, b"{}\n", f'{{"t": "{token}"}} // \x1b]0;pwned\x07\n'.encode())
    assert token not in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_huge_file_of_one_line_is_clipped_at_its_end() -> None:
    old = b'{"pad": "' + b"x" * 5_000_000 + b'"}'
    new = old[:-1] + b', "mcp": {}}'
    shown = diff_text(PATH, old, new)
    assert shown.endswith('"mcp": {}}')
    assert len(shown) < 6000


def test_a_long_file_costs_what_its_change_costs() -> None:
    old = b"".join(b'  "key%d": 1,\n' % number for number in range(200_000))
    started = time.process_time()
    assert diff_text(PATH, old, old + b"  last\n").endswith("+  last")
    assert time.process_time() - started < 5
