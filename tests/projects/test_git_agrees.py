"""What we read from git's files is what git says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.projects.conftest import Git
from vgxness.projects.git import find_checkout
from vgxness.projects.git_config import remote_urls

Make = Callable[..., Path]


def test_the_common_directory_is_the_one_git_names(repository: Make, git: Git, tmp_path: Path) -> None:
    shop, library = repository("shop"), repository("library")
    git(shop, "submodule", "add", "-q", str(library), "vendor")
    git(shop, "commit", "-q", "-m", "vendor")
    git(shop, "worktree", "add", "-q", "../feature")
    git(tmp_path, "clone", "-q", "--bare", str(shop), "mirror.git")
    git(tmp_path, "clone", "-q", "--separate-git-dir", "apart.git", str(shop), "apart")
    (shop / "deep" / "er").mkdir(parents=True)
    git(tmp_path / "mirror.git", "worktree", "add", "-q", "../from-mirror", "feature")

    places = ("shop", "shop/deep/er", "shop/vendor", "feature", "mirror.git", "mirror.git/refs", "apart")
    for place in (*places, "from-mirror", "shop/.git"):
        folder = tmp_path / place
        said = git(folder, "rev-parse", "--path-format=absolute", "--git-common-dir")
        checkout = find_checkout(folder)
        assert checkout is not None, place
        assert checkout.common_dir is not None, place
        assert checkout.common_dir.resolve() == Path(said).resolve(), place


@pytest.mark.parametrize(
    "config",
    [
        '[remote "origin"]\n\turl = https://example.org/a\n',
        '[REMOTE "origin"]\n\tURL=https://example.org/a\n',
        '[remote "origin"] url = https://example.org/a # why\n',
        '[remote "origin"]\nurl = "https://example.org/a#b" ; why\n',
        '[remote "origin"]\nurl = https://exa\\\nmple.org/a\n',
        '[remote "origin"]\r\n\turl = https://example.org/a\r\n',
        '[core]\n\tbare = false\n\turl = nobody\n[remote "origin"]\n\turl = a\\\\b\n',
        '# [remote "origin"]\n; url = no\n[remote "origin"]\n\n\n   url    =    spaced   out   \n',
        '[remote "origin"]\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n\turl = "quo\\"te"d\n',
        '\ufeff[remote "origin"]\n\turl = https://example.org/a\n',
        '[remote "or\\"igin"]\n\turl = x\n[remote "origin"]\n\tpushurl = y\n\turl = z\n',
        '[remote "Origin"]\n\turl = x\n',
        "[remote]\n\turl = x\n\tpushDefault\n",
        '[branch "main"]\n\tremote = origin\n[remote "origin"]\n\turl\n\turl = z\n',
    ],
)
def test_a_url_is_read_as_git_reads_it(git: Git, tmp_path: Path, config: str) -> None:
    file = tmp_path / "config"
    file.write_text(config, encoding="utf-8", newline="")
    listed = git(tmp_path, "config", "--file", str(file), "--null", "--list")
    said = dict(pair.split("\n", 1) for pair in reversed(listed.split("\0")) if "\n" in pair)

    found = remote_urls(file.read_text(encoding="utf-8").removeprefix("\ufeff"))

    assert found.get("origin") == said.get("remote.origin.url")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(codec="ascii", exclude_characters="\0\r"), min_size=1, max_size=40))
def test_a_url_that_git_wrote_is_read_back(git: Git, tmp_path: Path, value: str) -> None:
    file = tmp_path / "config"
    file.write_text("")
    git(tmp_path, "config", "--file", str(file), "remote.origin.url", value)

    assert remote_urls(file.read_text()) == {"origin": value}


@given(st.text('[]"\\=#; \n\tremotguli', max_size=200))
def test_any_text_is_read_without_an_error(config: str) -> None:
    assert all(remote_urls(config).values())
