"""The values of setup: what stands, what would be written, what was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from vgxness.contract.provider import ClientWriter, ConfigScope, SetupMode, TargetFormat

EntryKind = Literal["key", "item", "block", "file"]
Place: TypeAlias = tuple[EntryKind, tuple[str, ...], str]
Take = Literal["ours", "theirs"]
Action = Literal["create", "update", "remove", "unchanged", "conflict", "blocked"]
Drift = Literal["in-sync", "user-edited", "disabled", "stale", "missing", "foreign", "unreadable", "absent"]
ReceiptKind = Literal["apply", "rollback", "uninstall"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whose configuration it is: receipts of one party are one history.

    Attributes:
        workspace: the project's directory where the scope is "project", else "".
    """

    provider: str
    scope: ConfigScope
    workspace: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedEntry:
    """Something in a file that we wrote, and what we wanted there.

    Attributes:
        kind: a key, an item of a list, a block of lines, or all of the file.
        path: the keys that lead to it; a block's name; empty for a file.
        name: an item's name.
        value: what JSON can say; a block's text; a file's digest.
        identity: where in an item the text stands that tells it from others.
        only_if_absent: it was set because nothing stood there; once changed it is the user's.
        yielded: what stands there is the user's, who decided for it against ours.
    """

    kind: EntryKind
    path: tuple[str, ...]
    value: Any
    name: str = ""
    identity: tuple[str | int, ...] = ()
    only_if_absent: bool = False
    yielded: bool = False

    @property
    def place(self) -> Place:
        """What tells it from every other entry of its file."""
        return self.kind, self.path, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPatch:
    """One key of a file that its own program rewrites; () is no such key.

    Attributes:
        before: what has to stand there for the key to be written.
        after: what is to stand there.
    """

    path: tuple[str, ...]
    before: tuple[Any, ...]
    after: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What one apply did to one file; a digest names a blob, None that there was or is no file.

    Attributes:
        path: as the adapter named it.
        real: the file that was written, symbolic links followed.
        roots: where the real file has to lie.
        directories: made for the file, outermost first.
        entries: what is ours in the file after the apply.
        client: how it is shared with its own program; None where that does not write it.
    """

    party: Party
    target: str
    path: Path
    real: Path
    roots: tuple[Path, ...]
    format: TargetFormat
    before: str | None
    before_mode: int | None
    after: str | None
    after_mode: int | None
    directories: tuple[Path, ...] = ()
    entries: tuple[OwnedEntry, ...] = ()
    client: ClientWriter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One apply, rollback or uninstall, as it is kept in the state directory.

    Attributes:
        id: sorts by time; what `--to` takes.
        at: ISO 8601, UTC.
        program: the version of vgxness that wrote it.
        undoes: the ids of the applies that it took back, for its files' parties.
    """

    id: str
    kind: ReceiptKind
    at: str
    program: str
    files: tuple[FileRecord, ...]
    undoes: tuple[str, ...] = ()
    version: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A file as it stands: its bytes and permission bits, both None where there is none.

    Attributes:
        links: how many names the file has; those that are hard links do not follow an edit.
    """

    path: Path
    real: Path
    content: bytes | None
    mode: int | None
    missing: tuple[Path, ...] = ()
    links: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file to write, or to remove where `content` is None.

    Attributes:
        standing: what has to stand there at the moment of writing.
        mode: the permission bits to leave.
        entries: what is the party's in the file afterwards.
        claims: whether that differs from what the receipts say now.
        make: directories to make first, outermost first.
        clear: directories to remove afterwards where they are empty, innermost first.
        client: how the file is shared with its own program, which makes it written key by key.
        patches: those keys.
        keeps: contents that the entries name by their digests.
    """

    party: Party
    target: str
    standing: Snapshot
    roots: tuple[Path, ...]
    format: TargetFormat
    content: bytes | None
    mode: int | None
    entries: tuple[OwnedEntry, ...]
    claims: bool = False
    make: tuple[Path, ...] = ()
    clear: tuple[Path, ...] = ()
    client: ClientWriter | None = None
    patches: tuple[KeyPatch, ...] = ()
    keeps: tuple[bytes, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether the file would differ from what stands there."""
        return self.content != self.standing.content or self.mode != self.standing.mode

    @property
    def is_work(self) -> bool:
        """Whether an apply has something to write or to remember."""
        return self.writes or self.claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a target is held back: an error's parts as a value."""

    code: str
    message: str
    cause: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTarget:
    """One file of a plan.

    Attributes:
        action: "conflict" and "blocked" are held back and carry a problem.
        reason: one sentence.
        diff: unified, secrets redacted; "" when nothing changes.
        change: what apply would do; None when it is held back.
        not_expressed: what the file can't say.
    """

    party: Party
    target: str
    path: Path
    action: Action
    reason: str
    diff: str = ""
    problem: Problem | None = None
    change: Change | None = None
    not_expressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a setup would do; making one writes nothing.

    Attributes:
        digest: over what stands and what would be written; held-back targets are not in it.
        undoes: the applies that it would take back.
        notices: one sentence each, for the user.
    """

    kind: ReceiptKind
    scope: ConfigScope
    mode: SetupMode
    targets: tuple[PlannedTarget, ...]
    digest: str
    undoes: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would be written or remembered."""
        return tuple(t.change for t in self.targets if t.change and t.change.is_work)

    @property
    def held_back(self) -> tuple[PlannedTarget, ...]:
        """The targets that stay as they are for want of a decision."""
        return tuple(target for target in self.targets if target.problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an apply, rollback or uninstall did.

    Attributes:
        receipt: None when nothing had to be written.
    """

    plan: Plan
    receipt: Receipt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatus:
    """How one file stands against what we wrote and would write.

    Attributes:
        lines: what differs, one fact a line, secrets redacted.
    """

    party: Party
    target: str
    path: Path
    drift: Drift
    summary: str
    lines: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderStatus:
    """One provider in one config scope.

    Attributes:
        adapted: False where its plugin is gone and only receipts are left.
    """

    provider: str
    title: str
    scope: ConfigScope
    found: bool
    version: str
    evidence: tuple[str, ...]
    targets: tuple[TargetStatus, ...]
    adapted: bool = True
    problem: Problem | None = None
