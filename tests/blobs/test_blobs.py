"""Bytes come back as they went in, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from vgxness.blobs import BlobStore, digest_of
from vgxness.errors import VgxnessError


def test_bytes_come_back_by_their_digest(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    for content in (b"", b"\x00\xff", b"x" * 100_000):
        digest = store.put(content)
        assert digest == digest_of(content)
        assert store.get(digest) == content


def test_the_same_bytes_are_kept_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "state" / "blobs")
    path = store.path_of(store.put(b"secret"))
    inode = path.stat().st_ino
    store.put(b"secret")
    assert path.stat().st_ino == inode
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [child.name for child in path.parent.iterdir()] == [path.name]


def test_a_damaged_or_missing_blob_is_refused_and_a_new_put_mends_it(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    digest = store.put(b"content")
    store.path_of(digest).write_bytes(b"tampered")
    with pytest.raises(VgxnessError, match="damaged"):
        store.get(digest)
    store.put(b"content")
    assert store.get(digest) == b"content"
    with pytest.raises(VgxnessError, match="can't be read"):
        store.get("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "G" * 64])
def test_what_is_no_digest_names_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="64"):
        BlobStore(tmp_path).path_of(name)


def test_a_store_that_is_only_asked_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(VgxnessError):
        BlobStore(tmp_path / "blobs").get("0" * 64)
    assert list(tmp_path.iterdir()) == []
