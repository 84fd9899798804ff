"""An import touches the current project and the personal scope, and nothing of anybody else."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from vgxness.app import App, Options
from vgxness.memory import Draft

HEADER = {"format": "vgxness-memory", "version": 1}
MOMENT = "2026-11-23T00:00:00Z"


@pytest.fixture
def apps(tmp_path: Path) -> tuple[App, App]:
    """The owner of a decision and a stranger's project, on one database."""
    made: list[App] = []
    for name in ("owner", "stranger"):
        (tmp_path / name).mkdir()
        made.append(App(Options(db=str(tmp_path / "x.sqlite"), workspace=tmp_path / name, plugins=False)))
    return made[0], made[1]


def file(*records: dict[str, object]) -> io.BytesIO:
    return io.BytesIO("".join(json.dumps(one) + "\n" for one in (HEADER, *records)).encode())


def revision(id: str, number: int, content: str) -> dict[str, object]:
    return {
        "type": "revision",
        "observation": id,
        "revision": number,
        "title": "Use MySQL",
        "content": content,
        "created_at": MOMENT,
    }


def observation(id: str, scope: str) -> dict[str, object]:
    return {
        "type": "observation",
        "id": id,
        "scope": scope,
        "kind": "decision",
        "topic_key": None,
        "duplicates": 0,
        "created_at": MOMENT,
        "last_seen": MOMENT,
        "forgotten_at": None,
    }


@pytest.mark.parametrize("scope", ["project", "personal"])
@pytest.mark.parametrize("with_record", [False, True], ids=["revision-alone", "under-its-record"])
def test_a_file_cannot_rewrite_another_projects_decision(
    apps: tuple[App, App], scope: str, with_record: bool
) -> None:
    owner, stranger = apps
    victim = owner.memory.save(Draft(title="Use SQLite", content="It is enough.")).id
    records = [observation(victim, scope)] if with_record else []
    told = stranger.memory.load(file(*records, revision(victim, 2, "Use MySQL instead.")))
    assert told.skipped_total == len(records) + 1
    assert told.added == {}
    kept = owner.memory.get(victim)
    assert (kept.content, kept.revision) == ("It is enough.", 1)


def test_a_file_cannot_revise_a_personal_note_without_its_record(apps: tuple[App, App]) -> None:
    owner, stranger = apps
    note = owner.memory.save(Draft(title="Tabs", content="I like tabs.", scope="personal")).id
    told = stranger.memory.load(file(revision(note, 2, "I like spaces.")))
    assert (told.skipped_total, told.added) == (1, {})
    assert owner.memory.get(note).content == "I like tabs."


def test_a_relation_needs_both_its_ends_here(apps: tuple[App, App]) -> None:
    owner, stranger = apps
    victim = owner.memory.save(Draft(title="Use SQLite", content="It is enough.")).id
    note = owner.memory.save(Draft(title="Tabs", content="I like tabs.", scope="personal")).id
    relation: dict[str, object] = {
        "type": "relation",
        "source": note,
        "kind": "supersedes",
        "target": victim,
        "created_at": MOMENT,
    }
    assert stranger.memory.load(file(relation)).skipped_total == 1
    assert owner.memory.load(file(relation)).skipped_total == 1
    assert owner.memory.get(victim).relations == ()


def test_a_relation_of_observations_that_the_file_holds_as_they_stand_is_taken(apps: tuple[App, App]) -> None:
    owner, _ = apps
    one = owner.memory.save(Draft(title="Use SQLite", content="It is enough.")).id
    two = owner.memory.save(Draft(title="Tabs", content="I like tabs.", scope="personal")).id
    relation: dict[str, object] = {
        "type": "relation",
        "source": two,
        "kind": "supersedes",
        "target": one,
        "created_at": MOMENT,
    }
    known = [
        observation(one, "project"),
        revision(one, 1, "It is enough.") | {"title": "Use SQLite"},
        observation(two, "personal"),
    ]
    assert owner.memory.load(file(*known, relation)).added == {}
    known.append(revision(two, 1, "I like tabs.") | {"title": "Tabs"})
    told = owner.memory.load(file(*known, relation))
    assert (told.added, told.skipped_total) == ({"relation": 1}, 0)


@pytest.mark.parametrize("scope", ["project", "personal"])
@pytest.mark.parametrize("number", [2, 9])
def test_an_id_alone_revises_nothing_not_even_under_its_record(
    apps: tuple[App, App], scope: str, number: int
) -> None:
    owner, _ = apps
    draft = Draft(title="Use SQLite", content="It is enough.", scope="project")
    mine = owner.memory.save(draft if scope == "project" else replace(draft, scope="personal")).id
    told = owner.memory.load(file(observation(mine, scope), revision(mine, number, "Use MySQL instead.")))
    assert (told.added, told.skipped_total) == ({}, 1)
    assert owner.memory.get(mine).content == "It is enough."
