"""What names a blob."""

from __future__ import annotations

from hashlib import sha256


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hexadecimal digits."""
    return sha256(content).hexdigest()
