"""Plans the way back: to the bytes before an apply, or, where others wrote since, without our entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vgxness.blobs import digest_of
from vgxness.contract.provider import ConfigTarget
from vgxness.errors import VgxnessError
from vgxness.setup.editing import Config, Owned
from vgxness.setup.entries import files_of
from vgxness.setup.files import require_writable
from vgxness.setup.formats.values import same
from vgxness.setup.lineage import Lineage
from vgxness.setup.models import (
    Change,
    FileRecord,
    OwnedEntry,
    Party,
    Place,
    PlannedTarget,
    Receipt,
    Snapshot,
)
from vgxness.setup.patches import patches_between
from vgxness.setup.planning import Past, held_back, planned
from vgxness.setup.text import decode, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What is to be taken back.

    Attributes:
        party: whose.
        since: the oldest receipt to take back.
        together: every receipt and party that the same plan takes back.
        may_lack: whether it may do without a backup that is lost: then only our entries are taken out.
        leaves: what each party of the plan is to hold in each file in the end.
    """

    party: Party
    since: str
    together: frozenset[tuple[str, Party]]
    may_lack: bool = False
    leaves: Mapping[tuple[Party, Path], tuple[OwnedEntry, ...]] = field(
        default_factory=dict[tuple[Party, Path], tuple[OwnedEntry, ...]]
    )


def plan_undo(
    undone: Mapping[Party, Sequence[Receipt]], past: Past, *, may_lack: bool
) -> list[PlannedTarget]:
    """Return what taking back some applies of some parties does to each file.

    In each file who wrote first goes first: the bytes from before that hold none of the later entries.
    """
    together = undone_together(undone, past)
    jobs: list[_Job] = []
    for party, receipts in undone.items():
        if receipts:
            undo = Undo(party=party, since=receipts[0].id, together=together, may_lack=may_lack)
            jobs += _jobs(undo, receipts, past)
    jobs.sort(key=lambda job: job.turn)
    leaves = {(job.undo.party, job.records[0].real): job.earlier for job in jobs}
    return [plan_return(replace(job.undo, leaves=leaves), job.records, job.earlier, past) for job in jobs]


@dataclass(frozen=True, slots=True)
class _Job:
    """One party's part in one file; the turn is the index of its oldest step there."""

    turn: int
    undo: Undo
    records: Sequence[FileRecord]
    earlier: tuple[OwnedEntry, ...]


def _jobs(undo: Undo, undone: Sequence[Receipt], past: Past) -> Iterator[_Job]:
    history = past.history(undo.party)
    older = history.latest(before=undo.since)
    since = history.files(receipt for receipt in history.receipts if receipt.id >= undo.since)
    for path in history.files(undone):
        turn = past.lineage(since[path][0].real).first_since(undo.party, undo.since)
        yield _Job(turn, undo, since[path], older[path].entries if path in older else ())


def plan_return(
    undo: Undo, records: Sequence[FileRecord], earlier: tuple[OwnedEntry, ...], past: Past
) -> PlannedTarget:
    """Return what becomes of one file; `earlier` is what of ours is to stay in it."""
    first = records[0]
    try:
        change, reason = _change(undo, records, earlier, past)
        if change.writes:
            require_writable(change.standing)
    except VgxnessError as error:
        return held_back(undo.party, first.target, first.path, error)
    past.desk.decide(change)
    return planned(change, reason)


def _change(
    undo: Undo, records: Sequence[FileRecord], earlier: tuple[OwnedEntry, ...], past: Past
) -> tuple[Change, str]:
    first, latest = records[0], records[-1]
    standing = past.desk.look(first.path, first.roots)
    text = decode(first.path, standing.content, first.format)
    config = Config(first.path, text, first.format, past.blobs.get)
    content, mode, reason = _goal(_File(undo, records, earlier, past, standing, config))
    after = decode(first.path, content, first.format)
    client = latest.client
    change = Change(
        party=undo.party,
        target=first.target,
        standing=standing,
        roots=first.roots,
        format=first.format,
        content=content,
        mode=mode,
        entries=earlier,
        claims=True,
        make=standing.missing if content is not None else (),
        clear=_made_above(first.path, past.receipts) if content is None else (),
        client=client,
        patches=patches_between(config, after, latest.entries) if client else (),
    )
    return change, reason


@dataclass(frozen=True, slots=True)
class _File:
    """One file on its way back."""

    undo: Undo
    records: Sequence[FileRecord]
    earlier: tuple[OwnedEntry, ...]
    past: Past
    standing: Snapshot
    config: Config

    @property
    def lineage(self) -> Lineage:
        return self.past.lineage(self.records[0].real)

    @property
    def leaves(self) -> Mapping[Party, tuple[OwnedEntry, ...]]:
        """What the parties of the plan are to hold in the file in the end."""
        real = self.records[0].real
        return {party: entries for (party, path), entries in self.undo.leaves.items() if path == real}

    @property
    def first(self) -> int:
        """The index of the oldest step to take back."""
        return self.lineage.first_since(self.undo.party, self.undo.since)


