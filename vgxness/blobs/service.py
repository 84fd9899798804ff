"""The content-addressed store: files named by their digest, readable by their owner alone."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import Final

from vgxness.blobs.models import digest_of
from vgxness.errors import VgxnessError
from vgxness.kernel.paths import make_private

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class BlobStore:
    """Bytes in, digest out; making one touches nothing."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def path_of(self, digest: str) -> Path:
        """Return where a blob of this digest is kept, whether or not it is.

        Raises:
            ValueError: the text is not a digest.
        """
        if not _DIGEST.fullmatch(digest):
            raise ValueError("a digest is 64 hexadecimal digits")
        return self._directory / digest[:2] / digest

    def put(self, content: bytes) -> str:
        """Keep bytes and return their digest; bytes that are kept already are not written again.

        The file is 0600 and durable when this returns; its directories are 0700.

        Raises:
            OSError: it could not be written; nothing half-written bears the digest.
        """
        digest = digest_of(content)
        path = self.path_of(digest)
        if self._holds(path, digest):
            return digest
        make_private(path.parent)
        staged = path.parent / f".{digest[:8]}-{secrets.token_hex(4)}"
        try:
            _write(staged, content)
            staged.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):  # it may never have been made
                staged.unlink()
            raise
        return digest

    def get(self, digest: str) -> bytes:
        """Return a blob's bytes, proved against the digest.

        Raises:
            VgxnessError: `unknown_apply` where it is missing or damaged.
        """
        try:
            content = self.path_of(digest).read_bytes()
        except ValueError as problem:
            raise _unusable("A receipt names no backup.", str(problem)) from problem
        except OSError as problem:
            cause = f"{self.path_of(digest)}: {problem.strerror}."
            raise _unusable("A backup can't be read.", cause) from problem
        if digest_of(content) != digest:
            cause = f"{self.path_of(digest)} does not match its digest."
            raise _unusable("A backup is damaged, so it was not used.", cause)
        return content

    def _holds(self, path: Path, digest: str) -> bool:
        try:
            return digest_of(path.read_bytes()) == digest
        except OSError:
            return False


def _unusable(message: str, cause: str) -> VgxnessError:
    hint = "vgxness setup uninstall takes our entries out without the backup."
    return VgxnessError("unknown_apply", message, cause=cause, hint=hint)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
