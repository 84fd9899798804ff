"""Shapes of TOML that a careless writer damages, each with the whole text that is to come out."""

from __future__ import annotations

from typing import Any

import pytest

from vgxness.setup.formats import toml
from vgxness.setup.formats.failure import EditError, ParseError
from vgxness.setup.formats.values import MISSING

OURS = ("mcp_servers", "vgxness")
SERVER: dict[str, Any] = {"command": "/a b/vgxness", "args": ["mcp", "serve"]}
LINES = 'command = "/a b/vgxness"\nargs = ["mcp", "serve"]\n'


def test_a_table_is_appended_behind_a_blank_line_in_the_files_own_line_ends() -> None:
    text = "\ufeff# mine\r\n[mcp_servers.other]\r\ncommand = 'C:\\x' # here\r\n"
    after = toml.set_key(text, OURS, SERVER)
    assert after == text + "\r\n[mcp_servers.vgxness]\r\n" + LINES.replace("\n", "\r\n")
    assert toml.undo_key(after, text, OURS) == text


def test_a_file_without_a_final_newline_stays_one() -> None:
    after = toml.set_key("a = 1", OURS, SERVER)
    assert after == f"a = 1\n\n[mcp_servers.vgxness]\n{LINES}".removesuffix("\n")
    assert toml.undo_key(after, "a = 1", OURS) == "a = 1"


def test_a_blank_line_at_the_end_is_blank_enough() -> None:
    assert toml.set_key("a = 1\n\n", ("b", "c"), 1) == "a = 1\n\n[b]\nc = 1\n"


def test_a_table_is_changed_key_by_key_and_loses_what_is_not_wanted() -> None:
    text = "[a]\nx = 1 # stays\ny = 2\n\n[a.sub]\nz = 3\n\n[b]\n"
    assert toml.set_key(text, ("a",), {"x": 1, "w": 4}) == "[a]\nx = 1 # stays\nw = 4\n\n[b]\n"
    assert toml.set_key(text, ("a", "sub"), {}) == text.replace("z = 3\n", "")


def test_an_inner_table_gets_a_header_of_its_own() -> None:
    after = toml.set_key("", OURS, {"env": {"A B": "1"}, "command": "x"})
    assert after == '[mcp_servers.vgxness]\ncommand = "x"\n\n[mcp_servers.vgxness.env]\n"A B" = "1"\n'


def test_an_inline_table_stays_on_its_line() -> None:
    text = "mcp_servers = { other = { command = 'o' } } # all of them\n"
    after = toml.set_key(text, OURS, {"command": "v"})
    assert after == (
        "mcp_servers = { other = { command = 'o' }, vgxness = { command = \"v\" } } # all of them\n"
    )
    assert toml.undo_key(after, text, OURS) == text


def test_a_table_made_by_dotted_keys_gets_a_dotted_key() -> None:
    text = "mcp_servers.other.command = 'o' # first\n\n[last]\n"
    after = toml.set_key(text, OURS, {"command": "v"})
    assert after == (
        "mcp_servers.other.command = 'o' # first\nmcp_servers.vgxness = { command = \"v\" }\n\n[last]\n"
    )
    assert toml.undo_key(after, text, OURS) == text


def test_a_root_key_goes_above_the_first_header_and_its_comment() -> None:
    text = "# licence\n\n# about a\n[a]\nx = 1\n"
    assert toml.set_key(text, ("model",), "m") == '# licence\n\nmodel = "m"\n\n# about a\n[a]\nx = 1\n'


def test_a_root_key_goes_above_a_header_behind_a_byte_order_mark() -> None:
    assert toml.set_key("\ufeff# c\n[a]\n", ("model",), "m") == '\ufeffmodel = "m"\n\n# c\n[a]\n'


def test_a_key_joins_its_table_and_not_the_comment_of_the_next() -> None:
    text = "[a]\n  x=1\n\n# about b\n[b]\n"
    assert toml.set_key(text, ("a", "y"), 2) == "[a]\n  x=1\n  y=2\n\n# about b\n[b]\n"


