"""Plans the way back: to the bytes before an apply, or, where the user edited since, without our keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vgxness.blobs import BlobStore, digest_of
from vgxness.errors import VgxnessError
from vgxness.setup.editing import Config, decode
from vgxness.setup.files import look, require_writable
from vgxness.setup.models import Change, FileRecord, OwnedKey, PlannedTarget, Receipt, Snapshot
from vgxness.setup.planning import held_back, planned
from vgxness.setup.receipts import History


def plan_undo(
    history: History, undone: Sequence[Receipt], blobs: BlobStore, *, may_lack: bool = False
) -> tuple[PlannedTarget, ...]:
    """Return what taking back some applies of one party does to each file.

    `may_lack` lets it do without a backup that is lost: then only our keys are taken out.
    """
    older = history.latest(before=undone[0].id)
    since = history.files(r for r in history.receipts if r.id >= undone[0].id)
    rows: list[PlannedTarget] = []
    for path in history.files(undone):
        records = since[path]
        keys = older[path].keys if path in older else ()
        try:
            rows.append(_plan_file(records, keys, blobs, may_lack=may_lack))
        except VgxnessError as error:
            rows.append(held_back(records[0].party, records[0].target, path, error))
    return tuple(rows)


def _plan_file(
    records: Sequence[FileRecord], keys: tuple[OwnedKey, ...], blobs: BlobStore, *, may_lack: bool
) -> PlannedTarget:
    first = records[0]
    standing = look(first.path, first.roots)
    try:
        content, mode, reason = _goal(records, standing, blobs)
    except VgxnessError as error:
        if error.code != "unknown_apply" or not may_lack:
            raise
        content, mode = _without_backup(records, standing), standing.mode
        reason = "The backup is lost: our keys are taken out, everything else stays."
    made = [directory for record in records for directory in record.directories]
    change = Change(
        party=first.party,
        target=first.target,
        standing=standing,
        roots=first.roots,
        format=first.format,
        content=content,
        mode=mode,
        keys=keys,
        make=standing.missing if content is not None else (),
        clear=_deepest_first(made) if content is None else (),
    )
    if change.writes:
        require_writable(standing)
    return planned(change, reason)


def _goal(
    records: Sequence[FileRecord], standing: Snapshot, blobs: BlobStore
) -> tuple[bytes | None, int | None, str]:
    first, latest = records[0], records[-1]
    before = None if first.before is None else blobs.get(first.before)
    if standing.content is None:
        return None, None, "The file is gone already."
    modes = [(record.before_mode, record.after_mode) for record in records]
    mode = first.before_mode if _unbroken(modes, standing.mode) else standing.mode
    contents = [(record.before, record.after) for record in records]
    if _unbroken(contents, digest_of(standing.content)):
        if before is None:
            return None, None, "Setup made the file, and nobody changed it since."
        return before, mode, "Nobody changed the file since: every byte goes back."
    text = _without_our_keys(first.path, first, latest, standing, before)
    if text is None:
        return None, None, "Setup made the file, and nothing else is in it."
    reason = "The file was edited since: only our keys go, the edits stay."
    return text.encode(), standing.mode if before is None else mode, reason


def _without_backup(records: Sequence[FileRecord], standing: Snapshot) -> bytes | None:
    if standing.content is None:
        return None
    path = records[0].path
    config = Config(path, decode(path, standing.content), records[0].format)
    return config.without(records[-1].keys, "").encode()


def _without_our_keys(
    path: Path, first: FileRecord, latest: FileRecord, standing: Snapshot, before: bytes | None
) -> str | None:
    config = Config(path, decode(path, standing.content), first.format)
    text = config.without(latest.keys, decode(path, before))
    is_empty = before is None and Config(path, text, first.format).is_hollow()
    return None if is_empty else text


def _unbroken(steps: Sequence[tuple[object, object]], now: object) -> bool:
    """Tell whether each step starts where the one before ended, and the last ended where we are now.

    Where it does not, somebody else changed the file in between, perhaps before our newest apply.
    """
    starts = [start for start, _ in steps[1:]] + [now]
    return all(end == start for (_, end), start in zip(steps, starts, strict=True))


def _deepest_first(directories: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(sorted(set(directories), key=lambda directory: -len(directory.parts)))
