"""Where setup keeps what it knows: receipts, backups, journal and lock, all in the state directory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vgxness.blobs import BlobStore
from vgxness.setup.journal import JournalFile
from vgxness.setup.receipts import ReceiptStore
from vgxness.setup.transaction import Transaction


@dataclass(frozen=True, slots=True)
class State:
    """The state directory's part for setup; making one touches nothing."""

    directory: Path

    @property
    def lock(self) -> Path:
        """The file that a writing command locks."""
        return self.directory / "setup" / "lock"

    @property
    def blobs(self) -> BlobStore:
        """The backups."""
        return BlobStore(self.directory / "blobs")

    @property
    def receipts(self) -> ReceiptStore:
        """What was written."""
        return ReceiptStore(self.directory / "setup" / "receipts")

    @property
    def journal(self) -> JournalFile:
        """What is being written."""
        return JournalFile(self.directory / "setup" / "journal.json")

    @property
    def transaction(self) -> Transaction:
        """The steps of writing."""
        return Transaction(journal=self.journal, blobs=self.blobs, receipts=self.receipts)
