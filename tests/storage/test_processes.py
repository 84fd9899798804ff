"""Many processes, and processes that are killed: nothing that was acknowledged is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from tests.storage.worlds import finish, start
from vgxness.storage.sqlite.engine import SqliteEngine

Opened = Callable[..., SqliteEngine]

WRITE_500 = """
worker = int(sys.argv[2])
print('ready', flush=True)
sys.stdin.readline()
for number in range(500):
    with engine.writing() as writer:
        writer.execute("CREATE TABLE IF NOT EXISTS note (worker INTEGER, number INTEGER)")
        writer.execute("INSERT INTO note VALUES (?, ?)", (worker, number))
engine.close()
"""

WRITE_UNTIL_KILLED = """
from vgxness.contract.storage import TextDocument
worker = sys.argv[2]
number = 0
while True:
    with engine.writing(durable=number % 7 == 0) as writer:
        writer.execute("CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY)")
        writer.execute("INSERT INTO note VALUES (?)", (f"{worker}.{number}",))
        engine.text.put(writer, TextDocument(
            id=f"{worker}.{number}", partition="p", title="", key="", body="some words " * 50))
    print(f"{worker}.{number}", flush=True)
    number += 1
"""


def test_eight_processes_of_500_writes_on_a_store_that_none_has_opened(
    opened: Opened, database: Path
) -> None:
    processes = [start(database, WRITE_500, str(worker)) for worker in range(8)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        assert finish(process) == ""
    engine = opened()
    with engine.reading() as reader:
        assert reader.rows("SELECT worker, count(DISTINCT number) FROM note GROUP BY worker") == [
            (worker, 500) for worker in range(8)
        ]
    assert engine.check() == ()


def test_kill_9_during_writes_keeps_every_acknowledged_one(opened: Opened, database: Path) -> None:
    chance = random.Random(9)
    acknowledged: set[object] = set()
    for round_ in range(6):
        processes = [start(database, WRITE_UNTIL_KILLED, f"{round_}{name}") for name in "ab"]
        for process in processes:
            assert process.stdout is not None
            for _ in range(chance.randint(1, 60)):
                acknowledged.add(process.stdout.readline().strip())
            process.kill()
            acknowledged.update(line.strip() for line in process.stdout if line.endswith("\n"))
            process.wait()
            process.stdout.close()
            assert process.stdin is not None
            process.stdin.close()
    engine = opened()
    with engine.writing() as writer:
        there = {row[0] for row in writer.rows("SELECT id FROM note")}
        indexed = {row[0] for row in writer.rows("SELECT id FROM text_document")}
    assert len(acknowledged) > 12
    assert acknowledged <= there
    assert there == indexed
    assert engine.check() == ()


def test_kill_9_during_the_first_write_leaves_a_store_that_can_be_used(
    opened: Opened, database: Path
) -> None:
    chance = random.Random(3)
    for round_ in range(8):
        path = database.with_name(f"{round_}.sqlite")
        process = start(path, "print('go', flush=True)\nengine.upgrade()\nsys.stdin.read()")
        assert process.stdout is not None
        process.stdout.readline()
        for _ in range(chance.randint(0, 2000)):
            path.exists()
        process.kill()
        process.communicate()
        engine = opened(path)
        assert engine.status().state in {"absent", "ready"}
        with engine.writing():
            pass
        assert engine.status().state == "ready"
        assert engine.check() == ()
