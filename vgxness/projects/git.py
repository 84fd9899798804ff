"""Where a directory stands in git, read from git's own files.

Git is never run: a process start costs more than all of this, git may be missing, and a repository
that is not trusted could make it execute something.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vgxness.projects.files import read_small
from vgxness.projects.git_config import remote_urls

_POINTER_BYTES: Final = 16 * 1024
_CONFIG_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """The git repository that holds a directory.

    Attributes:
        root: the top of the checkout; of a bare repository, itself.
        common_dir: what all worktrees share; None where `.git` leads nowhere.
        linked: whether this is a further worktree of a repository that lives elsewhere.
        bare: whether there is no checkout.
        remote: the URL of `origin`, or of the only remote, as written; may hold a password.
        notes: what could not be read, one sentence each.
    """

    root: Path
    common_dir: Path | None
    linked: bool = False
    bare: bool = False
    remote: str | None = None
    notes: tuple[str, ...] = ()


def find_checkout(directory: Path) -> Checkout | None:
    """Return the repository that holds a real directory, or None.

    The nearest `.git` upward decides. A bare repository counts only where no `.git` stands above it:
    one that was committed into a checkout must not speak for it.
    """
    folders = (directory, *directory.parents)
    for folder in folders:
        if (checkout := _checkout_at(folder)) is not None:
            return _with_remote(checkout)
    for folder in folders:
        if _is_repository(folder):
            return _with_remote(Checkout(root=folder, common_dir=folder, bare=True))
    return None


def _checkout_at(folder: Path) -> Checkout | None:
    entry = folder / ".git"
    if not os.access(folder, os.X_OK):
        return None
    if entry.is_dir():
        if not os.access(entry, os.R_OK | os.X_OK):
            return Checkout(root=folder, common_dir=None, notes=(f"{entry} may not be read.",))
        # Git, too, passes over a directory of this name that is no repository.
        return Checkout(root=folder, common_dir=entry) if _is_repository(entry) else None
    try:
        pointer = read_small(entry, limit=_POINTER_BYTES)
    except OSError as error:
        return Checkout(root=folder, common_dir=None, notes=(f"{entry} can't be read: {_why(error)}.",))
    return None if pointer is None else _follow(folder, pointer)


def _follow(folder: Path, pointer: str) -> Checkout:
    """Follow a `.git` file, as worktrees and submodules have."""
    astray = Checkout(root=folder, common_dir=None, notes=(f"{folder / '.git'} leads to no git repository.",))
    target = pointer.removeprefix("gitdir:").strip("\n\r ")
    if not pointer.startswith("gitdir:") or not target or "\0" in target:
        return astray
    git_dir = folder / target
    try:
        shared = read_small(git_dir / "commondir", limit=_POINTER_BYTES)
    except OSError:
        return astray
    if shared is None:
        return Checkout(root=folder, common_dir=git_dir) if _is_repository(git_dir) else astray
    common_dir = git_dir / shared.strip("\n\r ")
    if "\0" in shared or not _is_repository(common_dir):
        return astray
    return Checkout(root=folder, common_dir=common_dir, linked=True)


def _is_repository(folder: Path) -> bool:
    try:
        return (
            (folder / "objects").is_dir() and (folder / "refs").is_dir() and os.path.lexists(folder / "HEAD")
        )
    except OSError:
        return False


def _with_remote(checkout: Checkout) -> Checkout:
    if checkout.common_dir is None:
        return checkout
    config = checkout.common_dir / "config"
    try:
        urls = remote_urls(read_small(config, limit=_CONFIG_BYTES) or "")
    except OSError as error:
        return replace(checkout, notes=(*checkout.notes, f"{config} can't be read: {_why(error)}."))
    if "origin" in urls:
        return replace(checkout, remote=urls["origin"])
    if len(urls) > 1:
        note = "There are several git remotes and none is called origin, so none is used."
        return replace(checkout, notes=(*checkout.notes, note))
    return replace(checkout, remote=next(iter(urls.values()), None))


def _why(error: OSError) -> str:
    return error.strerror or str(error)
