"""One spelling for each remote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgxness.projects.remote import normalise

BASE = Path("/srv/checkout")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/acme/shop.git", "github.com/acme/shop"),
        ("https://github.com/acme/shop", "github.com/acme/shop"),
        ("https://github.com/acme/shop/", "github.com/acme/shop"),
        ("https://github.com/acme/shop.git/", "github.com/acme/shop"),
        ("HTTPS://GitHub.COM/acme/Shop.git", "github.com/acme/Shop"),
        ("https://ann@github.com/acme/shop", "github.com/acme/shop"),
        ("https://ann:p%40ss@github.com/acme/shop", "github.com/acme/shop"),
        ("https://oauth2:glpat@x@gitlab.example/acme/shop", "gitlab.example/acme/shop"),
        ("https://github.com:443/acme/shop", "github.com/acme/shop"),
        ("http://github.com:80//acme//shop", "github.com/acme/shop"),
        ("https://git.example:8443/acme/shop", "git.example:8443/acme/shop"),
        ("https://github.com/acme/shop?token=abc#frag", "github.com/acme/shop"),
        ("ssh://git@github.com/acme/shop.git", "github.com/acme/shop"),
        ("ssh://git@github.com:22/acme/shop.git", "github.com/acme/shop"),
        ("ssh://git@git.example:2222/acme/shop.git", "git.example:2222/acme/shop"),
        ("git+ssh://git@github.com/acme/shop", "github.com/acme/shop"),
        ("git://github.com/acme/shop.git", "github.com/acme/shop"),
        ("git@github.com:acme/shop.git", "github.com/acme/shop"),
        ("github.com:acme/shop", "github.com/acme/shop"),
        ("git@github.com:/acme/shop.git", "github.com/acme/shop"),
        ("git@gitlab.example:group/sub/shop.git", "gitlab.example/group/sub/shop"),
        ("git@[::1]:acme/shop", "[::1]/acme/shop"),
        ("ssh://git@[2001:DB8::1]:22/acme/shop", "[2001:db8::1]/acme/shop"),
        ("https://github.com./acme/shop", "github.com/acme/shop"),
        ("  https://github.com/acme/shop\n", "github.com/acme/shop"),
        ("/srv/git/shop.git", "file:/srv/git/shop"),
        ("file:///srv/git/shop.git", "file:/srv/git/shop"),
        ("../git/shop", "file:/srv/git/shop"),
        ("/srv/git/shop/.git", "file:/srv/git/shop"),
        ("./has:colon", "file:/srv/checkout/has:colon"),
        ("", None),
        ("   ", None),
        ("https://", None),
        ("https://github.com", None),
        ("https://github.com/.git", None),
        ("https://user:pa/ss@github.com/acme/shop", None),
        ("git@github.com:", None),
        ("file://server/share/shop", None),
        ("ext::sh -c 'touch owned'", None),
        ("codecommit::eu-west-1://shop", None),
        ("https://github.com/acme/sh\x1bop", None),
        ("https://github.com/acme/\N{RIGHT-TO-LEFT OVERRIDE}shop", None),
        ("https://github.com/" + "a" * 3000, None),
    ],
)
def test_a_remote_has_one_spelling(url: str, expected: str | None) -> None:
    assert normalise(url, BASE) == expected


@given(st.text(max_size=80))
def test_any_text_has_a_spelling_or_none(url: str) -> None:
    spelling = normalise(url, BASE)

    assert spelling is None or spelling.isprintable()


WORD = st.text("abcXYZ019-_.~", min_size=1, max_size=12).filter(lambda word: word.strip(".") == word)


@given(st.from_regex(r"[A-Za-z0-9!$%&'()*+,;=._~:-]{1,20}", fullmatch=True), WORD, WORD)
def test_no_part_of_the_credentials_survives(secret: str, owner: str, name: str) -> None:
    bare = normalise(f"https://git.example/{owner}/{name}", BASE)

    assert normalise(f"https://ann:{secret}@git.example/{owner}/{name}", BASE) == bare
    assert normalise(f"ssh://{secret}@git.example/{owner}/{name}", BASE) == bare
    assert normalise(f"git@git.example:{owner}/{name}.git", BASE) == bare