def test_a_changed_key_keeps_its_comment_and_its_neighbours() -> None:
    text = "[mcp_servers.vgxness]\ncommand   = 'old' # why\n# above\nargs = [\n  'a', # one\n]\n"
    wanted = {"command": "new", "args": ["a"]}
    assert toml.set_key(text, OURS, wanted) == text.replace("'old'", '"new"')


def test_brackets_and_keys_inside_strings_are_text() -> None:
    text = "a = \"\"\"\n[mcp_servers.vgxness]\ncommand = 1\n\"\"\"\nb = '''\n[[x]]'''''\n"
    after = toml.set_key(text, OURS, SERVER)
    assert after == f"{text}\n[mcp_servers.vgxness]\n{LINES}"
    assert toml.get(text, OURS) is MISSING


def test_dates_and_infinities_elsewhere_are_no_obstacle() -> None:
    text = "[a]\nd = 1979-05-27 07:32:00 # x\nt = 07:32:00\nn = -nan\n"
    assert toml.set_key(text, ("a", "k"), 1) == text + "k = 1\n"


@pytest.mark.parametrize(
    "value", ["1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "inf", "nan", "[1979-05-27]"]
)
def test_what_json_cant_say_is_refused_on_our_path(value: str) -> None:
    for act in (
        lambda: toml.get(f"a = {value}\n", ("a",)),
        lambda: toml.set_key(f"a = {value}\n", ("a",), 1),
    ):
        with pytest.raises(EditError, match="JSON can't say"):
            act()


def test_null_is_refused_by_name() -> None:
    with pytest.raises(EditError, match="no null"):
        toml.set_key("", ("a",), {"b": [None]})


@pytest.mark.parametrize(
    "value", [None, [None], {"a": None}, 2**63, float("nan"), float("inf"), "\ud800", {"\udfff": 1}]
)
def test_what_toml_cant_say_is_refused(value: Any) -> None:
    with pytest.raises(EditError):
        toml.set_key("", ("a",), value)


@pytest.mark.parametrize(
    "text",
    ["mcp_servers = 1\n", "mcp_servers = []\n", "[[mcp_servers]]\n"],
    ids=["number", "list", "list of tables"],
)
def test_a_way_that_leads_through_something_else_is_refused(text: str) -> None:
    with pytest.raises(EditError, match=r"not a table|is a list of tables"):
        toml.set_key(text, OURS, SERVER)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a = 1\nhunter2 = \n", "a value is missing, or is none that TOML knows", 2),
        ("a = 1\na = 'hunter2'\n", "a key stands there twice, or is a value and a table at once", 2),
        ("[hunter2]\n\n[hunter2]\n", "a table is declared twice", 3),
        ("a = [\n1 'hunter2'\n]", "an array is not closed", 2),
        ("a = {b = 1 'hunter2'}", "an inline table is not closed", 1),
        ('a = "\\hunter2"', "a backslash that starts no escape", 1),
        ("hunter2\n", "an equals sign after a key is missing", 1),
        ("a = 1 hunter2\n", "something follows a value on its line", 1),
    ],
)
def test_a_broken_file_is_told_with_its_line_and_not_quoted(text: str, reason: str, line: int) -> None:
    with pytest.raises(ParseError) as caught:
        toml.set_key(text, ("k",), 1)
    assert (caught.value.reason, caught.value.line) == (reason, line)
    assert "hunter2" not in str(caught.value)


def test_a_file_nested_without_end_is_refused() -> None:
    with pytest.raises(ParseError, match="nested too deep"):
        toml.set_key("a = " + "[" * 100_000, ("k",), 1)
    with pytest.raises(ParseError, match="more than 200 parts"):
        toml.set_key("a" + ".a" * 20_000 + " = 1\n", ("k",), 1)


def test_items_join_an_array_in_its_own_shape() -> None:
    text = "a = [\n\t'x', # one\n\t'y' # two\n] # end\n"
    after = toml.insert_item(text, ("a",), "z")
    assert after == "a = [\n\t'x', # one\n\t'y', # two\n\t\"z\"\n] # end\n"
    assert toml.remove_item(after, ("a",), 2) == text
    assert toml.insert_item("a = [1, 2,]\n", ("a",), 3) == "a = [1, 2, 3,]\n"
    assert toml.insert_item("a = [\n  # none\n]\n", ("a",), 1) == "a = [\n  # none\n  1,\n]\n"


