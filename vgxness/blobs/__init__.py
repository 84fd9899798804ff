"""Bytes kept under the name of their digest: backups that setup and restore points rely on."""

from __future__ import annotations

from vgxness.blobs.models import digest_of
from vgxness.blobs.service import BlobStore

__all__ = ["BlobStore", "digest_of"]
