"""Take an edit back out of a YAML text that may have been edited since."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vgxness.setup.formats.brackets import COMMENT_AFTER, line_end, spliced
from vgxness.setup.formats.failure import EditError
from vgxness.setup.formats.inverse import ways_back
from vgxness.setup.formats.values import MISSING, same
from vgxness.setup.formats.yaml.edit import Pair, changed, put, take_out
from vgxness.setup.formats.yaml.layout import colon_after
from vgxness.setup.formats.yaml.nodes import Document, parse
from vgxness.setup.formats.yaml.proof import differ_only_at
from vgxness.setup.formats.yaml.read import node_at, pair_of, value_at, value_of
from vgxness.setup.formats.yaml.render import column

_MARKERS: Final = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*\r?$")
_FILLER: Final = re.compile(r"([ \t]*)(#?)[^\n]*(?:\n|\Z)")


def undo(text: str, before: str, path: Sequence[str]) -> str:
    """Return the text with one key as it stood in `before`.

    Raises:
        ParseError: either text is not YAML.
        EditError: something on the way is shared.
    """
    now, then = parse(text), parse(before)
    if node_at(now, path) is None:
        return text
    undone, old = _cut(now, then, path), _pair_at(then, path)
    if undone is None:
        undone = _restored(now, then, path, old) if old else _without(now, then, path)
    return before if is_hollow(undone) and is_hollow(before) else undone


def is_hollow(text: str) -> bool:
    """Tell whether a text has no key and no comment; document markers and empty braces are nothing."""
    root = parse(text).root
    if root is not None and not root.is_empty:
        if root.kind != "mapping" or root.pairs or not root.is_bare:
            return False
        text = text[: root.start] + text[root.end :]
    return not _MARKERS.sub("", text).strip("\ufeff \t\r\n-")


def _cut(now: Document, then: Document, path: Sequence[str]) -> str | None:
    """Return the text less what setting the key had changed, if that still stands there by the letter."""
    try:
        value = value_at(now, path)
        after = None if value is MISSING else put(then.text, path, value)
    except EditError:
        return None
    ways = () if after is None else ways_back(now.text, then.text, after)
    return next((text for text in ways if text == then.text or _is_undone(text, now, then, path)), None)


def _is_undone(text: str, now: Document, then: Document, path: Sequence[str]) -> bool:
    """Tell whether a text says at a path what stood there then, and elsewhere what stands there now."""
    try:
        left = parse(text)
        was, stays = value_at(then, path), value_at(left, path)
    except ValueError:
        return False
    alike = was is stays if was is MISSING or stays is MISSING else same(was, stays)
    return alike and differ_only_at(now.root, left.root, path)


def _pair_at(document: Document, path: Sequence[str]) -> Pair | None:
    return pair_of(node_at(document, path[:-1]), path[-1])


def _restored(now: Document, then: Document, path: Sequence[str], old: Pair) -> str:
    """Give a value its old spelling back, or where that would say something else here, its old value."""
    spelled = _respelled(now, then, path, old)
    return spelled if _is_undone(spelled, now, then, path) else put(now.text, path, value_of(old[1]))


def _respelled(now: Document, then: Document, path: Sequence[str], old: Pair) -> str:
    """Give a value its old spelling back, or where the indentation around it has changed, its old value."""
    here = _pair_at(now, path)
    holder, was_in = node_at(now, path[:-1]), node_at(then, path[:-1])
    if here is None or holder is None or was_in is None:
        return now.text
    if holder.is_flow and was_in.is_flow:
        return spliced(now.text, [(here[1].start, here[1].end, then.text[old[1].start : old[1].end])])
    moved = column(now.text, here[0].start) != column(then.text, old[0].start)
    if holder.is_flow or was_in.is_flow or moved:
        return put(now.text, path, value_of(old[1]))
    after, end = colon_after(now.text, here[0]), here[1].end
    since, until = colon_after(then.text, old[0]), old[1].end
    comment = COMMENT_AFTER.match(now.text, end)
    first_line = then.text[since:until].partition("\n")[0]
    if comment and comment.group().strip() == first_line.strip():
        end = comment.end()
    behind = then.text[until : line_end(then.text, until)]
    is_trivia = not behind.strip() or COMMENT_AFTER.fullmatch(behind)
    if is_trivia and not now.text[end : line_end(now.text, end)].strip():
        until, end = until + len(behind), line_end(now.text, end)
    return spliced(now.text, [(after, end, then.text[since:until])])


def _without(now: Document, then: Document, path: Sequence[str]) -> str:
    """Take the key out, and with it each mapping that was made for it and holds nothing else."""
    size = len(path)
    while size > 1 and node_at(then, path[: size - 1]) is None and _is_only(now, path[:size]):
        size -= 1
    holder, owner = node_at(now, path[: size - 1]), _pair_at(now, path[: size - 1]) if size > 1 else None
    was = node_at(then, path[: size - 1])
    if owner and holder and len(holder.pairs) == 1 and not holder.is_flow and was and not was.is_empty:
        return spliced(now.text, changed(now, node_at(now, path[: size - 2]) or holder, owner, {}))
    return take_out(now.text, path[:size])


def _is_only(document: Document, path: Sequence[str]) -> bool:
    """Tell whether the mapping around a key holds it alone, without a comment."""
    owner, pair = _pair_at(document, path[:-1]), _pair_at(document, path)
    if owner is None or pair is None or len(owner[1].pairs) != 1 or not owner[1].is_bare:
        return False
    text, end = document.text, pair[1].end
    if owner[1].is_flow:
        inside = text[owner[1].start : pair[0].start] + text[end : owner[1].end]
        return "#" not in inside
    above = text[colon_after(text, owner[0]) : pair[0].start]
    behind = text[end : line_end(text, end)]
    return "#" not in above + behind and not _has_comment_below(text, end, column(text, owner[0].start))


def _has_comment_below(text: str, end: int, indent: int) -> bool:
    """Tell whether comments deeper than an indentation follow the line that ends at or after a place."""
    at = line_end(text, end)
    while (at := text.find("\n", at) + 1) and (found := _FILLER.match(text, at)):
        if found[2]:
            if len(found[1]) > indent:
                return True
        elif found[0].strip() or found.end() == len(text):
            return False
        at = found.end() - 1
    return False