def test_an_item_leaves_and_its_comment_stays() -> None:
    text = "a = [\n  1, # one\n  2, # two\n]\n"
    assert toml.remove_item(text, ("a",), 0) == "a = [\n  # one\n  2, # two\n]\n"
    assert toml.remove_item("a = [1]\n", ("a",), 0) == "a = []\n"


def test_a_list_of_tables_takes_a_table_behind_its_last() -> None:
    text = "[[hooks]]\nx = 1\n\n[hooks.in]\ny = 2\n\n# about z\n[z]\n"
    after = toml.insert_item(text, ("hooks",), {"x": 3})
    assert after == "[[hooks]]\nx = 1\n\n[hooks.in]\ny = 2\n\n[[hooks]]\nx = 3\n\n# about z\n[z]\n"
    assert toml.remove_item(after, ("hooks",), 1) == text
    assert toml.get(toml.replace_item(after, ("hooks",), 0, {"x": 4}), ("hooks",)) == [{"x": 4}, {"x": 3}]
    with pytest.raises(EditError):
        toml.insert_item(text, ("hooks",), 1)


@pytest.mark.parametrize("index", [-1, 2])
def test_an_item_that_is_not_there_is_refused(index: int) -> None:
    with pytest.raises(EditError, match="no such item"):
        toml.remove_item("a = [1, 2]\n", ("a",), index)


def test_undo_takes_our_table_out_from_among_the_users() -> None:
    before = "[a]\nx = 1\n"
    after = toml.set_key(before, OURS, SERVER)
    since = after.replace("x = 1\n", "x = 2\n# changed\n") + "\n[z]\ny = 1\n"
    assert toml.undo_key(since, before, OURS) == "[a]\nx = 2\n# changed\n\n[z]\ny = 1\n"


def test_undo_keeps_a_key_that_the_user_put_in_a_table_made_for_ours() -> None:
    after = toml.set_key("", ("made", "ours"), 1)
    assert after == "[made]\nours = 1\n"
    assert toml.undo_key(after + "theirs = 2\n", "", ("made", "ours")) == "[made]\ntheirs = 2\n"


def test_undo_keeps_a_comment_that_the_user_put_in_a_table_made_for_ours() -> None:
    since = "[made]\n# theirs\nours = 1 # too\n"
    assert toml.undo_key(since, "", ("made", "ours")) == "[made]\n# theirs\n# too\n"


def test_undo_takes_a_header_away_that_a_table_got_for_ours() -> None:
    before = "[made.theirs]\nx = 1\n"
    since = "[made.theirs]\nx = 2\n\n[made]\n{}ours = 1\n"
    assert toml.undo_key(since.format(""), before, ("made", "ours")) == "[made.theirs]\nx = 2\n"
    kept = toml.undo_key(since.format("# theirs\n"), before, ("made", "ours"))
    assert kept == "[made.theirs]\nx = 2\n\n[made]\n# theirs\n"


def test_undo_gives_the_old_spelling_back_below_newer_edits() -> None:
    before = "a = 0xFF # hex\nb = 1\n"
    since = toml.set_key(before, ("a",), 3).replace("b = 1", "b = 2")
    assert toml.undo_key(since, before, ("a",)) == "a = 0xFF # hex\nb = 2\n"


def test_undo_leaves_a_key_alone_that_the_user_removed() -> None:
    assert toml.undo_key("b = 1\n", "a = 1\nb = 1\n", ("a",)) == "b = 1\n"


@pytest.mark.parametrize(
    ("text", "hollow"), [("", True), ("\ufeff\r\n \t", True), ("# c", False), ("[a]", False)]
)
def test_a_file_is_hollow_without_key_table_and_comment(text: str, hollow: bool) -> None:
    assert toml.is_hollow(text) is hollow


def test_an_edit_that_would_change_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def clumsy(text: str, _path: Any, _value: Any) -> str:
        return text.replace("b = 1", "b = 2")

    monkeypatch.setattr("vgxness.setup.formats.toml.edit.put", clumsy)
    with pytest.raises(EditError, match="something else"):
        toml.set_key("a = 1\nb = 1\n", ("a",), 2)
