"""What a workspace says about itself, strongest mark first."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from vgxness.errors import VgxnessError
from vgxness.projects.files import real_text
from vgxness.projects.git import Checkout, find_checkout
from vgxness.projects.models import Mark, Sighting
from vgxness.projects.names import plain_name
from vgxness.projects.project_file import read_id
from vgxness.projects.remote import last_segment, normalise


def sight(workspace: Path) -> Sighting:
    """Return the marks of a workspace; only reads.

    A project file is looked for from the workspace upward to the top of the checkout; outside git, in
    the workspace only. One that stands below the top names a part of the repository: then the
    repository's own marks are not the part's.

    Raises:
        VgxnessError: `usage` where the workspace is no directory; `project_file_invalid`.
    """
    directory = Path(os.path.realpath(workspace))
    if not _is_directory(directory):
        raise VgxnessError(
            "usage",
            f"The workspace {directory} is not a directory.",
            hint="Name one with --workspace, or a project with --project.",
        )
    checkout = find_checkout(directory)
    whole = _of_directory(directory) if checkout is None else _of_checkout(checkout)
    found = _project_file(directory, whole.root)
    if found is None:
        return whole
    folder, mark = found
    if folder == whole.root:
        return replace(whole, marks=(mark, *whole.marks))
    part = _of_directory(folder)
    return replace(
        part, marks=(mark, *part.marks), in_git=whole.in_git, notes=whole.notes, vouchers=whole.marks
    )


def _is_directory(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # the way to it may be barred
        return False


def _project_file(directory: Path, top: Path) -> tuple[Path, Mark] | None:
    for folder in (directory, *directory.parents):
        if (project_id := read_id(folder)) is not None:
            return folder, Mark(kind="project-file", value=project_id)
        if folder == top:
            break
    return None


def _of_directory(directory: Path) -> Sighting:
    return Sighting(
        root=directory,
        marks=(Mark(kind="path", value=real_text(directory)),),
        name=plain_name(directory.name),
        in_git=False,
    )


def _of_checkout(checkout: Checkout) -> Sighting:
    if checkout.common_dir is None:
        return replace(_of_directory(checkout.root), notes=checkout.notes)
    common_dir = Path(os.path.realpath(checkout.common_dir))
    marks = [Mark(kind="git-common-dir", value=real_text(common_dir))]
    remote = normalise(checkout.remote, common_dir.parent) if checkout.remote else None
    if remote:
        marks.append(Mark(kind="git-remote", value=remote))
    if not checkout.linked:
        # The place of a further worktree is borrowed: another project's may stand there tomorrow.
        marks.append(Mark(kind="path", value=real_text(checkout.root)))
    return Sighting(
        root=checkout.root,
        marks=tuple(marks),
        name=plain_name(last_segment(remote) if remote else _folder_name(checkout, common_dir)),
        in_git=True,
        bare=checkout.bare,
        notes=checkout.notes,
    )


def _folder_name(checkout: Checkout, common_dir: Path) -> str:
    if not checkout.linked and not checkout.bare:
        return checkout.root.name
    home = common_dir.parent if common_dir.name.startswith(".") else common_dir
    return home.name.removesuffix(".git")
