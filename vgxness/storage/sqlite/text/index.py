"""The full-text index on FTS5: what is put in, and which documents a question brings up."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from vgxness.contract.storage import Reader, TextAnswer, TextDocument, TextHit, TextQuery, Writer
from vgxness.storage.sqlite.text import words
from vgxness.storage.sqlite.text.ranking import Document, Ranked, Ranking, weight
from vgxness.storage.sqlite.text.words import Question, Word

_FEWEST_READ: Final = 30  # documents whose text is read and compared
_LISTED: Final = 16_000  # rows that all words of a question together list
_READ: Final = 8192  # characters of a body that are compared
_MOST_HITS: Final = 200

_ADD: Final = (
    "INSERT INTO text_document (id, partition) VALUES (?, ?) ON CONFLICT (id) DO NOTHING RETURNING number"
)
_PUT: Final = "INSERT INTO text_index (rowid, place, title, key, body, extra) VALUES (?, ?, ?, ?, ?, ?)"
_LIST: Final = "SELECT rowid FROM text_index WHERE text_index MATCH ? ORDER BY rowid DESC LIMIT ?"
_LIST_WITH_PARTITION: Final = (
    f"SELECT found.rowid, partition FROM ({_LIST}) AS found"  # noqa: S608 -- a constant inside a constant
    " CROSS JOIN text_document ON number = found.rowid"
)


@dataclass(frozen=True, slots=True)
class _Listing:
    """The documents that hold a word, newest first, as far as they were listed."""

    word: Word
    numbers: list[int]
    complete: bool
    holders: float


class SqliteTextIndex:
    """Satisfies `TextIndex`; its tables are made by migration 0001."""

    def put(self, writer: Writer, document: TextDocument) -> None:
        """Index a document, replacing the one of the same id; it counts as the newest."""
        values = (document.id, document.partition)
        row = writer.row(_ADD, values)
        if row is None:
            self.remove(writer, document.id)
            row = writer.row(_ADD, values)
        number = row[0] if row else None
        title, key, body = (_text(part) for part in (document.title, document.key, document.body))
        more = words.beside(f"{title}\n{key}\n{body}")
        writer.execute(_PUT, (number, _place(document.partition), title, key, body, more))

    def remove(self, writer: Writer, id: str) -> None:
        """Take a document out of the index; an unknown id is no error."""
        row = writer.row("SELECT number FROM text_document WHERE id = ?", (id,))
        if row is not None:
            writer.execute("DELETE FROM text_index WHERE rowid = ?", row)
            writer.execute("DELETE FROM text_document WHERE number = ?", row)

    def search(self, reader: Reader, query: TextQuery) -> TextAnswer:
        """Find documents that hold any of the question's words, best first."""
        question = words.question(_text(query.text))
        if not question.words or not query.partitions:
            return TextAnswer(hits=(), plan=("the query holds no word",))
        row = reader.row("SELECT max(number) FROM text_document")
        documents = cast("int", row[0]) if row and row[0] is not None else 0
        listings = _listings(reader, question, query, documents)
        found = _found(listings)
        weights = [weight(listing.holders, documents) for listing in listings]
        chosen = _chosen(reader, query, listings, found, weights)
        ranking = Ranking(question, weights, found)
        ranked = ranking.rank(_documents(reader, chosen), max(1, min(query.limit, _MOST_HITS)))
        ids = _ids(reader, [one.document.number for one in ranked])
        return TextAnswer(
            hits=tuple(_hit(one, ranking, question, ids) for one in ranked),
            plan=_plan(question, listings, len(found), len(chosen)),
        )


def _text(text: str) -> str:
    # SQLite's text functions stop at NUL; a lone surrogate has no UTF-8.
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _place(partition: str) -> str:
    """Return one token that the tokenizer neither splits nor shortens."""
    digest = hashlib.sha256(partition.encode("utf-8", "replace")).digest()
    return f"p{int.from_bytes(digest[:12], 'big'):029d}"