def _goal(file: _File) -> tuple[bytes | None, int | None, str]:
    standing, first, lineage = file.standing, file.records[0], file.lineage
    now = None if standing.content is None else digest_of(standing.content)
    is_unbroken = (
        first.client is None
        and lineage.is_unbroken(file.first, file.undo.together, now)
        and lineage.is_held_alike(file.undo.party, file.first, file.leaves)
    )
    if now is None and not (is_unbroken and first.before):
        return None, None, "The file is gone already."
    mode = first.before_mode if lineage.mode_is_unbroken(file.first, standing.mode) else standing.mode
    if is_unbroken and first.before is None:
        return None, None, "Setup made the file, and nobody changed it since."
    if is_unbroken and first.before:
        try:
            return (
                file.past.blobs.get(first.before),
                mode,
                "Nobody changed the file since: every byte goes back.",
            )
        except VgxnessError:
            if not file.undo.may_lack:
                raise
    return _without_ours(file, lineage, mode)


def _without_ours(file: _File, lineage: Lineage, mode: int | None) -> tuple[bytes | None, int | None, str]:
    latest, shared = file.records[-1], lineage.held_by_others(file.undo.party)
    config, lacks = _taken_out(file, lineage, shared)
    held = {entry.place for entry in latest.entries}
    config = config.put_back([entry for entry in file.earlier if entry.place not in held])
    if not shared and not file.earlier and lineage.was_made_by_us() and config.is_hollow():
        return None, None, "Setup made the file, and nothing else is in it."
    reason = "The file was edited since: only our entries go, the edits stay."
    if lacks:
        reason = "The backup is lost: our entries are taken out, everything else stays."
    elif shared and config.text == file.config.text:
        reason = "What stands there is another provider's too, and stays for it."
    had_file = file.records[0].before is not None
    return encode(config.text, latest.format), mode if had_file else file.standing.mode, reason


def _taken_out(file: _File, lineage: Lineage, shared: Owned) -> tuple[Config, bool]:
    """Take the entries out, those that were written last first; tell whether a backup was lacking."""
    party, latest, lacks = file.undo.party, file.records[-1], False
    since: dict[int, list[OwnedEntry]] = {}
    for entry in latest.entries:
        since.setdefault(lineage.written_at(party, entry.place, file.first), []).append(entry)
    older = {entry.place: entry for entry in file.earlier}
    stays = _staying(file, shared)
    take, config = file.past.take(party, latest.target), file.config
    for index in sorted(since, reverse=True):
        try:
            before = lineage.text_before(index)
        except VgxnessError:
            if not file.undo.may_lack:
                raise
            before, lacks = "", True
        config = config.without(since[index], before, older=older, shared=stays, take=take)
    return _given_back(file, config, shared), lacks


def _staying(file: _File, shared: Owned) -> frozenset[Place]:
    """Return the places of other parties that stay as they are: all but where both go back to one value."""
    older = {entry.place: entry for entry in file.earlier if not entry.yielded}
    return frozenset(
        place
        for place, other in shared.items()
        if place not in older or not same(older[place].value, other.value)
    )


def _given_back(file: _File, config: Config, shared: Owned) -> Config:
    """Let others have their values again that ours replaced."""
    for entry in file.records[-1].entries:
        other = shared.get(entry.place)
        if other and not entry.yielded and not same(other.value, entry.value):
            config = config.exchanged(entry, other)
    return config


def _made_above(path: Path, receipts: Sequence[Receipt]) -> tuple[Path, ...]:
    """Return the directories above a path that setup ever made, innermost first."""
    made = {one for receipt in receipts for file in receipt.files for one in file.directories}
    return tuple(sorted((one for one in made if one in path.parents), key=lambda one: -len(one.parts)))


def undone_together(undone: Mapping[Party, Sequence[Receipt]], past: Past) -> frozenset[tuple[str, Party]]:
    """Return every receipt and party that a plan takes back, with what was written for it since."""
    return frozenset(
        (receipt.id, party)
        for party, receipts in undone.items()
        if receipts
        for receipt in past.history(party).receipts
        if receipt.id >= receipts[0].id
    )


def dropped_files(wanted: Sequence[ConfigTarget], party: Party, past: Past) -> tuple[Path, ...]:
    """Return the files of ours in the wanted trees that no tree wishes for any more."""
    trees = [target.path for target in wanted if target.format == "tree"]
    kept = {target.path for target in files_of(wanted)}
    return tuple(
        path
        for path in past.history(party).managed()
        if path not in kept and any(path.is_relative_to(tree) for tree in trees)
    )


def plan_removal(path: Path, party: Party, past: Past) -> PlannedTarget:
    """Return what becomes of one file in which nothing of ours is wished for any more."""
    history = past.history(party)
    record = history.latest()[path]
    lineage = past.lineage(record.real)
    start = lineage.start_of(party) or 0
    steps = [step for step in lineage.steps[start:] if step.record.party == party]
    together = frozenset((step.receipt, party) for step in steps)
    undo = Undo(party=party, since=steps[0].receipt, together=together, may_lack=True)
    return plan_return(undo, [step.record for step in steps], (), past)
