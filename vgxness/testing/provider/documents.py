"""Files as a user might have them, made to suit a target: what stands beside our entry is the user's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

from vgxness.contract.json_value import JsonValue
from vgxness.contract.provider import ConfigTarget, EnsureItem, SetKey, TargetFormat

Table: TypeAlias = "dict[str, Any]"

KEYED: Final[tuple[TargetFormat, ...]] = ("jsonc", "json", "toml", "yaml", "frontmatter")
MARK: Final = "the-user-was-here"
"""What a user's edit is recognised by, in every format."""

_COMMENT: Final[Mapping[TargetFormat, str]] = {
    "jsonc": "// a comment of the user",
    "toml": "# a comment of the user",
    "yaml": "# a comment of the user",
    "markdown": "<!-- a comment of the user -->",
}
SPELLINGS: Final = ("plain", "comments", "crlf", "bom", "no-final-newline", "odd-indentation")
"""Ways to write the same document, each of which an editing program could lose."""


def existing(target: ConfigTarget, spelling: str = "plain") -> bytes | None:
    """Return a file of the user's for a target, or None where its format knows no such spelling.

    It holds another entry beside each of ours. Files that are all ours have no such thing.
    """
    if target.format in ("bytes", "tree"):
        return None
    text = _text(target, indent="   " if spelling == "odd-indentation" else "  ")
    if spelling == "comments":
        comment = _COMMENT.get(target.format)
        if comment is None:
            return None
        text = f"{comment}\n{text}"
    if spelling == "crlf":
        text = text.replace("\n", "\r\n")
    if spelling == "no-final-newline":
        text = text.rstrip("\n")
    if spelling == "bom" and target.format not in ("jsonc", "json", "toml"):
        return None
    return (b"\xef\xbb\xbf" if spelling == "bom" else b"") + text.encode()


def read(content: bytes, format: TargetFormat) -> Table:
    """Return what a file of a keyed format says, by another parser than the host's."""
    text = content.decode("utf-8-sig")
    match format:
        case "toml":
            import tomllib

            return tomllib.loads(text)
        case "yaml":
            return _yaml(text)
        case "frontmatter":
            return _yaml(_split(text)[0])
        case _:
            return cast("Table", json.loads(text)) if text.strip() else {}


def write(table: Mapping[str, Any], format: TargetFormat, *, body: str = "", indent: str = "  ") -> str:
    """Return a document of a keyed format that says the same, in block style where there is one."""
    match format:
        case "toml":
            return "".join(_toml_lines(table, ()))
        case "yaml":
            return "".join(_yaml_lines(table, indent, 0))
        case "frontmatter":
            return f"---\n{''.join(_yaml_lines(table, indent, 0))}---\n{body}"
        case _:
            return json.dumps(table, indent="\t" if indent == "   " else indent, ensure_ascii=False) + "\n"


def edited(content: bytes, target: ConfigTarget) -> bytes:
    """Return a file as a user's editor leaves it: a line or key more outside what is ours."""
    if target.format not in KEYED:
        return content.rstrip(b"\n") + f"\n\n{MARK}\n".encode()
    return _changed(content, target, lambda table: {MARK: "outside", **table})


def edited_inside(content: bytes, target: ConfigTarget, edit: SetKey) -> bytes:
    """Return a file in which a user put a key of their own into an entry of ours."""

    def put(table: Table) -> Table:
        entry = get(table, edit.path)
        assert isinstance(entry, dict), f"{target.id}: {'.'.join(edit.path)} is not in the file"
        cast("Table", entry)[MARK] = "inside"
        return table

    return _changed(content, target, put)


def get(table: Mapping[str, Any], path: Sequence[str | int]) -> Any:  # noqa: ANN401 -- whatever the document says
    """Return the value at a path, or None where there is none."""
    found: Any = table
    for key in path:
        if isinstance(key, int) and isinstance(found, list):
            items = cast("list[Any]", found)
            found = items[key] if key < len(items) else None
        else:
            found = cast("Table", found).get(str(key)) if isinstance(found, dict) else None
    return found


def contains(whole: Any, part: Any) -> bool:  # noqa: ANN401 -- two documents' values
    """Tell whether every key and item of one value is in the other."""
    if isinstance(part, Mapping):
        inner = cast("Mapping[str, Any]", part)
        return isinstance(whole, Mapping) and all(
            key in whole and contains(cast("Mapping[str, Any]", whole)[key], value)
            for key, value in inner.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and all(
            any(contains(one, item) for one in cast("list[Any]", whole)) for item in cast("list[Any]", part)
        )
    return bool(whole == part)


def _text(target: ConfigTarget, indent: str) -> str:
    prose = "# Notes\n\nBe kind.\n"
    if target.format == "markdown":
        return prose
    table: Table = {"theme": "sea", "count": 3}
    for edit in target.edits:
        if isinstance(edit, SetKey) and len(edit.path) > 1:
            _table_at(table, edit.path[:-1])["theirs"] = _like(edit.value)
        if isinstance(edit, EnsureItem):
            above, last = edit.path[:-1], edit.path[len(edit.path) - 1]
            _table_at(table, above)[last] = [_like(edit.value)]
    return write(table, target.format, body=prose, indent=indent)


def _table_at(table: Table, path: Sequence[str]) -> Table:
    for key in path:
        table = table.setdefault(key, {})
    return table


def _like(value: JsonValue) -> Any:  # noqa: ANN401 -- JSON, as mutable as json.loads returns it
    """Return a value of the same shape that says something else."""
    if isinstance(value, str):
        return "theirs"
    if isinstance(value, Mapping):
        return {key: _like(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_like(item) for item in value]
    return value


def _changed(content: bytes, target: ConfigTarget, change: Callable[[Table], Table]) -> bytes:
    table = change(read(content, target.format))
    body = _split(content.decode())[1] if target.format == "frontmatter" else ""
    return write(table, target.format, body=body).encode()


def _split(text: str) -> tuple[str, str]:
    """Return the keys and the body of a frontmatter file."""
    if not text.startswith("---"):
        return "", text
    head, _, body = text.partition("\n")[2].partition("\n---")
    return head, body.partition("\n")[2]


def _yaml(text: str) -> Table:
    from ruamel.yaml import YAML

    found: Any = cast("Any", YAML(typ="safe", pure=True)).load(text)
    return cast("Table", found) if isinstance(found, dict) else {}


def _yaml_lines(table: Mapping[str, Any], indent: str, depth: int) -> list[str]:
    lines: list[str] = []
    for key, value in table.items():
        start = f"{indent * depth}{_plain(key)}:"
        if isinstance(value, Mapping) and value:
            lines.append(start + "\n")
            lines += _yaml_lines(cast("Mapping[str, Any]", value), indent, depth + 1)
        else:
            lines.append(f"{start} {json.dumps(value, ensure_ascii=False)}\n")
    return lines


def _toml_lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    values = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    tables = {key: cast("Table", value) for key, value in table.items() if isinstance(value, Mapping)}
    lines = [f"\n[{'.'.join(map(_plain, path))}]\n"] if path and (values or not tables) else []
    lines += [f"{_plain(key)} = {_toml(value)}\n" for key, value in values.items()]
    for key, value in tables.items():
        lines += _toml_lines(value, (*path, key))
    return lines


def _toml(value: Any) -> str:  # noqa: ANN401 -- what a TOML value can be
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return "{" + ", ".join(f"{_plain(key)} = {_toml(item)}" for key, item in items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, cast("list[Any]", value))) + "]"
    return json.dumps(value, ensure_ascii=False)


def _plain(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() else json.dumps(key, ensure_ascii=False)