def _within(partitions: Sequence[str]) -> str:
    return "place : (" + " OR ".join(_place(partition) for partition in dict.fromkeys(partitions)) + ")"


def _listings(reader: Reader, question: Question, query: TextQuery, documents: int) -> list[_Listing]:
    most = max(1, min(query.candidates, _LISTED // len(question.words)))
    listings: list[_Listing] = []
    for word in question.words:
        numbers, complete = _listed(reader, f"{{title key body extra}} : {word.match}", query, most)
        listings.append(_Listing(word, numbers, complete, _holders(numbers, documents, complete=complete)))
    return listings


def _listed(reader: Reader, match: str, query: TextQuery, most: int) -> tuple[list[int], bool]:
    """Return the newest documents of the partitions that match, and whether these are all.

    The index is asked without the partition first, because that is several times faster and mostly
    enough: where the word is rare, or most of the newest matches are the partition's own.
    """
    rows = reader.rows(_LIST_WITH_PARTITION, (match, most))
    numbers = [cast("int", number) for number, partition in rows if partition in query.partitions]
    if len(rows) < most:
        return numbers, True
    if len(numbers) * 2 > most:
        return numbers, False
    rows = reader.rows(_LIST, (f"{match} AND {_within(query.partitions)}", most))
    return [cast("int", row[0]) for row in rows], len(rows) < most


def _holders(numbers: Sequence[int], documents: int, *, complete: bool) -> float:
    """Return how many documents hold the word: counted, or guessed from how dense the newest are."""
    if complete:
        return float(len(numbers))
    return len(numbers) * documents / max(1, documents - min(numbers) + 1)


def _found(listings: Sequence[_Listing]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for place, listing in enumerate(listings):
        for number in listing.numbers:
            found[number].append(place)
    return found


def _chosen(
    reader: Reader,
    query: TextQuery,
    listings: Sequence[_Listing],
    found: dict[int, list[int]],
    weights: Sequence[float],
) -> list[int]:
    """Return the numbers worth reading: those that hold the most telling words, then the newest."""
    most = max(_FEWEST_READ, 3 * query.limit)
    if len(found) <= most:
        return list(found)
    scores = {number: sum(weights[place] for place in places) for number, places in found.items()}
    for place, listing in enumerate(listings):
        for number in _listed(reader, f"{{title key}} : {listing.word.match}", query, most)[0]:
            scores[number] = scores.get(number, 0.0) + weights[place]
    return heapq.nlargest(most, scores, key=lambda number: (scores[number], number))


def _documents(reader: Reader, numbers: Sequence[int]) -> list[Document]:
    rows = reader.rows(
        "SELECT rowid, title, key, substr(body, 1, ?) FROM text_index"
        " WHERE rowid IN (SELECT value FROM json_each(?))",
        (_READ, json.dumps(numbers)),
    )
    return [Document(*cast("tuple[int, str, str, str]", row)) for row in rows]


def _ids(reader: Reader, numbers: Sequence[int]) -> dict[int, str]:
    rows = reader.rows(
        "SELECT number, id FROM text_document WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(numbers),),
    )
    return dict(cast("list[tuple[int, str]]", rows))


def _hit(ranked: Ranked, ranking: Ranking, question: Question, ids: dict[int, str]) -> TextHit:
    return TextHit(
        id=ids[ranked.document.number],
        relevance=ranked.relevance,
        words=tuple(question.words[place].text for place in ranked.words),
        phrase=ranked.phrase,
        snippet=ranking.snippet(ranked.document),
    )


def _plan(question: Question, listings: Sequence[_Listing], found: int, chosen: int) -> tuple[str, ...]:
    lines = [f"{question.dropped} stop words or surplus words set aside"] if question.dropped else []
    for listing in listings:
        count = f"{len(listing.numbers)}" if listing.complete else f"about {listing.holders:.0f}"
        bound = "" if listing.complete else f"; the newest {len(listing.numbers)} listed"
        lines.append(f"{listing.word.text!r} stands in {count} documents{bound}")
    lines.append(f"{found} documents hold a word; {chosen} were read and ranked")
    return tuple(lines)
