"""The engine's own text search: it agrees with the tokenizer, stays bounded, and explains itself."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vgxness.contract.storage import TextDocument, TextQuery
from vgxness.storage.sqlite.engine import SqliteEngine
from vgxness.storage.sqlite.text.stem import stem

_SUFFIXES = """
s es ies sses ed eed ing y ational tional enci anci izer bli alli entli eli ousli ization ation ator
alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance
ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize ll e tted pping
ssed
"""


def put(engine: SqliteEngine, *bodies: str, partition: str = "p") -> None:
    with engine.writing() as writer:
        for number, body in enumerate(bodies):
            document = TextDocument(
                id=f"{partition}{number}", partition=partition, title="", key="", body=body
            )
            engine.text.put(writer, document)


def search(engine: SqliteEngine, text: str, **options):
    with engine.reading() as reader:
        return engine.text.search(reader, TextQuery(text=text, partitions=("p",), **options))


def test_stems_are_those_of_the_tokenizer(engine: SqliteEngine) -> None:
    chance = random.Random(1)
    letters = "aeioubcdlrstz"
    words = sorted(
        "o" + "".join(chance.choices(letters, k=chance.randint(3, 6))) + suffix
        for suffix in _SUFFIXES.split()
        for _ in range(60)
    )
    with engine.writing() as writer:
        writer.execute("CREATE VIRTUAL TABLE one USING fts5 (w, tokenize = 'porter unicode61')")
        writer.execute("CREATE VIRTUAL TABLE one_row USING fts5vocab (one, instance)")
        for number, word in enumerate(words):
            writer.execute("INSERT INTO one (rowid, w) VALUES (?, ?)", (number, word))
        theirs = {row[0]: row[1] for row in writer.rows("SELECT doc, term FROM one_row")}
    assert {word: stem(word) for n, word in enumerate(words) if stem(word) != theirs[n]} == {}


@given(text=st.text(max_size=300), body=st.text(max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_put_and_asked(engine: SqliteEngine, text: str, body: str) -> None:
    put(engine, body)
    answer = search(engine, text)
    assert all(hit.words and hit.relevance > 0 and len(hit.snippet) <= 240 for hit in answer.hits)


@given(
    words=st.lists(
        st.text(string.ascii_letters + string.digits + "éñøжя数据库データ한글🚀🦄", min_size=1, max_size=12),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_document_is_found_by_its_own_words(engine: SqliteEngine, words: list[str]) -> None:
    put(engine, " ".join(words))
    for word in words:
        assert [hit.id for hit in search(engine, word).hits] == ["p0"], word


def test_common_words_are_bounded_and_the_rare_one_decides(engine: SqliteEngine) -> None:
    put(engine, "the needle among common words here", *("common words everywhere",) * 5000)
    answer = search(engine, "common words needle", candidates=500)
    assert answer.hits[0].id == "p0"
    assert answer.hits[0].words == ("common", "words", "needle")
    assert any("'common' stands in about 500" in line and "newest 500" in line for line in answer.plan)
    common = search(engine, "common words", candidates=500)
    assert len(common.hits) == 10
    assert common.hits[0].phrase
    assert "500 documents hold a word" in common.plan[-1]


def test_a_title_is_found_among_very_many_bodies(engine: SqliteEngine) -> None:
    with engine.writing() as writer:
        old = TextDocument(id="old", partition="p", title="Locking", key="", body="how it works")
        engine.text.put(writer, old)
    put(engine, *("a note about locking and more",) * 400)
    assert search(engine, "locking").hits[0].id == "old"


@pytest.mark.parametrize(
    ("body", "text", "phrase"),
    [
        ("the write ahead log", "write ahead", True),
        ("the state of the art", "state of the art", True),
        ("ahead we write", "write ahead", False),
        ("write it far ahead", "write ahead", False),
        ("数据库迁移", "数据库", True),
    ],
)
def test_neighbours_make_a_phrase(engine: SqliteEngine, body: str, text: str, *, phrase: bool) -> None:
    put(engine, body)
    assert search(engine, text).hits[0].phrase is phrase


def test_a_snippet_shows_where_most_words_stand_together(engine: SqliteEngine) -> None:
    filler = "nothing to see in this sentence. " * 20
    put(engine, f"alpha once. {filler} here alpha meets beta and gamma. {filler}")
    (hit,) = search(engine, "alpha beta gamma").hits
    assert "alpha meets beta and gamma" in hit.snippet
    assert len(hit.snippet) <= 240
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")


def test_a_very_long_question_is_cut_and_says_so(engine: SqliteEngine) -> None:
    put(engine, "the elephantine word")
    question = " ".join(f"w{number}" for number in range(800))
    answer = search(engine, "elephantine " + question)
    assert [hit.id for hit in answer.hits] == ["p0"]
    assert "set aside" in answer.plan[0]


def test_hits_of_equal_worth_come_newest_first(engine: SqliteEngine) -> None:
    put(engine, "same words", "same words", "same words")
    assert [hit.id for hit in search(engine, "same words").hits] == ["p2", "p1", "p0"]


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "run", ["a", "aB", "日", "日a", "é"], ids=["latin", "humps", "cjk", "mixed", "accents"]
)
def test_a_run_of_64_kib_is_indexed_in_linear_time(engine: SqliteEngine, run: str) -> None:
    body = run * (65_536 // len(run))
    with engine.writing() as writer:
        engine.text.put(writer, TextDocument(id="x", partition="p", title="t", key="", body=body))
    assert engine.check() == ()
