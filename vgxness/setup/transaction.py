"""Writes the files of one apply: all of them or none, also when the process dies in between."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from vgxness.blobs import BlobStore, digest_of
from vgxness.contract.provider import ClientWriter
from vgxness.errors import VgxnessError
from vgxness.setup import atomic
from vgxness.setup.beside import Beside, remove_stale
from vgxness.setup.journal import Entry, Journal, JournalFile
from vgxness.setup.models import Change, Receipt
from vgxness.setup.patches import joined
from vgxness.setup.receipts import ReceiptStore

Recovery = Literal["completed", "undone"]


class Transaction:
    """The steps of an apply; every verb wants the caller to hold the lock."""

    def __init__(
        self,
        *,
        journal: JournalFile,
        blobs: BlobStore,
        receipts: ReceiptStore,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._journal = journal
        self._blobs = blobs
        self._receipts = receipts
        self._pause = pause

    def run(self, changes: Sequence[Change], receipt: Receipt) -> None:
        """Write every change and the receipt.

        Raises:
            VgxnessError: `plan_stale` where a file changed at the last moment, `write_failed` where one
                could not be written; in both cases what was written was undone.
        """
        journal: Journal | None = None
        try:
            journal = self.begin(changes, receipt)
            self.stage(journal)
            journal = self.enter_commit(journal)
            self.commit(journal)
            self._receipts.write(receipt)
        except (OSError, VgxnessError) as problem:
            if journal is not None:
                self._undo_or_say(journal, problem)
            if isinstance(problem, OSError):
                raise _write_failed(problem) from problem
            raise
        with contextlib.suppress(OSError):  # all is done and recorded; the next command ends the journal
            self.finish(journal)

    def begin(self, changes: Sequence[Change], receipt: Receipt) -> Journal:
        """Keep backups of what stands and copies of what comes, then the journal."""
        for change in changes:
            # Also of what is only claimed: the way back starts there.
            for content in (change.standing.content, *change.keeps):
                if content is not None:
                    self._blobs.put(content)
        entries = tuple(self._entry(steps, receipt.id) for steps in _by_file(changes))
        journal = Journal(phase="staging", entries=entries, receipt=receipt)
        self._journal.write(journal)
        return journal

    def stage(self, journal: Journal) -> None:
        """Make the directories and write the new contents beside their places."""
        for entry in journal.entries:
            for directory in entry.make:
                directory.mkdir(mode=_directory_mode(entry.after_mode), exist_ok=True)
            self._stage(entry)

    def enter_commit(self, journal: Journal) -> Journal:
        """Say that from now on a crash is completed and no longer undone."""
        journal = replace(journal, phase="committing")
        self._journal.write(journal)
        return journal

    def commit(self, journal: Journal) -> None:
        """Put each file in its place, if what stands there is still what was planned for."""
        for entry in journal.entries:
            if not entry.is_before():
                raise VgxnessError(
                    "plan_stale",
                    f"{entry.real} changed while it was being written; nothing was kept of this apply.",
                    hint="Run the command again.",
                )
            self._put(entry)
            if not entry.is_after():
                raise self._not_as_written(entry)

    def _not_as_written(self, entry: Entry) -> VgxnessError:
        # Not restored: what stands there may as well be a person's, who wrote in this very moment.
        kept = f" What stood there is kept: {self._blobs.path_of(entry.before)}" if entry.before else ""
        return VgxnessError(
            "write_failed",
            f"{entry.real} does not read back as it was written; the other files were left as they were.",
            cause=f"Something else wrote it at the same moment, or its disk fails.{kept}",
            hint="Look at the file, then run the command again.",
        )

    def finish(self, journal: Journal) -> None:
        """Tidy directories, end the journal."""
        for entry in journal.entries:
            for directory in entry.clear:
                with contextlib.suppress(OSError):  # not empty: something in it is not ours
                    directory.rmdir()
        self._journal.remove()

    def recover(self) -> Recovery | None:
        """Complete or undo what a dead process left; None where it left nothing.

        Raises:
            VgxnessError: `write_failed`, `config_blocked` for a damaged journal; it is kept for another try.
        """
        if not self._journal.exists():
            return None
        journal = self._journal.read()
        try:
            return self._recover(journal)
        except OSError as problem:
            raise _write_failed(problem) from problem

    def _recover(self, journal: Journal) -> Recovery:
        if not self._receipts.holds(journal.receipt.id):
            known = all(entry.is_before() or entry.is_after() for entry in journal.entries)
            if journal.phase == "staging" or not known:
                self._undo(journal)
                return "undone"
            for entry in journal.entries:
                if not entry.is_after():
                    self._stage(entry)
                    self._put(entry)
            self._receipts.write(journal.receipt)
        for entry in journal.entries:
            if entry.client and entry.client.lock:
                remove_stale(entry.client.lock)  # the dead process may have held it
        self.finish(journal)
        return "completed"

    def _entry(self, steps: Sequence[Change], id: str) -> Entry:
        """Return what becomes of one file, which several parties may change one after the other."""
        first, last = steps[0], steps[-1]
        real = first.standing.real
        return Entry(
            real=real,
            staged=real.with_name(f".{real.name}.vgxness-{id}"),
            before=None if first.standing.content is None else digest_of(first.standing.content),
            before_mode=first.standing.mode,
            after=None if last.content is None else self._blobs.put(last.content),
            after_mode=last.mode,
            make=first.make,
            clear=last.clear,
            format=first.format,
            client=first.client,
            patches=joined(steps),
        )

    def _stage(self, entry: Entry) -> None:
        if entry.after is not None and entry.client is None:
            atomic.stage(entry.staged, self._blobs.get(entry.after), entry.after_mode or 0o600)

    def _put(self, entry: Entry, *, back: bool = False) -> None:
        if entry.client is not None:
            self._put_beside(entry, entry.client, back=back)
        elif entry.after is not None:
            atomic.move(entry.staged, entry.real)
        else:
            entry.real.unlink()
            atomic.flush_directory(entry.real.parent)

    def _put_beside(self, entry: Entry, client: ClientWriter, *, back: bool) -> None:
        goal = entry.before if back else entry.after
        Beside(
            path=entry.real,
            staged=entry.staged,
            format=entry.format,
            patches=entry.patches,
            client=client,
            goal=None if goal is None else self._blobs.get(goal).decode(),
            mode=entry.after_mode or entry.before_mode,
            back=back,
            pause=self._pause,
        ).write()

    def _undo_or_say(self, journal: Journal, reason: Exception) -> None:
        try:
            self._undo(journal)
        except OSError as problem:
            raise VgxnessError(
                "write_failed",
                "A file could not be written, and what was written could not be undone yet.",
                cause=f"{problem.filename}: {problem.strerror}. The backups are kept.",
                hint="Make room or permission, then run any setup command: it undoes the rest first.",
            ) from reason

    def _undo(self, journal: Journal) -> None:
        for entry in journal.entries:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # it was never staged
                entry.staged.unlink()
        for entry in journal.entries:
            if journal.phase == "committing" and entry.is_after() and not entry.is_before():
                self._restore(entry)
        for entry in journal.entries:
            _remove_empty(reversed(entry.make))
        self._journal.remove()

    def _restore(self, entry: Entry) -> None:
        if entry.client is not None:
            self._put(entry, back=True)
            return
        if entry.before is None:
            entry.real.unlink()
            return
        entry.real.parent.mkdir(parents=True, exist_ok=True)
        atomic.stage(entry.staged, self._blobs.get(entry.before), entry.before_mode or 0o600)
        atomic.move(entry.staged, entry.real)


def _by_file(changes: Sequence[Change]) -> Iterable[Sequence[Change]]:
    files: dict[Path, list[Change]] = {}
    for change in changes:
        files.setdefault(change.standing.real, []).append(change)
    return [steps for steps in files.values() if any(change.writes for change in steps)]


def _remove_empty(directories: Iterable[Path]) -> None:
    for directory in directories:
        with contextlib.suppress(OSError):  # not empty, or never made
            directory.rmdir()


def _directory_mode(file_mode: int | None) -> int:
    """Return the mode whose readers may enter: 0600 gives 0700, 0644 gives 0755."""
    readable = (file_mode or 0o600) & 0o444
    return 0o700 | readable | readable >> 2


def _write_failed(problem: OSError) -> VgxnessError:
    return VgxnessError(
        "write_failed",
        "A file could not be written; nothing was changed.",
        cause=f"{problem.filename or 'The disk'}: {problem.strerror}.",
        hint="Make room or permission there, then run the command again.",
    )
