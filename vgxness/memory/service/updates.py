"""Changing what is known by its id: update, forget, restore."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from vgxness.contract.storage import Reader, Writer
from vgxness.errors import VgxnessError
from vgxness.memory import bounds
from vgxness.memory.admission import admit
from vgxness.memory.desk import Desk
from vgxness.memory.models import KINDS, Kind, Provenance, Saved
from vgxness.memory.places import project_of
from vgxness.memory.service.saves import index, revise
from vgxness.memory.store import observations
from vgxness.memory.store.observations import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an update changes; None leaves as it is, and a topic key of "" takes it away.

    Attributes:
        expected_revision: the update is refused where the present revision is another.
    """

    id: str
    title: str | None = None
    content: str | None = None
    kind: Kind | None = None
    topic_key: str | None = None
    expected_revision: int | None = None
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """What forget or restore did; "unchanged" found it so already."""

    id: str
    action: Literal["forgotten", "restored", "unchanged"]
    title: str
    project_id: str | None


def update(desk: Desk, change: Change) -> Saved:
    """Write a new revision of an observation.

    Raises:
        VgxnessError: `unknown_observation`, `observation_forgotten`, `observation_conflict`, or as a save.
    """
    if change.kind is not None:
        bounds.one_of("kind", change.kind, KINDS)
    if change.title is change.content is change.kind is change.topic_key is None:
        raise VgxnessError("usage", "Nothing to change was given.", hint="Give a title, content or kind.")
    with desk.engine.writing() as writer:
        head = live(writer, change.id)
        if change.expected_revision not in (None, head.revision):
            raise VgxnessError(
                "observation_conflict",
                f"{head.id} is at revision {head.revision}, not {change.expected_revision}.",
                hint=f"Nothing was stored; read it first: vgxness memory get {head.id}",
                details={"id": head.id, "revision": head.revision},
            )
        text = admit(
            title=head.title if change.title is None else bounds.title(change.title),
            content=head.content if change.content is None else change.content,
            topic_key=head.topic_key if change.topic_key is None else change.topic_key,
            provenance=change.provenance,
        )
        if text.topic_key != head.topic_key:
            refuse_taken_key(writer, head, text.topic_key)
        return revise(writer, desk, head, text, kind=change.kind or head.kind)


def forget(desk: Desk, id: str) -> Forgetting:
    """Take an observation out of lists and the index; its history stays, and `restore` brings it back.

    Raises:
        VgxnessError: `unknown_observation`.
    """
    with desk.engine.writing() as writer:
        head = known(writer, id)
        if head.forgotten_at is not None:
            return _forgetting(head, "unchanged")
        observations.set_forgotten(writer, id, desk.now())
        desk.engine.text.remove(writer, id)
        return _forgetting(head, "forgotten")


def restore(desk: Desk, id: str) -> Forgetting:
    """Bring a forgotten observation back into lists and the index.

    Raises:
        VgxnessError: `unknown_observation`, or `observation_conflict` where its topic key is in use.
    """
    with desk.engine.writing() as writer:
        head = known(writer, id)
        if head.forgotten_at is None:
            return _forgetting(head, "unchanged")
        refuse_taken_key(writer, head, head.topic_key)
        observations.set_forgotten(writer, id, None)
        index(writer, desk, head)
        return _forgetting(head, "restored")


def known(reader: Reader, id: str) -> Head:
    """Return the head of an observation, forgotten or not; else raise `unknown_observation`."""
    head = observations.find(reader, bounds.storable(id)[: bounds.MAX_NAME])
    if head is None:
        raise unknown(id)
    return head


def live(reader: Reader, id: str) -> Head:
    """Return the head of a live observation; else raise `unknown_observation` or `observation_forgotten`."""
    head = known(reader, id)
    if head.forgotten_at is not None:
        raise VgxnessError(
            "observation_forgotten",
            f"{head.id} was forgotten on {head.forgotten_at[:10]}.",
            hint=f"vgxness memory restore {head.id}",
            details={"id": head.id},
        )
    return head


def unknown(id: str) -> VgxnessError:
    """Return the error for an id that no observation has."""
    return VgxnessError(
        "unknown_observation",
        f"No observation has the id {bounds.one_line(bounds.storable(id))[:40]!r}.",
        hint="vgxness memory list",
    )


def refuse_taken_key(writer: Writer, head: Head, key: str | None) -> None:
    """Raise `observation_conflict` where another live observation of the place holds the topic key."""
    holder = observations.find_by_topic(writer, (head.place,), key) if key else None
    if holder is not None and holder.id != head.id:
        raise VgxnessError(
            "observation_conflict",
            f"The topic key is in use by {holder.id}; nothing was changed.",
            hint=f"vgxness memory update {holder.id} --topic-key ''",
            details={"id": head.id, "holder": holder.id},
        )


def _forgetting(head: Head, action: Literal["forgotten", "restored", "unchanged"]) -> Forgetting:
    return Forgetting(id=head.id, action=action, title=head.title, project_id=project_of(head.place))
