"""The conformance suite of a storage engine: behaviour only, whatever lies beneath.

Subclass `StorageConformance` in a test module, give it the fixture `make_engine`, and pytest runs all of it:

    class TestMyEngine(StorageConformance):
        @pytest.fixture
        def make_engine(self, tmp_path):
            return lambda: MyEngine(str(tmp_path / "store"), SystemClock())
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from vgxness.contract.storage import Engine, TextAnswer, TextDocument, TextQuery
from vgxness.errors import VgxnessError

MakeEngine: TypeAlias = "Callable[[], Engine]"

_AWKWARD = (
    "flag",
    '"flag" AND NOT (flag*',
    "fl'ag; DROP TABLE note; -- flag",
    "^flag: {title} + NEAR(flag, 2)",
    "flag\0with nul",
    "flag 🚀 \udcff",
    "the flag of the " * 300,
    "flag/with/a/path.py --and-options=1",
)


class _BrokenOffError(Exception):
    """Breaks a transaction off."""


class StorageConformance:
    """What every storage engine does; `make_engine` returns a new engine for the same fresh location."""

    @pytest.fixture
    def make_engine(self) -> MakeEngine:
        """Return a maker of engines for one location that nothing stands at yet."""
        raise NotImplementedError("the subclass gives a fixture `make_engine`")

    @pytest.fixture
    def engine(self, make_engine: MakeEngine) -> Iterator[Engine]:
        """Return an engine with an empty table `note (id, text)`."""
        engine = make_engine()
        with engine.writing() as writer:
            writer.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        yield engine
        engine.close()

    def test_making_and_asking_creates_nothing(self, make_engine: MakeEngine) -> None:
        """An engine that is made, asked for its status and read from leaves no store behind."""
        engine = make_engine()
        assert engine.status().state == "absent"
        with pytest.raises(VgxnessError) as caught, engine.reading():
            pass
        assert caught.value.code == "store_missing"
        found = make_engine().status()
        assert (found.state, found.version, found.size) == ("absent", 0, 0)
        assert found.pending

    def test_first_write_creates_an_up_to_date_store(self, make_engine: MakeEngine) -> None:
        """One write, and the store is ready, with nothing pending."""
        engine = make_engine()
        with engine.writing():
            pass
        found = engine.status()
        assert (found.state, found.version, found.pending) == ("ready", found.newest, ())
        assert found.size > 0
        engine.close()

    def test_upgrade_twice_applies_once(self, make_engine: MakeEngine) -> None:
        """The second upgrade has nothing to do."""
        engine = make_engine()
        pending = engine.status().pending
        assert engine.upgrade() == pending
        assert engine.upgrade() == ()
        engine.close()

    def test_committed_rows_are_there_for_a_new_engine(self, engine: Engine, make_engine: MakeEngine) -> None:
        """What a block wrote is there after everything was closed."""
        for number, durable in ((1, False), (2, True)):
            with engine.writing(durable=durable) as writer:
                assert writer.execute("INSERT INTO note VALUES (?, ?)", (number, "kept")) == 1
        engine.close()
        assert _notes(make_engine()) == [(1, "kept"), (2, "kept")]

    def test_an_error_inside_undoes_the_whole_block(self, engine: Engine) -> None:
        """The caller's error comes through, and nothing of the block stays."""
        with pytest.raises(_BrokenOffError), engine.writing() as writer:  # noqa: PT012 -- the block is what is undone
            writer.execute("INSERT INTO note VALUES (1, 'lost')")
            engine.text.put(writer, _document("1", "lost"))
            raise _BrokenOffError
        assert _notes(engine) == []
        assert _found(engine, "lost") == []

    def test_a_refused_statement_undoes_the_block_and_the_engine_goes_on(self, engine: Engine) -> None:
        """A broken constraint is the caller's error; the next block works."""
        with pytest.raises(Exception, match=r"(?i)unique|constraint"), engine.writing() as writer:  # noqa: PT012 -- both rows must be in one block
            writer.execute("INSERT INTO note VALUES (1, 'one')")
            writer.execute("INSERT INTO note VALUES (1, 'two')")
        with engine.writing() as writer:
            writer.execute("INSERT INTO note VALUES (2, 'three')")
        assert _notes(engine) == [(2, "three")]

    def test_a_writer_sees_its_own_rows_and_others_do_not(self, engine: Engine) -> None:
        """An open transaction is invisible to a reader, and visible when it is over."""
        with engine.writing() as writer:
            writer.execute("INSERT INTO note VALUES (1, 'new')")
            assert writer.row("SELECT text FROM note WHERE id = ?", (1,)) == ("new",)
            assert _notes(engine) == []
        assert _notes(engine) == [(1, "new")]

    def test_a_snapshot_does_not_move(self, engine: Engine) -> None:
        """A reader sees one state from its first query to its end."""
        with engine.reading() as reader:
            assert reader.rows("SELECT * FROM note") == []
            with engine.writing() as writer:
                writer.execute("INSERT INTO note VALUES (1, 'later')")
            assert reader.rows("SELECT * FROM note") == []
        assert _notes(engine) == [(1, "later")]

    def test_a_reader_can_not_write(self, engine: Engine) -> None:
        """A statement that writes is refused in a snapshot."""
        with pytest.raises(VgxnessError), engine.reading() as reader:
            reader.rows("INSERT INTO note VALUES (1, 'sneaky')")
        assert _notes(engine) == []

    def test_values_come_back_as_they_went_in(self, engine: Engine) -> None:
        """Text of every script, numbers, bytes and None survive."""
        values = ("数据 🚀 é \u202e", 2**62, -1.5, b"\x00\xff", None)
        with engine.writing() as writer:
            assert writer.row("SELECT ?, ?, ?, ?, ?", values) == values

    def test_threads_that_write_lose_nothing(self, engine: Engine) -> None:
        """Eight threads of 25 transactions that each read and add one."""
        with engine.writing() as writer:
            writer.execute("INSERT INTO note VALUES (1, '0')")
        failures: list[BaseException] = []
        threads = [threading.Thread(target=_count_up, args=(engine, 25, failures)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert _notes(engine) == [(1, "200")]

    def test_a_closed_engine_opens_again(self, engine: Engine) -> None:
        """Closing gives things back and ends nothing."""
        engine.close()
        engine.close()
        with engine.writing() as writer:
            writer.execute("INSERT INTO note VALUES (1, 'again')")
        assert _notes(engine) == [(1, "again")]

    def test_search_finds_any_word_and_ranks_more_words_higher(self, engine: Engine) -> None:
        """One word is enough; a document with both comes first, and stop words count for nothing."""
        _put(engine, _document("both", "the storage flag"), _document("one", "a red flag"))
        _put(engine, _document("none", "what is the meaning of this"))
        answer = _search(engine, "what is the storage flag")
        assert [hit.id for hit in answer.hits] == ["both", "one"]
        assert answer.hits[0].words == ("storage", "flag")
        assert answer.hits[0].relevance > answer.hits[1].relevance > 0
        assert answer.hits[0].phrase
        assert not answer.hits[1].phrase
        assert answer.plan

    def test_search_weighs_title_over_key_over_body(self, engine: Engine) -> None:
        """The same word counts most in the title and least in the body."""
        for name, title, key, body in (
            ("title", "locking", "y", "it is discussed"),
            ("key", "x", "locking", "it is discussed"),
            ("body", "x", "y", "locking is discussed"),
        ):
            _put(engine, TextDocument(id=name, partition="p", title=title, key=key, body=body))
        assert _found(engine, "locking") == ["title", "key", "body"]

    def test_search_stays_in_its_partitions(self, engine: Engine) -> None:
        """A small partition finds its own among thousands of another's."""
        _put(engine, _document("mine", "shared words here", partition="project:small"))
        _put(
            engine,
            *(_document(f"other{n}", "shared words here", partition="project:big") for n in range(3000)),
        )
        query = TextQuery(text="shared words", partitions=("project:small",), candidates=100)
        with engine.reading() as reader:
            assert [hit.id for hit in engine.text.search(reader, query).hits] == ["mine"]
        assert _found(engine, "shared", partitions=("project:none",)) == []
        assert len(_found(engine, "shared", partitions=("project:small", "project:big"))) == 10

    @pytest.mark.parametrize("question", _AWKWARD)
    def test_search_takes_no_character_for_syntax(self, engine: Engine, question: str) -> None:
        """Whatever surrounds a word, the word is found."""
        _put(engine, _document("1", "the flag"), _document("2", "something else"))
        assert "1" in _found(engine, question)

    @pytest.mark.parametrize("question", ["", "   ", "\0", '"', "*", "🦄", "NOT", "-", "the", "()" * 2000])
    def test_search_answers_what_holds_no_word(self, engine: Engine, question: str) -> None:
        """Nothing to look for is an empty answer and no error."""
        _put(engine, _document("1", "some flag"))
        assert _search(engine, question).hits == ()

    @pytest.mark.parametrize(
        ("body", "question"),
        [
            ("数据库迁移失败了", "迁移"),
            ("数据库迁移失败了", "了"),
            ("データベースの移行に失敗", "移行"),
            ("데이터베이스를 옮겼다", "데이터베이스"),
            ("шаг миграции", "МИГРАЦИИ"),
            ("the résumé", "resume"),
            ("launched 🚀 today", "🚀"),
            ("we were hopping", "hops"),
            ("see memory_save_path", "save"),
            ("calls resolveDatabasePath first", "database"),
        ],
    )
    def test_search_knows_words_of_many_scripts(self, engine: Engine, body: str, question: str) -> None:
        """CJK without spaces, other alphabets, accents, emoji, stems and identifiers are found."""
        _put(engine, _document("other", "unrelated text"), _document("it", body))
        assert _found(engine, question) == ["it"]

    def test_search_follows_put_and_remove(self, engine: Engine) -> None:
        """A document put again is found by its new words only; a removed one not at all."""
        _put(engine, _document("1", "alpha"))
        _put(engine, _document("1", "beta"))
        assert (_found(engine, "alpha"), _found(engine, "beta")) == ([], ["1"])
        with engine.writing() as writer:
            engine.text.remove(writer, "1")
            engine.text.remove(writer, "never there")
        assert _found(engine, "beta") == []

    def test_search_keeps_its_bounds(self, engine: Engine) -> None:
        """At most `limit` hits; a snippet is of at most 240 characters and shows the match."""
        text = "padding " * 500 + "needle in the haystack " + "padding " * 500
        _put(engine, *(_document(str(n), text) for n in range(30)))
        answer = _search(engine, "needle", limit=7)
        assert len(answer.hits) == 7
        assert all(len(hit.snippet) <= 240 and "needle" in hit.snippet for hit in answer.hits)

    def test_backup_is_complete_and_refuses_an_existing_file(self, engine: Engine, tmp_path: Path) -> None:
        """The copy holds everything, and no file is ever overwritten."""
        with engine.writing() as writer:
            writer.execute("INSERT INTO note VALUES (1, 'copied')")
        copy = engine.backup(tmp_path / "copy")
        assert copy.stat().st_size > 0
        with pytest.raises(VgxnessError) as caught:
            engine.backup(tmp_path / "copy")
        assert caught.value.code == "write_failed"

    def test_restore_brings_back_and_keeps_what_it_replaced(self, engine: Engine, tmp_path: Path) -> None:
        """Rows and index are as at the backup; restoring what was replaced undoes it."""
        _put(engine, _document("1", "before"))
        copy = engine.backup(tmp_path / "copy")
        _put(engine, _document("2", "after"))
        replaced = engine.restore(copy)
        assert (_found(engine, "before"), _found(engine, "after")) == (["1"], [])
        engine.restore(replaced)
        assert (_found(engine, "before"), _found(engine, "after")) == (["1"], ["2"])

    def test_restore_refuses_what_is_no_store(self, engine: Engine, tmp_path: Path) -> None:
        """Rubbish and an absent source are refused, and the store stays as it was."""
        (tmp_path / "rubbish").write_text("rubbish" * 100)
        _put(engine, _document("1", "kept"))
        for name, code in (("rubbish", "store_corrupt"), ("absent", "store_missing")):
            with pytest.raises(VgxnessError) as caught:
                engine.restore(tmp_path / name)
            assert caught.value.code == code
        assert _found(engine, "kept") == ["1"]

    def test_a_used_store_is_sound(self, engine: Engine) -> None:
        """Nothing is damaged after writing, replacing and removing."""
        _put(engine, *(_document(str(n % 7), f"word{n}") for n in range(50)))
        assert engine.check() == ()


def _document(id: str, body: str, partition: str = "p") -> TextDocument:
    return TextDocument(id=id, partition=partition, title="", key="", body=body)


def _put(engine: Engine, *documents: TextDocument) -> None:
    with engine.writing() as writer:
        for document in documents:
            engine.text.put(writer, document)


def _search(
    engine: Engine, question: str, *, partitions: tuple[str, ...] = ("p",), limit: int = 10
) -> TextAnswer:
    with engine.reading() as reader:
        return engine.text.search(reader, TextQuery(text=question, partitions=partitions, limit=limit))


def _found(engine: Engine, question: str, *, partitions: tuple[str, ...] = ("p",)) -> list[str]:
    return [hit.id for hit in _search(engine, question, partitions=partitions).hits]


def _notes(engine: Engine) -> list[tuple[object, ...]]:
    with engine.reading() as reader:
        return list(reader.rows("SELECT id, text FROM note ORDER BY id"))


def _count_up(engine: Engine, times: int, failures: list[BaseException]) -> None:
    try:
        for _ in range(times):
            with engine.writing() as writer:
                row = writer.row("SELECT text FROM note WHERE id = 1")
                assert row is not None
                writer.execute("UPDATE note SET text = ? WHERE id = 1", (str(int(str(row[0])) + 1),))
    except BaseException as error:  # noqa: BLE001 -- a thread's failure is told to the test
        failures.append(error)
