"""What of a YAML text is ours goes, and what the user wrote since stays."""

from __future__ import annotations

from typing import Any

from vgxness.setup.formats import yaml

OURS = ("extensions", "vgxness")
SERVER: dict[str, Any] = {"type": "stdio", "args": ["mcp"], "envs": {"LOG": "1"}}


def test_undo_takes_our_mapping_out_from_among_the_users() -> None:
    before = "extensions:\n  a:\n    x: 1\nlast: 1\n"
    after = yaml.set_key(before, OURS, SERVER)
    since = "# top\n" + after.replace("x: 1", "x: 2 # new").replace("last: 1", "  own: {}\nlast: 2")
    assert yaml.undo_key(since, before, OURS) == (
        "# top\nextensions:\n  a:\n    x: 2 # new\n  own: {}\nlast: 2\n"
    )


def test_undo_keeps_a_mapping_made_for_ours_in_which_the_user_put_something() -> None:
    after = yaml.set_key("a: 1\n", OURS, 1)
    assert yaml.undo_key(after + "  own: 1\n", "a: 1\n", OURS) == "a: 1\nextensions:\n  own: 1\n"
    since = after.replace("  vgxness", "  # theirs\n  vgxness")
    assert yaml.undo_key(since, "a: 1\n", OURS) == "a: 1\nextensions:\n  # theirs\n"
    assert yaml.undo_key(after + "# theirs\n", "a: 1\n", OURS) == "a: 1\n# theirs\n"


def test_undo_gives_the_old_spelling_back_below_newer_edits() -> None:
    before = "a: 'old' # why\nb: 1\n"
    since = yaml.set_key(before, ("a",), "new").replace("b: 1", "b: 2")
    assert yaml.undo_key(since, before, ("a",)) == "a: 'old' # why\nb: 2\n"


def test_undo_does_not_put_a_comment_into_a_block_scalar() -> None:
    before = "k: # beside\n  a: |\n    text\n"
    after = yaml.set_key(before, ("k",), 1)
    assert after == "k: 1 # beside\n"
    assert yaml.undo_key(after + "own: 2\n", before, ("k",)) == before + "own: 2\n"
    since = yaml.undo_key(after.replace("beside", "changed") + "own: 2\n", before, ("k",))
    assert since == 'k: # changed\n  a: "text\\n"\nown: 2\n'
