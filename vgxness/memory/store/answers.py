"""Rows of answers: what a save said, so that a retry with its idempotency key hears the same."""

from __future__ import annotations

from vgxness.contract.storage import Reader, Writer


def find(reader: Reader, key_digest: str) -> tuple[str, str] | None:
    """Return (request digest, answer) of a key."""
    row = reader.row("SELECT request_digest, answer FROM memory_answer WHERE key_digest = ?", (key_digest,))
    return (str(row[0]), str(row[1])) if row else None


def add(writer: Writer, key_digest: str, request_digest: str, answer: str, now: str) -> None:
    """Keep the answer to a key."""
    writer.execute(
        "INSERT INTO memory_answer (key_digest, request_digest, answer, created_at) VALUES (?, ?, ?, ?)",
        (key_digest, request_digest, answer, now),
    )


def drop_before(writer: Writer, moment: str) -> None:
    """Delete the answers that were given before the moment."""
    writer.execute("DELETE FROM memory_answer WHERE created_at < ?", (moment,))
