"""Facts about the repository's files that no linter holds."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
# Spelled apart, so that this file does not name what it looks for.
HOSTS = ("registry.npm" + "js", "pypi" + ".org", "python" + "hosted", "deb.deb" + "ian")
FORBIDDEN = re.compile("|".join(map(re.escape, HOSTS)))


def tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=TOP,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("this tree is no git checkout")
    return [TOP / name for name in done.stdout.decode().split("\0") if name and (TOP / name).is_file()]


def test_no_file_names_a_package_registry() -> None:
    named = [
        str(path.relative_to(TOP))
        for path in tracked()
        if FORBIDDEN.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert named == []


def test_no_file_names_this_checkouts_own_path() -> None:
    own = str(TOP)
    if len(TOP.parts) < 3:
        pytest.skip("a checkout this near to the root has no path to tell from ordinary text")
    named = [
        str(path.relative_to(TOP))
        for path in tracked()
        if own in path.read_text(encoding="utf-8", errors="ignore")
    ]
    assert named == []


def test_no_source_file_is_past_400_lines() -> None:
    long = {
        str(path.relative_to(TOP)): lines
        for path in tracked()
        if path.suffix == ".py" and path.parts[len(TOP.parts)] in ("vgxness", "plugins")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_source_module_has_a_docstring_and_no_unfinished_mark() -> None:
    for path in tracked():
        if path.suffix == ".py" and path.parts[len(TOP.parts)] == "vgxness":
            text = path.read_text(encoding="utf-8")
            assert text.startswith('"""'), path
            assert not re.search(r"\b(TODO|FIXME)\b", text), path
